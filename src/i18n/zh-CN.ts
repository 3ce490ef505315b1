import type { Translation } from './en.ts';

/** Simplified Chinese, in the wording of Chinese mammography reporting. */
export const zhCN: Translation = {
  'report.unreadable': '无法读取报告：{reason}',
  'report.not-json': '该文件不是 JSON：{reason}',
  'report.foreign': '这是 JSON 文件，但不是本程序的报告。',
  'report.newer': '报告由本程序的更新版本写入（格式版本 {schema}，本程序最高支持 {known}）。',
  'report.older': '报告的格式版本为 {schema}，本程序已不再支持。',
  'report.damaged': '报告已损坏：{reason}',
  'report.other-object': '此 DICOM 对象既不是报告，也不是显示状态。',
  'report.no-lesions': '此{kind}中没有本程序可读取的病灶。',
  'report.kind-damaged': '{kind}已损坏：{reason}',
  'report.kind.cad-sr': '乳腺 CAD 报告',
  'report.kind.measurement-report': '结构化报告',
  'report.kind.presentation-state': '显示状态对象',

  'part10.too-large': '文件大于任何报告（4 MiB），未读取。',
  'part10.cut-off': 'DICOM 文件不完整，可能在复制时被截断。',
  'part10.too-deep': 'DICOM 文件已损坏：其序列嵌套层数远超报告。',
  'part10.no-header': '无法按 DICOM 读取此文件：缺少文件头。',
  'part10.encoding': '报告已压缩或采用大端字节序；只能读取显式或隐式小端格式的报告。',
  'part10.unreadable': '无法按 DICOM 读取此文件：{reason}',
};
