/** Start screen, study browser, what was not opened. */
export const OPENING = {
  'Open mammograms, mark a lesion on each view, read one likelihood of malignancy over all views. Everything runs in this page: no image leaves this computer.':
    '打开乳腺 X 线图像，在各体位上标记病灶，即可得到综合所有体位的恶性可能性。全部计算均在本页面内完成，图像不会离开这台电脑。',
  'Open images': '打开图像',
  'Drop DICOM files or folders anywhere on this page, or':
    '将 DICOM 文件或文件夹拖放到本页面任意位置，或',
  'Open files': '打开文件',
  'Open folder': '打开文件夹',
  'Files to open': '要打开的文件',
  'Folder to open': '要打开的文件夹',
  'Open the demo case (synthetic)': '打开演示病例（合成图像）',
  'More synthetic patients': '更多合成病例',
  'For research use only. Not a medical device; not for diagnosis or treatment decisions.':
    '仅供研究使用。本软件不是医疗器械，不得用于诊断或治疗决策。',
  'Opening: {done} of {total} files': '正在打开：第 {done} 个，共 {total} 个文件',
  'Files that were not opened': '未能打开的文件',
  '1 file was not opened': '1 个文件未能打开',
  '{count} files were not opened': '{count} 个文件未能打开',
  'Show all {count}': '显示全部 {count} 个',
  'Patients and studies': '患者与检查',
  'No name': '无姓名',
  'no Patient ID': '无患者编号',
  'Close {patient}': '关闭患者 {patient}',
};
