/** Words of measuring, of true size and of the loupe. */
export const MEASURING = {
  Distance: '距离',
  Ellipse: '椭圆',
  Angle: '角度',
  'Handle {number}: arrow keys move it': '控制点 {number}：用方向键移动',
  'detector plane': '探测器平面',
  'film as scanned': '扫描胶片平面',
  'corrected for magnification {factor} (from distances)': '已按放大率 {factor}（由距离得出）校正',
  'corrected for magnification {factor}': '已按放大率 {factor} 校正',
  'Pixel Spacing calibrated by geometry': '像素间距（按几何关系校准）',
  'Pixel Spacing calibrated by fiducial': '像素间距（按标定物校准）',
  'Pixel Spacing': '像素间距',
  'not calibrated': '未校准',
  'area {area}': '面积 {area}',
  'mean {mean}, SD {sd}': '均值 {mean}，标准差 {sd}',
  'stored values': '存储值',
  'modality values': '模态值',
  '{count} pixels': '{count} 个像素',
  'true size': '真实尺寸',
  'true size at the detector': '探测器平面的真实尺寸',
  'True size: {screen}; images: {calibration}.': '真实尺寸：{screen}；图像：{calibration}。',
  'No true size: these images do not say how large their pixels are.':
    '无法按真实尺寸显示：这些图像未给出像素大小。',
  'Images without calibration were left as they are.': '未校准的图像保持不变。',
  'detector plane: the breast itself is smaller by a magnification that the file does not give':
    '探测器平面：乳腺本身更小，文件未给出放大率',
  '{scale} mm a screen pixel, by bank card on {date}':
    '每个屏幕像素 {scale} mm（{date} 用银行卡校准）',
  '{scale} mm a screen pixel, by ruler on {date}': '每个屏幕像素 {scale} mm（{date} 用直尺校准）',
  "The browser's zoom or the screen has changed: true size is not calibrated here. Go back to the earlier zoom, or calibrate this one.":
    '浏览器缩放或屏幕已改变：此处的真实尺寸未校准。请恢复原来的缩放，或重新校准。',
  'Calibrate this screen': '校准此屏幕',
  'Hold against the screen': '贴在屏幕上',
  'Bank card (85.60 mm wide)': '银行卡（宽 85.60 mm）',
  'Ruler (100 mm)': '直尺（100 mm）',
  'Lay the card on its outline and change the width until both are the same.':
    '将卡片贴在轮廓上，调整宽度直到两者一致。',
  'Hold the ruler along the bar and change the width until the bar is 100 mm long.':
    '将直尺贴着横条，调整宽度直到横条为 100 mm。',
  'Width on the screen': '屏幕上的宽度',
  Narrower: '变窄',
  Wider: '变宽',
  '{width} pixels': '{width} 像素',
  'Holds for this screen at this zoom of the browser ({key}); at another one it has to be done again.':
    '适用于此屏幕和当前浏览器缩放（{key}）；改变后需重新校准。',
  'Now: {screen}.': '当前：{screen}。',
  Keep: '保存',
  Forget: '清除',
  Loupe: '放大镜',
  'Loupe, {factor} times': '放大镜，{factor} 倍',
  'Magnification of the loupe': '放大镜倍数',
  'own window': '独立窗宽窗位',
};
