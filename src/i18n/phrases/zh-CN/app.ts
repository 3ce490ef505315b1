/** Notices of the page: reports that come back, use without a network. */
export const APP = {
  '1 lesion': '1 个病灶',
  '{count} lesions': '{count} 个病灶',
  'this report holds no lesion': '该报告不含病灶',
  '{lesions} restored': '已恢复 {lesions}',
  'The server does not know the study that this page was asked to open.':
    '服务器上没有要求本页面打开的检查。',
  'This page was asked to open studies of several patients at once. Nothing was opened.':
    '要求本页面同时打开多位患者的检查，未打开任何内容。',
  'The study that this page was asked to open is of another patient. Nothing was opened.':
    '要求本页面打开的检查属于另一位患者，未打开任何内容。',
  'This page was asked to open a study, but was started without a server to fetch it from.':
    '要求本页面打开一项检查，但启动时未指定可获取检查的服务器。',
  'The server does not know {count} of the studies that this page was asked to open.':
    '要求本页面打开的检查中有 {count} 项在服务器上不存在。',
  'Left out, because a newer report stands in the place of each: {files}.':
    '已略去，因为每份都已被更新的报告取代：{files}。',
  '{lesions} here already': '{lesions}已存在',
  '{lesions} here already with other marks, which were kept':
    '{lesions}已存在且标记不同，保留现有标记',
  '{lesions} will appear when the images are opened': '{lesions}将在打开相应图像后显示',
  'lesion {number} was left out: {reason}': '病灶 {number} 未恢复：{reason}',
  'lesion {before} is now lesion {now}': '病灶 {before} 现编号为病灶 {now}',
  'marks were read from the standard part of the file, rounded to 32-bit numbers':
    '标记取自文件的标准部分，已舍入为 32 位数值',
  '{path}: {facts}.': '{path}：{facts}。',
  '; ': '；',
  'an unnamed pack': '未命名的模型包',
  "Lesion {number}: {path} reports {then} ({thenPack}), this page computes {now} ({nowPack}), both at the training prevalence. The number on screen is this page's.":
    '病灶 {number}：{path} 记录为 {then}（{thenPack}），本页面计算为 {now}（{nowPack}），均按训练患病率。屏幕上显示的是本页面的结果。',
  'its mark does not fit the image {path} ({columns} x {rows} pixels)':
    '其标记超出图像 {path}（{columns} × {rows} 像素）',
  'A newer version could not be stored: {reason}.': '无法存储新版本：{reason}。',
  'Stored: from now on this page works without a network.': '已存储：此后本页面可离线使用。',
  'Not stored for use without a network: {reason}.': '未能存储以供离线使用：{reason}。',
  Reload: '重新加载',
  'The new version begins once the other windows of this page are closed.':
    '关闭本页面的其他窗口后启用新版本。',
  'A new version is ready. Reload when it suits you: marks are kept, images are opened anew.':
    '新版本已就绪，请在方便时重新加载：标记会保留，图像需重新打开。',
  Later: '稍后',
};
