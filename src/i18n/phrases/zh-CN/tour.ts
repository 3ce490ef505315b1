/** The guided tour. */
export const TOUR = {
  'Guided tour': '操作导览',
  'Start the guided tour': '开始操作导览',
  'Next step': '下一步',
  Next: '下一步',
  Back: '上一步',
  Finish: '完成',
  'Start again': '重新开始',
  'Leave the tour': '退出导览',
  'Leave (Esc)': '退出（Esc）',
  'Step {step} of {steps}': '第 {step} 步，共 {steps} 步',
  'A synthetic patient with a mass in each breast. In two minutes: mark a lesion, read its likelihood, see why, export. You can use the page all the while; Escape ends the tour.':
    '这是一位合成患者，双乳各有一肿块。两分钟内您将了解：标记病灶、查看恶性可能性、查看判断依据、导出结果。导览期间页面可照常使用；按 Esc 可随时退出。',
  'Mark the mass on RCC': '在 RCC 上标记肿块',
  'Press M, then click on the mass in the ring or drag a box around it; or press B and move the box with the arrow keys.':
    '按 M，然后单击圈内的肿块，或拖动鼠标将其框出；也可按 B 放置标记框，再用方向键移动。',
  'Mark it for me': '替我标记',
  'Mark the same mass on RMLO': '在 RMLO 上标记同一肿块',
  'A lesion has one mark on each view. With the lesion still selected, press M again and mark it here as well: every further view enters the score.':
    '每个病灶在每个体位上有一个标记。保持该病灶处于选中状态，在此体位上同样标记：每增加一个体位，评分都会将其纳入。',
  'One likelihood over both views': '综合两个体位的恶性可能性',
  'The likelihood of malignancy with its 95 % interval, at the prevalence that stands below it. It was computed on this computer.':
    '恶性可能性及其 95% 置信区间，按下方所示的患病率计算。计算在这台电脑上完成。',
  'The score of both views is being computed ...': '正在计算两个体位的评分……',
  'Reading first is on: record your assessment beside the lesion, then show the score.':
    '已启用“先阅片”：请先在病灶旁记录您的评估，再显示评分。',
  'The outline': '轮廓',
  'The dashed line is where the program sees the edge of the mass. The measured features come from it; where it is wrong, trust them less. C hides and shows it.':
    '虚线是程序识别的肿块边缘，定量特征由此得出；若轮廓不准，定量特征的可信度也随之降低。按 C 可隐藏或显示。',
  'The class-activation map shows which parts of the patch spoke for malignant (orange) or against (blue). E hides and shows it.':
    '类激活图显示图像块中支持恶性（橙色）或不支持恶性（蓝色）的部位。按 E 可隐藏或显示。',
  'Show the map': '显示类激活图',
  'Among the reference lesions': '与参照病灶对照',
  'Lesions with known outcome, benign above the line and malignant below, and this one among them, with the share of each that scores higher.':
    '已知病理结果的病灶：良性在线上方，恶性在线下方，竖线为当前病灶的位置，并给出两类病灶中评分更高者的比例。',
  'Each view alone': '各体位单独的结果',
  'Details open what each view and each model says by itself. Where they disagree, a caution says so above.':
    '展开“详情”可查看各体位、各模型单独的结果。不一致时，上方会列为注意事项。',
  'Take it with you': '导出结果',
  'Export saves JSON, CSV or DICOM objects (CAD SR, TID 1500, presentation states); the printable report is for paper. Nothing leaves the page before you ask for it.':
    '“导出”可保存 JSON、CSV 或 DICOM 对象（CAD SR、TID 1500、显示状态）；“打印报告”用于纸质打印。在您操作之前，任何内容都不会离开本页面。',
  'Open Export': '打开导出',
  'That was the tour': '导览结束',
  'Drop your own mammograms anywhere on the page. Ctrl+K lists all commands, ? all keys. Research use only: not for decisions about patients.':
    '将您自己的乳腺 X 线图像拖放到页面任意位置即可。Ctrl+K 列出全部命令，? 列出全部快捷键。仅供研究使用，不得用于患者的诊疗决策。',
};
