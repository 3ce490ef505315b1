/** English text of the interface to Simplified Chinese, in the wording of Chinese breast imaging. */
export const ZH_CN: Readonly<Record<string, string>> = {
  Undo: '撤销',
  Redo: '重做',
  'New lesion': '新建病灶',
  Lesions: '病灶',
  Viewer: '阅片',
  Window: '窗宽窗位',
  Pan: '平移',
  Zoom: '缩放',
  Mark: '标记',
  'Select view {number}': '选择第 {number} 幅图像',
  'Fit all views at one scale': '所有图像按同一比例适合窗口',
  'Invert the grey scale of this view': '反转此图像的灰阶',
  'Window, inversion, zoom and position of this view as opened':
    '恢复此图像打开时的窗宽窗位、灰阶、缩放和位置',
  'One image pixel to one screen pixel': '一个图像像素对应一个屏幕像素',
  'Show the outlines of the lesions': '显示病灶轮廓',
  'Class-activation map of the selected lesion': '所选病灶的类激活图',
  'The selected view alone': '仅显示所选图像',
  'All views': '显示所有图像',
};
