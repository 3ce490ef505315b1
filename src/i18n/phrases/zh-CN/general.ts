/** Words of the whole page. */
export const GENERAL = {
  Close: '关闭',
  Dismiss: '不再提示',
  Stop: '停止',
  'Try again': '重试',
  '{low} to {high}': '{low} 至 {high}',
  '{view}: {text}': '{view}：{text}',
  '{value} %': '{value}%',
  'no date': '无日期',
};
