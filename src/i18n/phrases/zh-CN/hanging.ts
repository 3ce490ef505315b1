/** Layouts, linked views and ways to look closer. */
export const HANGING = {
  'No prior {view}': '无既往 {view}',
  PRIOR: '既往',
  'For comparing: no marks are made on a prior': '仅供对比：不能在既往图像上标记',
  '{number} of {count}': '第 {number} 区，共 {count} 区',
  'Breast tissue (auto)': '乳腺组织（自动）',
  sharpened: '已锐化',
  'drawn from {percent} % of its pixels a side': '按每边 {percent}% 的像素显示',
  'The graphics device takes no larger picture; the loupe shows every pixel':
    '显卡无法显示更大的图像；放大镜显示全部像素',
  'Marks and labels hidden (H)': '标记和文字已隐藏（H）',
  '{length} mm': '{length} mm',
  '1 screen px = {size} mm': '1 屏幕像素 = {size} mm',
  '{name}: earlier': '{name}：前移',
  '{name}: later': '{name}：后移',
  'The usual sequence': '恢复常用顺序',
};
