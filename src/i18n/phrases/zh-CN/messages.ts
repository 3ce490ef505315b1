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
  'This file holds only a placeholder of {columns} × {rows} pixels for a picture (most often tomosynthesis) that the maker’s own workstation reads.':
    '此文件仅为占位图（{columns} × {rows} 像素），其内容（通常为断层合成）须用厂家专用工作站读取。',
  'This is a slice of breast tomosynthesis, stored as a CT image. Only two-dimensional mammograms can be opened.':
    '这是以 CT 图像存储的乳腺断层合成（DBT）层面。仅能打开二维乳腺 X 线图像。',
  'This picture has only two grey values: it is a mask (the outline of something), not a mammogram.':
    '此图像只有两种灰度值：是掩膜（轮廓图），不是乳腺 X 线图像。',
  'The server was asked for study {asked} and answered with an image of study {got}. It was not opened.':
    '向服务器请求的是检查 {asked}，返回的却是检查 {got} 的图像，未打开。',
  'The server was asked for image {asked} and answered with image {got}. It was not opened.':
    '向服务器请求的是图像 {asked}，返回的却是图像 {got}，未打开。',
  'The server was asked for study {asked} and answered with study {got}. Nothing was opened.':
    '向服务器请求的是检查 {asked}，返回的却是检查 {got}，未打开任何内容。',
  'a scanned radiograph without a breast view': '无乳腺体位的扫描 X 线片',
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
  '{view}: the side and view that were set before were said of other pixels under the same identifier. They stay away.':
    '{view}：此前指定的侧别和体位是针对同一标识符的其他像素，不予采用。',
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
  'It is named in the disc’s DICOMDIR but missing among the files.':
    '光盘的 DICOMDIR 列出了此文件，但所选文件中没有。',
  'This is only the index of a DICOM disc. Open the whole folder or disc that it lies in, so that the images come with it.':
    '这只是 DICOM 光盘的索引文件。请打开其所在的整个文件夹或光盘，以便同时打开图像。',
  'The index of the disc could not be read, so its order and what is missing are not known; the images beside it are opened. ({why})':
    '无法读取光盘索引，因此无法得知图像顺序和缺失的文件；其旁的图像照常打开。（{why}）',
  'It is too large.': '文件过大。',
  'It is not a DICOM file.': '不是 DICOM 文件。',
  'This is not the index of a DICOM disc.': '这不是 DICOM 光盘的索引文件。',
  'The zip archive is protected by a password. Unpack it first, then open the folder.':
    'zip 压缩包受密码保护。请先解压，再打开文件夹。',
  'The file is protected by a password inside the zip archive. Unpack the archive first.':
    'zip 压缩包中的此文件受密码保护。请先解压。',
  'The zip archive holds no files.': 'zip 压缩包中没有文件。',
  'A zip archive inside two others is not looked into. Unpack the outer ones first.':
    '嵌套两层以上的 zip 压缩包不予打开。请先解压外层压缩包。',
  'The zip archive could not be unpacked: the unpacking stopped, probably for lack of memory.':
    'zip 压缩包未能解压：解压过程中断，可能是内存不足。',
  'The archive could not be unpacked: the unpacking took too long and was given up.':
    '压缩包未能解压：解压耗时过长，已放弃。',
  'Unpacking was stopped by the reader.': '阅片医师已停止解压。',
  'The tar archive is damaged or was cut off while it was copied: what comes behind this place in it is missing.':
    'tar 压缩包已损坏，或复制时不完整：其后的内容缺失。',
  'The tar archive holds no files.': 'tar 压缩包中没有文件。',
  'The gzip archive is damaged or was cut off while it was copied, so it could not be unpacked.':
    'gzip 压缩包已损坏，或复制时不完整，无法解压。',
  'This is a {kind} archive, which this program does not unpack. Unpack it first, then open the folder.':
    '这是 {kind} 压缩包，本程序不支持解压。请先解压，再打开文件夹。',
  'This is the image of a disc, which this program does not unpack. Mount or unpack it first, then open the folder.':
    '这是光盘映像文件，本程序不支持解压。请先装载或解压，再打开文件夹。',
  'This is one part of a zip archive that was split. Join the parts and unpack it first.':
    '这是分卷 zip 压缩包的一部分。请先合并并解压。',
  'The zip archive is damaged or was cut off while it was copied: its list of files cannot be read ({message}).':
    'zip 压缩包已损坏，或复制时不完整：无法读取其文件列表（{message}）。',
  'The file is compressed in a way that this program cannot unpack. Unpack the archive first.':
    '本程序不支持此文件的压缩方式。请先解压。',
  'The file shares its bytes with another one of the zip archive, as only archives made to do harm do.':
    '此文件与压缩包中的另一文件共用数据，只有恶意压缩包才会如此。',
  'There was not enough memory to unpack the file from the zip archive.':
    '内存不足，无法从 zip 压缩包中解压此文件。',
  'The file is damaged inside the zip archive ({message}).':
    'zip 压缩包中的此文件已损坏（{message}）。',
  'The zip archive holds more than {count} files and was not opened.':
    'zip 压缩包中的文件超过 {count} 个，未打开。',
  'Not unpacked: all files together would take more than {size}.':
    '未解压：全部文件合计将超过 {size}。',
  'Not unpacked: it would grow more than {times} times, as only archives made to fill memory do.':
    '未解压：解压后将增大 {times} 倍以上，只有恶意压缩包才会如此。',
  'Not unpacked: it would take more than {size}.': '未解压：文件将超过 {size}。',
  '“{name}” is no longer where it was: moved, renamed, or its disc was taken out. It was taken off the list.':
    '“{name}”已不在原处：已移动、重命名，或光盘已取出。已将其从列表中移除。',
  '“{name}” was not opened: the browser was not allowed to read it.':
    '“{name}”未打开：浏览器未获准读取。',
  'The list of recent files could not be kept: {why}': '无法保存最近打开的文件列表：{why}',
  'Earlier corrections of views could not be read: {why}': '无法读取先前对体位的更正：{why}',
  'The correction could not be saved on this computer: {why}': '无法在此计算机上保存更正：{why}',
  'The browser could not read the file ({reason}).': '浏览器无法读取该文件（{reason}）。',
  'The browser could not read it ({reason}).': '浏览器无法读取（{reason}）。',
  'There was not enough memory to open the image.': '内存不足，无法打开该图像。',
  'The image could not be opened ({reason}).': '无法打开该图像（{reason}）。',
  'This is a colour picture ({kind}), for example a screen capture, not a mammogram.':
    '这是彩色图片（{kind}），例如屏幕截图，不是乳腺 X 线图像。',
  'The pixels are stored in a way this program does not read ({way}).':
    '像素的存储方式不受支持（{way}）。',
  'The file gives the image no size ({rows} rows, {columns} columns).':
    '文件未给出图像尺寸（{rows} 行，{columns} 列）。',
  'The file claims an image of {columns} × {rows} pixels, more than any mammogram has.':
    '文件声称图像为 {columns} × {rows} 像素，超过任何乳腺 X 线图像的尺寸。',
  'The decoder stopped while it was opening this file, probably for lack of memory.':
    '打开该文件时解码器中止，可能是内存不足。',
  'Opening this file took too long and was given up.': '打开该文件耗时过长，已放弃。',
  'The image is stored as {name} (transfer syntax {uid}), which this program cannot decode.':
    '图像以 {name} 格式存储（传输语法 {uid}），本程序无法解码。',
  'The file is empty (0 bytes).': '文件为空（0 字节）。',
  'The file is larger than any two-dimensional mammogram (1 GiB).':
    '文件超过任何二维乳腺 X 线图像的大小（1 GiB）。',
  'This is not a DICOM file: the mark "DICM" at byte 128 is missing.':
    '这不是 DICOM 文件：第 128 字节处缺少 “DICM” 标识。',
  'The DICOM header is damaged or ends too early. The file was probably cut off while it was copied.':
    'DICOM 文件头损坏或不完整，文件可能在复制时被截断。',
  'The compressed image ({format}) is damaged and cannot be decoded.':
    '压缩图像（{format}）已损坏，无法解码。',
  'The compressed image is a colour picture, not a mammogram.':
    '压缩图像为彩色图片，不是乳腺 X 线图像。',
  'The compressed image has {bits} bits a pixel, the header only {allocated}.':
    '压缩图像每像素 {bits} 位，而文件头仅声明 {allocated} 位。',
  'The compressed image ({format}) is incomplete or damaged: a part of its pixels would be wrong, so it is not shown.':
    '压缩图像（{format}）不完整或已损坏：部分像素会有错误，因此不予显示。',
  'The deflated data set unpacks to more bytes than any mammogram has; it was not unpacked further.':
    '压缩的数据集解压后超过任何乳腺 X 线图像的大小，已停止解压。',
  'The file does not say how it is encoded (no Transfer Syntax UID); it was read as its bytes show.':
    '文件未注明编码方式（缺少传输语法 UID）；已按其实际内容读取。',
  'The file says that it is encoded as {name}, but it is not ({found}); it was read as its bytes show.':
    '文件注明的编码为 {name}，但实际并非如此（{found}）；已按其实际内容读取。',
  'A second DICOM file follows in the same file; only the first was opened. Split it to see the second.':
    '同一文件中还有第二个 DICOM 文件；仅打开了第一个。请拆分后查看第二个。',
  'The image needs more memory than is there for one of several files at a time.':
    '该图像所需内存超过同时打开多个文件时每个文件可用的内存。',
  'The file’s pixel spacing or pixel shape would make a picture of {width} × {height} points of what it holds; no mammogram is so large.':
    '按文件的像素间距或像素形状，图像将达到 {width} × {height} 点；任何乳腺 X 线图像都没有这么大。',
  'Opening was stopped by the reader.': '阅片医师已停止打开。',
  'The picture has {columns} × {rows} pixels; the graphics of this device show at most {limit} a side, so it may stay black.':
    '图像为 {columns} × {rows} 像素；此设备的图形硬件每边最多显示 {limit} 像素，因此可能显示为全黑。',
  'The decoder for {format} could not be started.': '无法启动 {format} 解码器。',
  'The pixel data end too early: {have} of {want} bytes are there. The file was probably cut off while it was copied.':
    '像素数据不完整：应有 {want} 字节，仅有 {have} 字节。文件可能在复制时被截断。',
  'The pixel data are damaged: their parts do not fit together.': '像素数据损坏：各部分不一致。',
  'The file contains no image: Pixel Data is missing.': '文件不含图像：缺少像素数据。',
  'The file ends inside the DICOM header. It was probably cut off while it was copied.':
    '文件在 DICOM 文件头处中断，可能在复制时被截断。',
  'This is a tomosynthesis series or another image of several frames ({frames} frames). Only two-dimensional mammograms can be opened.':
    '这是断层合成（DBT）序列或其他多帧图像（{frames} 帧）。仅能打开二维乳腺 X 线图像。',
  'This is the index of a DICOM disc (DICOMDIR), not an image. The images beside it are opened by themselves.':
    '这是 DICOM 光盘的索引（DICOMDIR），不是图像。同目录下的图像会自行打开。',
  'This is {kind}, not a mammogram.': '这是{kind}，不是乳腺 X 线图像。',
  'a CT image': ' CT 图像',
  'an MR image': '磁共振图像',
  'an ultrasound image': '超声图像',
  'a PET image': ' PET 图像',
  'a nuclear medicine image': '核医学图像',
  'a secondary capture': '二次采集图像',
  'a picture of modality "other"': '模态为“其他”的图片',
  'a computed radiograph without a breast view': '无乳腺体位的 CR 图像',
  'a digital radiograph without a breast view': '无乳腺体位的 DR 图像',
  'a structured report': '结构化报告',
  'a presentation state': '显示状态',
  'a key object note': '关键图像说明',
  'of no stated modality': '未注明模态的对象',
  'of modality {modality}': '模态为 {modality} 的对象',
  'The image has no SOP Instance UID, so marks on it could not be kept apart from those on others.':
    '图像没有 SOP Instance UID，其标记无法与其他图像的标记区分。',
  'The file says {columns} × {rows} pixels, but its pixel data hold {found}. Rows, Columns or the pixel data are wrong.':
    '文件声明为 {columns} × {rows} 像素，但像素数据为 {found}。行数、列数或像素数据有误。',
  'an image of {columns} × {rows}': ' {columns} × {rows} 的图像',
  '{found} bytes instead of {wanted}': ' {found} 字节，应为 {wanted} 字节',
  'Already open as {path}: both carry the SOP Instance UID {uid}.':
    '已作为 {path} 打开：两者的 SOP Instance UID 均为 {uid}。',

  // Reports that are read back, and what is kept.
  'The file is not JSON: {reason}': '该文件不是 JSON：{reason}',
  'Marks could not be saved on this computer: {reason}': '标记无法保存到这台电脑：{reason}',
  'Earlier marks could not be read: {reason}': '无法读取之前的标记：{reason}',
  'The images do not allow a valid report: {reason}': '图像信息无法生成有效报告：{reason}',
  'No image of this patient is open.': '该患者没有打开的图像。',
  'No lesion is marked on an open image.': '已打开的图像上没有标记病灶。',

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
  'What was said of an exam of another patient under the same study identifier stays away and is kept.':
    '同一检查标识符下另一患者的检查结论不予显示，但予以保留。',
  'Opening failed: {reason}': '打开失败：{reason}',
  'Reading reports failed: {reason}': '读取报告失败：{reason}',

  // The DICOMweb server.
  'This address is not encrypted (http to another computer): what is sent, the password or token too, can be read on the way.':
    '此地址未加密（通过 http 连接另一台电脑）：传输的内容，包括密码或令牌，途中可能被读取。',
  'The access token holds characters that no token has.': '访问令牌含有无效字符。',
  'Enter the user name.': '请输入用户名。',
  'A user name cannot hold a colon.': '用户名不能包含冒号。',
  'User name or password hold a control character.': '用户名或密码含有控制字符。',
  'This study has more than {most} objects.': '此检查的对象超过 {most} 个。',
  'This study is no longer on the server. Search again.': '此检查已不在服务器上，请重新检索。',
  'Enter the address of the DICOMweb server.': '请输入 DICOMweb 服务器地址。',
  'This is not an address.': '这不是有效地址。',
  'The address must begin with http:// or https://.': '地址必须以 http:// 或 https:// 开头。',
  'Enter user name and password in their own fields, not in the address.':
    '请在相应栏内输入用户名和密码，不要写在地址中。',
  'The address must not hold "?" or "#": enter the base address of the service.':
    '地址不能包含 “?” 或 “#”：请输入服务的基础地址。',
  'The server sent something else than DICOM ({type}).': '服务器返回的不是 DICOM（{type}）。',
  'The server sent a damaged object.': '服务器返回的对象已损坏。',
  'This study holds nothing that the viewer opens ({kinds}).':
    '此检查没有可打开的内容（{kinds}）。',
  'This study has {count} objects; at most {most} are opened.':
    '此检查有 {count} 个对象；最多打开 {most} 个。',
  "The server's answer cannot be read: {why}. Try again.": '无法读取服务器的应答：{why}。请重试。',
  'it has more parts than were asked for': '其中的部分多于所请求的数量',
  'The server sent no object where one was asked for.': '服务器没有发送所请求的对象。',
  'its parts are not marked': '各部分没有分隔标记',
  'a part of it has no end of its header': '某一部分的头信息没有结束',
  'it ends too early': '内容不完整',
  'There is no DICOMweb service at this address (404).': '此地址没有 DICOMweb 服务（404）。',
  'This is no longer on the server. Search again.': '该内容已不在服务器上，请重新检索。',
  'The server does not accept objects at this address (404).': '服务器在此地址不接收对象（404）。',
  'The server finds too many matches (413). Narrow the search.':
    '匹配结果过多（413），请缩小检索范围。',
  'The server finds this too large to send (413).': '服务器认为内容过大，无法发送（413）。',
  'The server finds this too large to store (413).': '服务器认为内容过大，无法存储（413）。',
  'The server does not accept this user name and password, or this token (401).':
    '服务器不接受该用户名和密码或令牌（401）。',
  'The server asks for a user name and password, or a token (401).':
    '服务器要求用户名和密码或令牌（401）。',
  'The server knows this user but does not allow this, or does not accept the password (403).':
    '服务器不允许该用户进行此操作，或不接受密码（403）。',
  'The server sends the page to another address, perhaps to a sign-in page. Enter the address of the DICOMweb service itself.':
    '服务器将页面转到另一地址，可能是登录页。请输入 DICOMweb 服务本身的地址。',
  'The server cannot send this in a form that the viewer reads (406).':
    '服务器无法以可读取的格式发送（406）。',
  'The server is too busy to answer ({status}). Try again later.':
    '服务器繁忙（{status}），请稍后再试。',
  'The server reports an error ({status}).': '服务器报告错误（{status}）。',
  'The server refuses the request ({status}).': '服务器拒绝请求（{status}）。',
  'A web page answers at this address, not a DICOMweb service. Its address often ends in /dicom-web, /wado-rs or /rs.':
    '此地址返回的是网页，不是 DICOMweb 服务。服务地址通常以 /dicom-web、/wado-rs 或 /rs 结尾。',
  "The server's {what} cannot be read: it is not JSON.": '无法读取服务器的{what}：不是 JSON。',
  "The server's {what} is not valid DICOM JSON{place}.":
    '服务器的{what}不是有效的 DICOM JSON{place}。',
  'list of studies': '检查列表',
  'list of series': '序列列表',
  'list of images': '图像列表',
  'answer to the storing': '存储应答',
  '{failure} Whether it was stored is not known; storing it again does no harm.':
    '{failure}尚不清楚是否已存储；再次存储不会有影响。',
  'This is more than is stored at a time (512 MiB).': '超过单次存储上限（512 MiB）。',
  'This is not a DICOM UID.': '这不是 DICOM UID。',
  'Enter dates as year-month-day, e.g. 2026-01-31.': '请按“年-月-日”输入日期，例如 2026-01-31。',
  'The first day is after the last day.': '起始日期晚于截止日期。',
  'The search holds a character that cannot be searched for.': '检索内容含有无法检索的字符。',
  'Search for at most {most} characters.': '检索内容最多 {most} 个字符。',
  "The server's answer is larger than {size} MiB; it was not read to its end.":
    '服务器的应答超过 {size} MiB，未全部读取。',
  'Stopped.': '已停止。',
  '{server} did not answer within {seconds} seconds. It may be overloaded; try again.':
    '{server} 在 {seconds} 秒内未响应，可能负载过高，请重试。',
  'The program that serves this page does not answer. Is "npm start" still running?':
    '提供本页面的程序没有响应。“npm start” 是否仍在运行？',
  'No answer from {server}. The server may be down, the address may be wrong, or the server does not allow this page to read from it (CORS); starting with the option --dicomweb avoids the last.':
    '{server} 没有响应。服务器可能已停机、地址有误，或不允许本页面读取（CORS）；用 --dicomweb 选项启动可避免后者。',
  'This page may not contact {server}. Start Tandem CADx with "npm start -- --dicomweb {address}", or with "npm start -- --connect {origin}".':
    '本页面不得访问 {server}。请用 "npm start -- --dicomweb {address}" 或 "npm start -- --connect {origin}" 启动 Tandem CADx。',
  'The connection to {server} broke. Try again.': '与 {server} 的连接中断，请重试。',
  'Not all of the study came: {reason}': '检查未能全部获取：{reason}',
  'The report was not stored: {reason}.': '报告未能存储：{reason}。',
  'the server could not process it': '服务器无法处理',
  'the server already has an object with this UID': '服务器已有相同 UID 的对象',
  'the server does not know this object': '服务器不识别此对象',
  'a UID in it is not valid': '其中的 UID 无效',
  'the server does not store this kind of object': '服务器不存储此类对象',
  'this user may not store': '该用户无存储权限',
  'the server is out of space': '服务器空间不足',
  'the server does not store this transfer syntax': '服务器不支持此传输语法',
  'the server cannot understand it': '服务器无法解析',
  'the server does not say why': '服务器未说明原因',
  'the server changed some values': '服务器修改了部分值',
  'the server does not confirm that it has it': '服务器未确认已收到',

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
  'The graphics driver took the display away; it has been started again.':
    '图形驱动程序中断了显示；现已重新启动。',
  'Names are hidden: show them before storing on a server.':
    '姓名已隐藏：存储到服务器之前请先显示姓名。',
};
