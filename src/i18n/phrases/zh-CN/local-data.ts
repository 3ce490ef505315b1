/** Words of the data kept in this browser, and of hiding names. */
export const LOCAL_DATA = {
  '(name hidden)': '（姓名已隐藏）',
  'Patient {number} (name hidden)': '患者 {number}（姓名已隐藏）',
  'Hide names': '隐藏姓名',
  'Names are hidden': '姓名已隐藏',
  'For presentations: names and IDs neither on screen nor in what is exported':
    '用于演示：屏幕和导出文件中均不出现姓名和编号',
  'Data on this computer': '本机数据',
  'Marks, notes, readings, measurements and settings are kept in this browser, and nowhere else. Images are never kept.':
    '标记、备注、阅片记录、测量和设置只保存在此浏览器中。图像从不保存。',
  'Save a copy': '保存副本',
  'Bring back a copy': '恢复副本',
  'Copy to bring back': '要恢复的副本',
  'A copy holds patient IDs with the marks: keep it as you keep the images.':
    '副本中的标记带有患者编号：请像保管图像一样保管它。',
  'Delete all local data': '删除全部本机数据',
  'All marks, notes and settings in this browser will be gone. This cannot be undone.':
    '此浏览器中的全部标记、备注和设置都将被删除，且无法恢复。',
  'Delete now': '立即删除',
  'Keep them': '保留',
};
