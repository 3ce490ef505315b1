/** Lesions, their scores and what explains them. */
export const LESIONS = {
  Undo: '撤销',
  Redo: '重做',
  'New lesion': '新建病灶',
  Lesions: '病灶',
  'Lesion {number}': '病灶 {number}',
  Delete: '删除',
  'Delete {lesion}': '删除{lesion}',
  'Views with a mark': '已标记的体位',
  'Remove the mark on {view}': '移除 {view} 上的标记',
  'New lesion (N), then click on it, or drag a box around it. Mark it in the same way on every other view of the breast that shows it, each time with Mark (M). The score appears with the first mark and takes in each further view.':
    '新建病灶（N），然后单击病灶，或拖动鼠标将其框出。对同侧乳腺中可见该病灶的其他体位，每次先按“标记”（M），再同样标记。完成第一个标记后即显示评分，之后每标记一个体位，评分随之更新。',
  'Click on it, or drag a box around it, on each view where it is seen.':
    '请在每个可见该病灶的体位上单击病灶，或拖动鼠标将其框出。',
  'Not scored: {reason}': '未评分：{reason}',
  'Not scored.': '未评分。',
  'Its marks are on no image that is open.': '其标记所在的图像均未打开。',
  'To be scored when the scoring engine is ready.': '评分引擎就绪后评分。',
  'To be scored again.': '需重新评分。',
  'To be scored again when the scoring engine is ready.': '评分引擎就绪后重新评分。',
  'no score': '无评分',
  'Each arm alone, over all marked views, at the training prevalence of {prevalence}':
    '各分支单独的结果（全部已标记体位，训练集患病率 {prevalence}）',
  'Mean of the arms': '各分支的均值',
  'Mean of the arms, calibrated': '各分支的均值（经校准）',
  'That mean at a prevalence of {prevalence}': '该均值在患病率 {prevalence} 下',
  'Not taken: a prevalence is a number of percent above 0 and below 100.':
    '未采用：患病率应为大于 0 且小于 100 的百分数。',
  'Scoring ...': '正在评分……',
  'Scoring failed: {reason}': '评分失败：{reason}',
  'likelihood of malignancy': '恶性可能性',
  '95 % interval {interval}, at an assumed prevalence of {prevalence}':
    '95% 区间 {interval}（假定患病率 {prevalence}）',
  'Fusion: mean SVM score of {views} views per arm, calibrated, mean of the arms':
    '融合方式：各分支取 {views} 个体位 SVM 评分的均值，校准后再取各分支的均值',
  'Fusion: SVM score of the one marked view per arm, calibrated, mean of the arms':
    '融合方式：各分支取唯一标记体位的 SVM 评分，校准后再取各分支的均值',
  'This mean is calibrated once more.': '该均值再经一次校准。',
  'Fusion: mean SVM score of {views} views, calibrated (Platt)':
    '融合方式：{views} 个体位 SVM 评分的均值，经 Platt 校准',
  'Fusion: SVM score of the one marked view, calibrated (Platt)':
    '融合方式：唯一标记体位的 SVM 评分，经 Platt 校准',
  'Limits of this score': '此评分的局限',
  'Network (CNN)': '神经网络（CNN）',
  'Measured features': '定量特征',
  'Score of each view alone': '各体位单独的评分',
  View: '体位',
  'SVM score, CNN': 'SVM 评分（CNN）',
  'SVM score, measured': 'SVM 评分（定量特征）',
  Likelihood: '恶性可能性',
  'closed view': '已关闭的图像',
  '{pack}, {backend} ({adapter}), {total} ms of which network {network} ms':
    '{pack}，{backend}（{adapter}），{total} ms，其中网络 {network} ms',
  'Research use only. Not a diagnosis.': '仅供研究使用，不作为诊断。',
  '{benign} benign reference lesions above, {malignant} malignant below, by likelihood':
    '按恶性可能性分布：上方为 {benign} 个良性参照病灶，下方为 {malignant} 个恶性参照病灶',
  '{benign} above, {malignant} below: {count} reference lesions, each scored by a machine that had not seen it. With the cut here: sensitivity {sensitivity}, specificity {specificity}.':
    '上方为{benign}，下方为{malignant}：共 {count} 个参照病灶，每个均由未见过该病灶的模型评分。以此处为界值：敏感度 {sensitivity}，特异度 {specificity}。',
  'The same as a table': '以表格显示',
  benign: '良性',
  malignant: '恶性',
  'Measured features and similar lesions': '定量特征与相似病灶',
  'Mean over the marked views, beside the reference lesions': '已标记体位的均值，与参照病灶对照',
  '{quality} than {share} of benign': '{quality}，超过 {share} 的良性病灶',
  '{quality} than {share} of malignant': '{quality}，超过 {share} 的恶性病灶',
  'The {count} reference lesions most alike in these features':
    '这些特征最相似的 {count} 个参照病灶',
  Outcome: '病理结果',
  Shape: '形态',
  Margin: '边缘',
  'Likelihood then': '当时的恶性可能性',
  'Moving the boxes a little ...': '正在微调标记框……',
  'Stability could not be checked: {reason}': '无法检查稳定性：{reason}',
  'With the boxes moved or scaled by a tenth: {low} to {high}.':
    '标记框平移或缩放十分之一时：{low} 至 {high}。',
  'Does it hold? Move the boxes a little': '结果稳定吗？微调标记框试试',
  'Assumed prevalence': '假定患病率',
  'As in the training lesions, which were sent to biopsy or follow-up.':
    '与训练病灶相同；这些病灶均接受了活检或随访。',
  'Back to that of the training lesions, {share} %': '恢复为训练病灶的患病率 {share}%',
  'Inference engine': '评分引擎',
  Pack: '模型包',
  'Computed on': '计算后端',
  'Look for a graphics card again': '重新查找显卡',
  'Try another backend': '尝试其他后端',
  '(software, slow)': '（软件模拟，较慢）',
  'Why not another backend': '为何未用其他后端',
  'Scoring is blocked. {reason}': '评分已停用。{reason}',
  'Scoring is not available: {reason}': '无法评分：{reason}',
};
