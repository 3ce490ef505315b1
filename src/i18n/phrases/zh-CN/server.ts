/** DICOMweb server. */
export const SERVER = {
  'Open earlier exams at once when another program opens a study here':
    '由其他程序打开检查时，同时打开既往检查',
  'DICOMweb server': 'DICOMweb 服务器',
  'Open from a server': '从服务器打开',
  Server: '服务器',
  'No sign-in': '无需登录',
  'User name and password': '用户名和密码',
  'Access token': '访问令牌',
  'User name': '用户名',
  Password: '密码',
  Address: '地址',
  'Sign in': '登录',
  'Sign-in': '登录方式',
  Connect: '连接',
  'Another server or sign-in': '更换服务器或登录方式',
  'This page reaches {server} through its own address.': '本页面通过自身地址访问 {server}。',
  'This page was started so that it may contact {server}.': '本页面启动时已允许访问 {server}。',
  'This page was started without a server and may contact nothing but its own address. Start it with "npm start -- --dicomweb http://server:port/dicom-web" to reach one.':
    '本页面启动时未指定服务器，只能访问自身地址。如需访问服务器，请用 "npm start -- --dicomweb http://server:port/dicom-web" 启动。',
  'Only the server named here is contacted, and only when you search, open or store. User name, password and token stay in memory until the page is closed.':
    '仅在您检索、打开或存储时访问此处指定的服务器。用户名、密码和令牌只保存在内存中，关闭页面即清除。',
  'To store reports on a DICOMweb server, connect to it first: Open from a server.':
    '如需将报告存储到 DICOMweb 服务器，请先连接：从服务器打开。',
  'Storing ...': '正在存储……',
  'Searching ...': '正在检索……',
  'Opening ...': '正在打开……',
  'Patient name': '患者姓名',
  'any part, or Family, Given': '任意部分，或“姓, 名”',
  From: '起始日期',
  To: '截止日期',
  Search: '检索',
  ID: '编号',
  Date: '日期',
  Objects: '对象数',
  Open: '打开',
  More: '更多',
  'Open the study of {patient}, {date}': '打开 {patient} 的检查，{date}',
  'Fetching: {done} of {total} objects, {size}':
    '正在获取：第 {done} 个，共 {total} 个对象，{size}',
  'None of the studies looked through so far matches.': '目前已查看的检查中没有符合条件的。',
  'No mammography study matches.': '没有符合条件的乳腺 X 线检查。',
};
