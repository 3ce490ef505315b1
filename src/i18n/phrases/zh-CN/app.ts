/** Notices of the page: reports that come back, use without a network. */
export const APP = {
  'About Tandem CADx': '关于 Tandem CADx',
  Version: '版本',
  Build: '构建',
  'Model pack': '模型包',
  'SHA-256 of its manifest': '清单的 SHA-256',
  'Licence of the pack': '模型包许可',
  Licence: '许可',
  'Licences of what is built in': '所含组件的许可',
  '; ': '；',
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
