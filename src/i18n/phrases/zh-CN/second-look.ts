/** The second look: what the finder found, after the reader's own look. */
export const SECOND_LOOK = {
  'Second look': '第二次阅片',
  'Second look, finding {number}': '第二次阅片，发现 {number}',
  'Second look: a finder of masses, after my own look': '第二次阅片：本人阅片后由肿块检出模型复看',
  'Finding {number}': '发现 {number}',
  '{view} only': '仅 {view}',
  'side not known': '侧别不明',
  weak: '弱',
  medium: '中',
  strong: '强',
  "{share} probability of a mass, as among the archive's films":
    '{share} 的肿块概率（以数据集胶片为准）',
  'accepted: lesion {number}': '已采纳：病灶 {number}',
  'dismissed: {reason}': '已排除：{reason}',
  'agrees with your lesion {number}': '与您的病灶 {number} 一致',
  Accept: '采纳',
  'Add to lesion {number}': '并入病灶 {number}',
  'Dismiss ...': '排除……',
  'Take the dismissal back': '撤回排除',
  'Dismiss finding {number}: why?': '排除发现 {number}：原因？',
  'The second look failed: {reason}': '第二次阅片失败：{reason}',
  '{done} of {total} views looked at': '已分析 {done} / {total} 个体位',
  'The second look begins when the engine is ready.': '评分引擎就绪后开始第二次阅片。',
  '{view} was not looked at: {reason}': '{view} 未分析：{reason}',
  'Marks an image without a mass': '无肿块图像的每幅标记数',
  '{marks} (finds {share} of the masses of the archive)': '{marks}（检出数据集中 {share} 的肿块）',
  'Score of the breasts: {list}. It orders breasts that were recalled for a mass; it never calls a breast normal.':
    '乳腺评分：{list}。仅用于对因肿块召回的乳腺排序，不判定乳腺正常。',
  'Operating point and limits': '操作点与局限',
  'In the order of how suspicious of a malignant mass the finder is; the dots say how sure it is of a mass. Neither is the likelihood of a lesion.':
    '按检出模型对恶性肿块的可疑程度排列；圆点表示其对肿块的把握。两者均非病灶的恶性可能性。',
  'No mark at this operating point. This does not call a breast normal.':
    '此操作点下没有标记，但不代表乳腺正常。',
};
