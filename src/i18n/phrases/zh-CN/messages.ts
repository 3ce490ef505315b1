/** Messages that core, adapters and the app compose: English template to Simplified Chinese. */
export const MESSAGES_ZH_CN: Readonly<Record<string, string>> = {
  // What puts an image out of scope.
  'Raw detector data (FOR PROCESSING), not meant for reading.':
    '待处理的原始探测器数据（FOR PROCESSING），不用于阅片。',
  'Tomosynthesis or another image of several frames.': '断层合成（DBT）或其他多帧图像。',
  'Radiograph of a tissue specimen.': '组织标本 X 线片。',
  'Computed from tomosynthesis, not a mammogram exposed as such.':
    '由断层合成（DBT）计算得到的合成图像，并非直接曝光的乳腺 X 线片。',
  'Recombined image of contrast mammography: it shows contrast medium, not tissue. The low-energy image is the mammogram.':
    '对比增强乳腺摄影的重组图像：显示的是对比剂而非组织。低能图像才是乳腺 X 线图像。',
  'High-energy image of contrast mammography, not meant for reading. The low-energy image is the mammogram.':
    '对比增强乳腺摄影的高能图像，不用于阅片。低能图像才是乳腺 X 线图像。',
  'Contrast medium was given, and the file does not say whether this is the low-energy or the recombined image.':
    '已使用对比剂，文件未注明是低能图像还是重组图像。',
  'Low-energy image of contrast mammography: contrast medium is in the breast.':
    '对比增强乳腺摄影的低能图像：乳腺内有对比剂。',
  'Slice or projection of tomosynthesis, not a mammogram.':
    '断层合成（DBT）的层面或投影图像，不是乳腺 X 线图像。',
  'Exposure of a biopsy (stereotactic or scout), not a diagnostic view.':
    '活检曝光（立体定位或定位片），不是诊断体位。',
  'A part cut out of a mammogram, not a view.': '乳腺 X 线图像的局部裁剪，不是完整体位。',
  'A mask (the outline of something as a picture), not a mammogram.':
    '掩膜图像（以图片表示的轮廓），不是乳腺 X 线图像。',
  'The side is in doubt ({claims}). It is scored when you have said which side it shows.':
    '侧别存疑（{claims}）。请先指定侧别，然后评分。',
  'The view is in doubt ({claims}). It is scored when you have said which view it is.':
    '体位存疑（{claims}）。请先指定体位，然后评分。',
  'The picture lies mirrored against what the file says of it. It is scored when you have said which side it shows.':
    '图像与文件的说明左右相反。请先指定侧别，然后评分。',
  'The picture lies upside down against what the file says of it. It is scored when you have said which side it shows.':
    '图像与文件的说明上下颠倒。请先指定侧别，然后评分。',
  'The picture lies on its side against what the file says of it. It is scored when you have said which side it shows.':
    '图像与文件的说明相差 90 度。请先指定侧别，然后评分。',
  'The file states an impossible magnification factor ({factor}), which is not used.':
    '文件注明的放大系数（{factor}）不可能成立，未采用。',
  'The stated magnification factor ({stated}) and the distances of source, breast and detector ({distances}) disagree: lengths are uncertain.':
    '注明的放大系数（{stated}）与焦点、乳腺、探测器的距离（{distances}）不一致：长度不确定。',
  'low-energy': '低能图像',
  'high-energy': '高能图像',
  recombined: '重组图像',
  contrast: '对比增强',
  synthesized: '合成图像',
  stereotactic: '立体定位',
  cropped: '局部裁剪',
  mask: '掩膜',
  picture: '图像本身',
  'Side and view of {view} set by the reader; the file says nothing.':
    '{view} 的侧别和体位由阅片医师指定；文件未注明。',
  'Side of {view} set by the reader; the file says nothing.':
    '{view} 的侧别由阅片医师指定；文件未注明。',
  'View of {view} set by the reader; the file says nothing.':
    '{view} 的体位由阅片医师指定；文件未注明。',
  'Side and view of {view} set by the reader; the file says {file}.':
    '{view} 的侧别和体位由阅片医师指定；文件注明为 {file}。',
  'Side of {view} set by the reader; the file says {file}.':
    '{view} 的侧别由阅片医师指定；文件注明为 {file}。',
  'View of {view} set by the reader; the file says {file}.':
    '{view} 的体位由阅片医师指定；文件注明为 {file}。',
  'Magnification view: lesions appear larger than in training.':
    '放大摄影：病灶显示比训练图像中更大。',
  'Spot compression view: only part of the breast is compressed.': '局部加压片：仅压迫部分乳腺。',
  'Breast implant.': '乳房假体。',
  'Breast implant (displaced for this view).': '乳房假体（本体位已推移假体）。',
  'The file does not name the view.': '文件未注明体位。',
  'The file does not name the side.': '文件未注明侧别。',
  '{view} view: the classifier knows CC and MLO views only.':
    '{view} 体位：分类器仅适用于头尾位（CC）和内外斜位（MLO）。',
  'Lossily compressed: fine detail may be missing.': '有损压缩：可能缺失细微结构。',
  'Low resolution: coarser than a digital mammogram.': '分辨率低：低于数字乳腺 X 线图像。',
  'No pixel spacing in the file: the scale is assumed.': '文件无像素间距：比例尺为假定值。',
  'The mark lies mostly outside the breast.': '标记大部分位于乳腺之外。',
  'The pixel spacing in the file gives the breast an impossible size: it is not used, the scale is assumed.':
    '文件中的像素间距会使乳腺尺寸不合理：未采用，比例尺为假定值。',
  'The mark lies in the air.': '标记位于乳腺外的空气区域。',
  'The marked place has no contrast: there is nothing to judge.':
    '标记处没有对比度：没有可供判断的内容。',
  'The marked place is saturated: nothing can be told apart in it.':
    '标记处灰度饱和：无法分辨任何结构。',
  'Pixel values exceed the bits that the file declares (Bits Stored): taken as they are.':
    '像素值超出文件声明的位数（Bits Stored）：按实际值读取。',

  // What may not be joined, and what speaks against a score.
  'No view is marked.': '没有已标记的体位。',
  'The marks are on images of different persons ({views}): a lesion is of one person.':
    '标记位于不同受检者的图像上（{views}）：一个病灶只属于一位受检者。',
  'The marks are on images of different examinations ({views}): a lesion is scored within one.':
    '标记位于不同检查的图像上（{views}）：病灶只在一次检查内评分。',
  'The side of a marked view is not known ({views}): say which breast it shows before they are joined.':
    '有已标记体位的侧别未知（{views}）：请先指明其所示乳腺，再合并评分。',
  'The marks are on both breasts ({views}): a lesion is of one breast.':
    '标记位于双侧乳腺（{views}）：一个病灶只属于一侧乳腺。',
  'The score is not a finite number.': '评分不是有限数值。',
  'This model pack was not shipped with this program.': '此模型包并非随本程序提供。',
  'One view is marked more than once ({views}): together these count as one view.':
    '同一体位被多次标记（{views}）：合计按一个体位计算。',
  'Distances from the nipple differ by {mm} mm ({views}): is it the same lesion?':
    '与乳头的距离相差 {mm} mm（{views}）：是否为同一病灶？',
  'The views disagree: look at each before trusting their mean.':
    '各体位结果不一致：采信均值前请逐一查看各体位。',
  'The two models disagree: the network and the measured features see it differently.':
    '两个模型结果不一致：神经网络与定量特征的判断不同。',
  'The outline is not a clear edge: the measured features may be off.':
    '轮廓边缘不清晰：定量特征可能不准确。',
  'Unlike the reference lesions in: {features}.': '以下特征与参照病灶明显不同：{features}。',
  '{feature}; {others}': '{feature}、{others}',

  // Marks placed, and marks that stay away.
  'The image is not open any more.': '图像已关闭。',
  'The mark is too small or does not lie inside the image.': '标记过小，或不在图像之内。',
  'Lesion {number} is marked on {view} already: drag its mark to move it, or begin a new lesion (N).':
    '病灶 {number} 在 {view} 上已有标记：请拖动该标记以移动，或新建病灶（N）。',
  '{why}: this is lesion {number}, by itself.': '{why}：此为单独的病灶 {number}。',
  '{view} shows the other breast than lesion {number} is in':
    '{view} 所示为病灶 {number} 的对侧乳腺',
  '{view} is of another examination than lesion {number}':
    '{view} 与病灶 {number} 不属于同一次检查',
  '{view} is of another person than lesion {number}': '{view} 与病灶 {number} 不属于同一受检者',
  'It is not known which breast {view} or another view of lesion {number} shows':
    '{view} 或病灶 {number} 的其他体位所示为哪侧乳腺尚不明确',
  'Lesion {number} was marked on other pixels than {view} holds now':
    '病灶 {number} 的标记所基于的像素与 {view} 当前的像素不同',
  'Lesion {number}: its mark does not lie inside {view} ({columns} x {rows} pixels) and is left out.':
    '病灶 {number}：其标记不在 {view}（{columns} x {rows} 像素）之内，未予采用。',
  'Lesion {number}: its mark on {view} was made on other pixels under the same identifier. It stays away and is kept.':
    '病灶 {number}：其在 {view} 上的标记是在同一标识符的其他像素上所作，不予显示，但仍保留。',
  '{view}: a nipple or measurement was made on other pixels under the same identifier. It stays away and is kept.':
    '{view}：乳头位置或测量是在同一标识符的其他像素上所作，不予显示，但仍保留。',

  // Reading first.
  'The score was not revealed: the reader reads first.': '评分未显示：阅片医师先阅片。',

  // View modifiers and where side and view were read from.
  magnification: '放大',
  'spot compression': '局部加压',
  'implant displaced': '假体推移',
  tangential: '切线位',
  cleavage: '乳沟位',
  'axillary tail': '腋尾位',
  'axillary tissue': '腋窝组织',
  'rolled lateral': '向外旋转',
  'rolled medial': '向内旋转',
  'rolled superior': '向上旋转',
  'rolled inferior': '向下旋转',
  'nipple in profile': '乳头切线位',
  'anterior compression': '前部加压',
  'infra-mammary fold': '乳房下皱襞',
  reader: '阅片医师指定',

  // Why a file was not opened.
  'The zip archive holds more than {count} files and was not opened.':
    'zip 压缩包中的文件超过 {count} 个，未打开。',
  'The browser could not read the file ({reason}).': '浏览器无法读取该文件（{reason}）。',

  // Reports that are read back, and what is kept.
  'The file is not JSON: {reason}': '该文件不是 JSON：{reason}',
  'Marks could not be saved on this computer: {reason}': '标记无法保存到这台电脑：{reason}',
  'Earlier marks could not be read: {reason}': '无法读取之前的标记：{reason}',

  // The scoring engine.
  'Starting the scoring engine': '正在启动评分引擎',
  'Fetching and checking the model pack': '正在读取并校验模型包',
  'Starting {backend}': '正在启动 {backend}',
  'Preparing the network on {backend}': '正在 {backend} 上准备网络',
  "Checking the network's answers on {backend}": '正在 {backend} 上核对网络的输出',
  'The score was not ready.': '评分尚未就绪。',
  'The scoring engine was not ready.': '评分引擎尚未就绪。',
  'The scoring engine was closed.': '评分引擎已关闭。',
  'The scoring engine cannot be started: {reason}': '无法启动评分引擎：{reason}',
  'The score was tried {runs} times and the device failed each time.':
    '已尝试评分 {runs} 次，设备每次均失败。',
  'The lesion could not be scored: {reason}': '无法对病灶评分：{reason}',
  'The lesion could not be measured: {reason}': '无法测量病灶：{reason}',
  '{backend} is no longer used: {reason}': '不再使用 {backend}：{reason}',
  '{backend} was lost ({reason}) and has been started again':
    '{backend} 曾中断（{reason}），已重新启动',
  'it came to a standstill at "{step}"': '在“{step}”这一步停滞',
  'The scoring engine was started a second time: {reason}': '评分引擎已重新启动一次：{reason}',
  'A graphics card was found: WebGPU is being started': '已找到显卡：正在启动 WebGPU',
  'A graphics card was found: moved up from {backend} to WebGPU':
    '已找到显卡：已从 {backend} 改用 WebGPU',
  'A graphics card was found, but WebGPU did not start on it: {reason}':
    '已找到显卡，但 WebGPU 未能在其上启动：{reason}',
  'The browser still has no graphics card for WebGPU': '浏览器仍未提供可用于 WebGPU 的显卡',
  'the browser no longer offers it': '浏览器已不再提供',
  'it was lost {count} times ({reason})': '已中断 {count} 次（{reason}）',
  'it could not be started ({reason})': '无法启动（{reason}）',
  'it did not answer in time': '未在规定时间内响应',
  'the worker stopped': '后台线程已停止',
  'the device was lost while starting': '启动时设备中断',
  "On {backend} ({adapter}) the network does not give the pack's reference answers ({problem}). Choose another backend.":
    '在 {backend}（{adapter}）上，网络输出与模型包的参考结果不符（{problem}）。请选择其他后端。',
  'the model pack is refused: {reason}': '模型包未通过校验：{reason}',
  'no backend can be used. {reason}': '没有可用的后端。{reason}',
  'the network is not ready': '网络尚未就绪',
  'the image is not open': '图像未打开',
  'WebGPU: {reason}': 'WebGPU：{reason}',
  'WebGL: {reason}': 'WebGL：{reason}',
  'WebAssembly: {reason}': 'WebAssembly：{reason}',
  'this browser does not offer it': '此浏览器不支持',
  'the browser found no graphics adapter for it': '浏览器未找到可用的图形适配器',
  'this browser does not offer it in the background': '此浏览器不支持在后台使用',
  'the browser refused it': '浏览器拒绝使用',
  'the graphics adapter cannot compute with 32-bit numbers': '图形适配器不支持 32 位浮点计算',
  'the graphics adapter is gone': '图形适配器已不可用',
  'the graphics device was lost': '图形设备中断',
  'the graphics context was lost': '图形上下文丢失',
  '{adapter} is a software adapter, slower than WebAssembly; it is used only when chosen by name':
    '{adapter} 为软件适配器，比 WebAssembly 慢，仅在手动选择时使用',
  'there is no model pack named {name}; there are {packs}':
    '没有名为 {name} 的模型包；现有：{packs}',
  'manifest.json was changed while the page was open: load the page again':
    'manifest.json 在页面打开期间被更改：请重新加载页面',
  'This address is plain http: looking and marking work, scoring and offline use need HTTPS.':
    '当前地址为普通 http：可以阅片和标记，评分和离线使用需要 HTTPS。',
  'the model pack could not be read: {reason}': '无法读取模型包：{reason}',

  // The model pack in words.
  'Research and demonstration: a second opinion on a mass that a reader has marked on digital or digitised film mammograms. Not a medical device; not for decisions about patients.':
    '研究与演示：针对阅片医师在数字或数字化胶片乳腺 X 线图像上标记的肿块，提供第二意见。不是医疗器械，不得用于患者的诊疗决策。',
  'raw images (Presentation Intent Type FOR PROCESSING)':
    '原始图像（Presentation Intent Type 为 FOR PROCESSING）',
  tomosynthesis: '断层合成（DBT）',
  'spot compression and magnification views': '局部加压片和放大片',
  'breasts with implants': '有假体的乳房',
  'calcifications without a mass': '不伴肿块的钙化',
  'finding lesions: only regions that a reader marked are scored':
    '检出病灶：仅对医师标记的区域评分',

  // Described features and reference lesions (BI-RADS words).
  'in the lesion': '病灶内',
  'at the margin': '边缘处',
  'around the lesion': '病灶周围',
  'in the box': '标记框内',
  coarse: '粗尺度',
  fine: '细尺度',
  'effective diameter': '等效直径',
  circularity: '圆度',
  irregularity: '不规则度',
  elongation: '伸长度',
  convexity: '凸度',
  'margin sharpness': '边缘锐利度',
  'variance of margin sharpness': '边缘锐利度的变异',
  'spread of gradient angles {where}, {scale}': '{where}梯度角的离散度（{scale}）',
  'radial gradient {where}, {scale}': '{where}径向梯度（{scale}）',
  density: '密度',
  'contrast with the surround': '与周围的对比度',
  'variation of grey': '灰度变异',
  'disorder of texture in the lesion': '病灶内纹理紊乱度',
  smaller: '更小',
  larger: '更大',
  'less circular': '更不圆',
  'more circular': '更圆',
  'outline more regular': '轮廓更规则',
  'outline more irregular': '轮廓更不规则',
  'less elongated': '伸长较轻',
  'more elongated': '伸长更明显',
  'outline more indented': '轮廓凹陷更多',
  'outline less indented': '轮廓凹陷更少',
  'margin less sharp': '边缘更模糊',
  'margin sharper': '边缘更锐利',
  'margin more even': '边缘更均匀',
  'margin less even': '边缘更不均匀',
  'gradient angles less spread {where}': '{where}梯度角更集中',
  'gradient angles more spread {where}': '{where}梯度角更分散（毛刺倾向）',
  'grey falls less straight outward {where}': '{where}灰度向外递减更不规则',
  'grey falls straighter outward {where}': '{where}灰度向外递减更规则',
  'less dense': '密度更低',
  denser: '密度更高',
  'less contrast': '对比度更低',
  'more contrast': '对比度更高',
  'more uniform': '更均匀',
  'less uniform': '更不均匀',
  'lower disorder of texture in the lesion': '病灶内纹理更有序',
  'higher disorder of texture in the lesion': '病灶内纹理更紊乱',
  benign: '良性',
  malignant: '恶性',
  round: '圆形',
  oval: '卵圆形',
  lobulated: '分叶状',
  irregular: '不规则形',
  'architectural distortion': '结构扭曲',
  'focal asymmetric density': '局灶性不对称',
  'asymmetric breast tissue': '不对称',
  'lymph node': '淋巴结',
  circumscribed: '边缘清楚',
  obscured: '边缘遮蔽',
  microlobulated: '微小分叶',
  'ill defined': '边缘模糊',
  spiculated: '毛刺状',
  na: '无记录',

  // Demo cases.
  'Synthetic patient 1: a mass in each breast': '合成患者 1：双乳各一肿块',
  'Synthetic patient 2: dense breasts, a mass on the left': '合成患者 2：致密型乳腺，左乳肿块',
  'Synthetic patient 3: a mass that grew since the exam of two years before':
    '合成患者 3：较两年前检查增大的肿块',

  // The page as a whole.

  // The DICOMweb server.
  'This study is no longer on the server. Search again.': '此检查已不在服务器上，请重新检索。',
  "The server's {what} is not valid DICOM JSON{place}.":
    '服务器的{what}不是有效的 DICOM JSON{place}。',

  // Storage, local data and the display.
  'a newer version of this program is in use in another tab; load this page again':
    '另一个标签页正在使用本程序的较新版本；请重新加载此页面',
  'the space of the browser is used up': '浏览器的存储空间已用完',
  'the browser allows no storage here, as in some private windows ({reason})':
    '浏览器在此不允许存储，例如某些隐私窗口（{reason}）',
  'WebGL is not available; graphics acceleration may be switched off':
    'WebGL 不可用；图形加速可能已关闭',
  'This file is not JSON.': '此文件不是 JSON。',
  'This file is not a copy of the local data of this program.': '此文件不是本程序的本机数据副本。',
  'The copy was made by a newer version of this program.': '此副本由本程序的较新版本创建。',
};
