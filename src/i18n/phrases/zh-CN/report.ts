/** Export and the report on paper. */
export const REPORT = {
  Export: '导出',
  'Printable report': '打印报告',
  'Nothing to export yet: mark a lesion first.': '尚无可导出的内容：请先标记病灶。',
  'The score is still being computed.': '评分仍在计算中。',
  'Everything, for research and for opening here again.':
    '全部内容，供研究使用，也可在此重新打开。',
  'A table for spreadsheets: one line a lesion and view.': '电子表格：每个病灶的每个体位一行。',
  'Mammography CAD structured report: lesions, views, likelihoods. For the archive.':
    '乳腺 X 线 CAD 结构化报告：病灶、体位、恶性可能性，供归档使用。',
  'Measurement report that general viewers read.': '通用阅片软件可读取的测量报告。',
  'DICOM presentation states': 'DICOM 显示状态',
  'The marks drawn over the images, for any PACS viewer: a file for each side.':
    '叠加在图像上的标记，适用于各种 PACS 阅片软件：每侧一个文件。',
  'Saved {files}.': '已保存 {files}。',
  'The {format} export failed: {reason}': '{format} 导出失败：{reason}',
  'Saved by your browser to this computer. The files name the patient as the images do. Research use only.':
    '由浏览器保存到这台电脑。文件中的患者信息与图像一致。仅供研究使用。',
  'Print or save as PDF': '打印或保存为 PDF',
  'The report cannot be made: {reason}': '无法生成报告：{reason}',
  'Lesion report': '病灶报告',
  'Research use only. Not a medical device; not for diagnosis or treatment decisions.':
    '仅供研究使用。本软件不是医疗器械，不得用于诊断或治疗决策。',
  Patient: '患者',
  'Patient ID': '患者编号',
  Born: '出生日期',
  Sex: '性别',
  Study: '检查',
  none: '无',
  'not stated': '未注明',
  'accession {number}': '检查号 {number}',
  '{view}, whole view': '{view}，整幅图像',
  '{view}: lesion {numbers}': '{view}：病灶 {numbers}',
  'Lesion {number} on {view}': '{view} 上的病灶 {number}',
  'SVM, CNN': 'SVM（CNN）',
  'SVM, features': 'SVM（特征）',
  '{view} alone': '仅 {view}',
  'Model CNN, at training prevalence': 'CNN 模型（训练集患病率）',
  'Model features, at training prevalence': '特征模型（训练集患病率）',
  'Mean of the models, at training prevalence': '各模型的均值（训练集患病率）',
  'What was said of the exam could not be saved on this computer: {reason}':
    '检查结论无法保存到这台电脑：{reason}',
  Conclusion: '结论',
  Examination: '检查结论',
  'Breast density (ACR)': '乳腺密度（ACR）',
  'Breast density (ACR): {density}': '乳腺密度（ACR）：{density}',
  'BI-RADS, right breast': 'BI-RADS，右乳',
  'BI-RADS, left breast': 'BI-RADS，左乳',
  'Right breast': '右乳',
  'Left breast': '左乳',
  'Side not known': '侧别未知',
  'Lesion {number}, {place}': '病灶 {number}，{place}',
  'reader: BI-RADS {category}': '阅片医师：BI-RADS {category}',
  'not assessed by the reader': '阅片医师未评估',
  'not scored': '未评分',
  'likelihood of malignancy {likelihood} ({interval})': '恶性可能性 {likelihood}（{interval}）',
  'above the cut of {specificity} specificity': '高于特异度 {specificity} 的界值',
  'below the cut of {specificity} specificity': '低于特异度 {specificity} 的界值',
  'Referred by': '申请医师',
  Reader: '阅片医师',
  Signature: '签名',
  Date: '日期',
  'Letterhead and reader': '报告抬头与阅片医师',
  'Institution and address': '机构与地址',
  'Kept in this browser; not printed while names are hidden.':
    '保存在此浏览器中；隐藏姓名时不打印。',
  '{view}, no scale': '{view}，无标尺',
  '{view}, bar {length} mm': '{view}，标尺 {length} mm',
  'Limits of this score:': '此评分的局限：',
  'its mark was made on other pixels than {path} holds under the same identifier':
    '其标记是在与 {path} 同一标识符的其他像素上所作',
  '{likelihood} likelihood of malignancy, 95 % interval {interval}, at an assumed prevalence of {prevalence}':
    '恶性可能性 {likelihood}，95% 置信区间 {interval}（假定患病率 {prevalence}）',
  'Fusion: mean SVM score of the views in each model, calibrated, then the mean of the models, restated for the assumed prevalence.':
    '融合方式：各模型取各体位 SVM 评分的均值，校准后再取各模型的均值，并按假定患病率换算。',
  'Fusion: mean SVM score of the views in each model, calibrated, then the mean of the models, calibrated once more, restated for the assumed prevalence.':
    '融合方式：各模型取各体位 SVM 评分的均值，校准后再取各模型的均值并再次校准，最后按假定患病率换算。',
  'Fusion: mean SVM score of the views, calibrated.': '融合方式：各体位 SVM 评分的均值，经校准。',
  'Prevalence in the training lesions {prevalence}. Computed on {engine}.':
    '训练病灶的患病率 {prevalence}。计算后端：{engine}。',
  "Reader's assessment:": '阅片医师评估：',
  'suspicion {value} of 100': '可疑程度 {value}/100',
  'Model: {name}, pack {id} {version}, SHA-256 of its manifest {hash}':
    '模型：{name}，模型包 {id} {version}，清单的 SHA-256 {hash}',
  'Intended use: {use}': '预期用途：{use}',
  'Not made for: {list}.': '不适用于：{list}。',
  "The likelihood is that of lesions such as those the model was trained on. Its interval says how well the calibration is known, not how another reader would mark. Boxes are the reader's, dashed outlines the program's.":
    '恶性可能性针对与训练病灶相似的病灶；其置信区间反映校准的准确程度，不反映其他医师标记时的差异。方框由阅片医师标记，虚线轮廓由程序勾画。',
  "The likelihood is that of lesions such as those the model was trained on. Its interval covers another calibration sample, another training and a box moved by up to 10 %, not other equipment. Boxes are the reader's, dashed outlines the program's.":
    '恶性可能性针对与训练病灶相似的病灶；其置信区间涵盖另一组校准样本、另一次训练以及移动不超过 10% 的方框，不涵盖其他设备。方框由阅片医师标记，虚线轮廓由程序勾画。',
  '{program}, {moment}. Research use only.': '{program}，{moment}。仅供研究使用。',
};
