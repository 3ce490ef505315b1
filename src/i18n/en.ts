import type { Text } from '../core/message/message.ts';

/**
 * English, which also says what there is to say: each entry is a code that `message` takes, with the
 * values that its places name. Other languages must have the same entries.
 */
export const en = {
  // Commands (src/commands), and the groups of the toolbar.
  'commands.viewer': 'Viewer',
  'commands.hanging': 'Hanging',
  'commands.loupe': 'Loupe',
  'commands.measuring': 'Measuring',
  'commands.lesions': 'Lesions',
  'commands.second-look': 'Second look',
  'commands.studies': 'Patients and studies',
  'commands.foreign': 'Other programs',
  'commands.page': 'Page',

  'viewer.window': 'Window',
  'viewer.hint.window': 'Drag right to widen the window, up to brighten',
  'viewer.pan': 'Pan',
  'viewer.hint.pan': 'Drag to move the picture (or the middle button)',
  'viewer.zoom': 'Zoom',
  'viewer.hint.zoom': 'Drag to zoom (or the wheel, or the right button)',
  'viewer.mark': 'Mark',
  'viewer.hint.mark': 'Click on the lesion, or drag a box around it',
  'viewer.select': 'Select view {number}',
  'viewer.fit': 'Fit',
  'viewer.hint.fit': 'Fit all views at one scale',
  'viewer.one-to-one': '1:1',
  'viewer.hint.one-to-one': 'One image pixel to one screen pixel',
  'viewer.invert': 'Invert',
  'viewer.hint.invert': 'Invert the grey scale; of all views while their windows are linked',
  'viewer.reset': 'Reset',
  'viewer.hint.reset':
    'Window, inversion, zoom and position as opened; of all views as far as they are linked',
  'viewer.put-away': 'Put the drawing tool away',
  'viewer.lesion': 'Zoom to the selected lesion, and back',
  'viewer.crops': 'Lesion magnified, view beside view',
  'viewer.hint.crops':
    'The selected lesion from every view that shows it, at one scale, in the grey of its view',
  'viewer.step': 'Next part of the breast',
  'viewer.hint.step': 'Steps over the breast at one image pixel to one screen pixel, or as zoomed',
  'viewer.step-back': 'Previous part of the breast',
  'viewer.tissue': 'Window over the breast tissue',
  'viewer.grey-to-all': 'This window for all views',
  'viewer.hint.grey-to-all':
    'Preset or change by hand, and inversion, relative to the window of each image',
  'viewer.sharpen': 'Sharpen the picture on screen',
  'viewer.hint.sharpen': 'For display only: scores and measurements use the stored values',
  'viewer.outlines': 'Outlines of the lesions',
  'viewer.keep': 'Keep this view',
  'viewer.hint.keep': 'As a key image: the part and the window on show now',
  'viewer.explain': 'Class-activation map of the selected lesion',
  'viewer.hint.explain': 'Orange speaks for malignant, blue against',
  'viewer.technique': 'Show how the images were taken',
  'viewer.overlays': 'Hide marks and labels',
  'viewer.full-screen': 'Full screen',
  'viewer.hint.full-screen': 'The pictures alone on the whole screen',
  'viewer.second-window': 'Pictures on a second window',
  'viewer.hint.second-window': 'The pictures in a window of their own, for a second screen',
  'viewer.second-window-blocked':
    'The browser does not let this page open a second window: allow its pop-ups in the address bar, then try again.',

  'foreign.marks': 'Marks of other programs',
  'foreign.hint.marks': 'CAD marks and regions from the reports of other programs',
  'foreign.overlays': 'Overlay planes of the files',
  'foreign.hint.overlays': 'What is drawn in the image files themselves',
  'foreign.unpresented': 'Marks that other programs hold back',
  'foreign.hint.unpresented': 'Their reports ask a display not to present them',
  'foreign.next-state': 'Next presentation state',
  'foreign.hint.next-state':
    'Window, shutter, texts and drawings of another program; after the last, none',

  'hanging.four': 'Four views',
  'hanging.cc': 'CC pair',
  'hanging.mlo': 'MLO pair',
  'hanging.right': 'Right breast',
  'hanging.left': 'Left breast',
  'hanging.row': 'All in a row',
  'hanging.one': 'One view',
  'hanging.hint.one': 'The selected view alone, Escape for all',
  'hanging.all': 'All views',
  'hanging.next': 'Next hanging',
  'hanging.previous': 'Previous hanging',
  'hanging.sequence': 'Sequence of hangings',
  'hanging.compare': 'Compare {date}',
  'hanging.hint.compare': 'Current over prior',
  'hanging.prior': 'Prior in place of current',
  'hanging.flicker': 'Flicker: current and prior in turns',
  'hanging.hint.flicker':
    'In one cell, aligned at the nipple at one size in millimetres; Space by hand, Escape ends it',
  'hanging.flicker-turn': 'Swap current and prior by hand',
  'hanging.link.zoom': 'Link zoom',
  'hanging.link.pan': 'Link pan',
  'hanging.link.window': 'Link window',
  'hanging.link.slices': 'Link slices',

  'commands.slices': 'Tomosynthesis',
  'slices.next': 'Next slice',
  'slices.previous': 'Previous slice',
  'slices.first': 'First slice',
  'slices.last': 'Last slice',
  'slices.play': 'Play the slices',
  'slices.mode': 'Slices, slab mean, slab maximum',
  'slices.hint.mode': 'Several slices as one picture, of the chosen thickness',
  'slices.thickness': 'Thickness of the slab',
  'slices.swap': '2D or tomosynthesis',
  'slices.hint.swap': 'In the selected view',
  'slices.swap-all': '2D or tomosynthesis in all views',

  'sequence.overview': 'All views',
  'sequence.cc': 'CC pair',
  'sequence.mlo': 'MLO pair',
  'sequence.right': 'Right breast',
  'sequence.left': 'Left breast',
  'sequence.quadrants': 'Each view at 1:1, part by part',
  'sequence.compare': 'Current over prior',
  'sequence.compare-cc': 'CC pair over the prior one',
  'sequence.compare-mlo': 'MLO pair over the prior one',

  'loupe.hold': 'Loupe while the key is held',
  'loupe.toggle': 'Loupe',
  'loupe.hint.toggle': 'Follows the pointer or the arrow keys; held for a moment with X',
  'loupe.move': 'Move the loupe',
  'loupe.invert': 'Invert in the loupe',
  'loupe.native': '1:1 in the loupe',
  'loupe.brighter': 'Brighter in the loupe',
  'loupe.darker': 'Darker in the loupe',
  'loupe.wider': 'Wider window in the loupe',
  'loupe.narrower': 'Narrower window in the loupe',
  'loupe.as-view': 'As view',
  'loupe.stronger': 'Stronger loupe',
  'loupe.weaker': 'Weaker loupe',
  'loupe.close': 'Put the loupe away',

  'measure.distance': 'Distance',
  'measure.hint.distance': 'Drag from one end to the other',
  'measure.ellipse': 'Ellipse',
  'measure.hint.ellipse': 'Drag from one corner of the ellipse to the other',
  'measure.angle': 'Angle',
  'measure.hint.angle': 'Drag the first arm to its vertex, then click the end of the second',
  'measure.place.distance': 'Distance in the middle of the view',
  'measure.place.ellipse': 'Ellipse in the middle of the view',
  'measure.place.angle': 'Angle in the middle of the view',
  'measure.show': 'Show the measurements',
  'measure.true-size': 'True size on this screen',
  'measure.calibrate': 'Calibrate this screen',

  'lesions.new': 'New lesion',
  'lesions.undo': 'Undo',
  'lesions.redo': 'Redo',
  'lesions.table': 'Table of the lesions',
  'lesions.next': 'Next lesion',
  'lesions.previous': 'Previous lesion',
  'lesions.delete': 'Delete the selected lesion',
  'lesions.delete-number': 'Delete lesion {number}',
  'lesions.delete-mark': 'Delete the mark on the selected view',
  'lesions.delete-mark-of': 'Delete the mark of lesion {number} on {view}',

  'second-look.done': 'My look is done',
  'second-look.hint.done': 'Shows the second look at this exam; this cannot be taken back',
  'second-look.next': 'Next finding of the second look',
  'second-look.previous': 'Previous finding of the second look',
  'second-look.accept': 'Accept the finding as a lesion',
  'second-look.add-views': 'Add the views of the finding to lesion {number}',
  'second-look.dismiss': 'Dismiss the finding ...',
  'second-look.reopen': 'Take the dismissal back',

  'studies.next-patient': 'Next patient',
  'studies.previous-patient': 'Previous patient',
  'studies.next-study': 'Next study',
  'studies.previous-study': 'Previous study',
  'studies.close': 'Close this patient',

  'page.fold.patients': 'Patients and studies beside the pictures',
  'page.fold.lesions': 'Lesions beside the pictures',
  'page.notes': { one: '{count} note on files', other: '{count} notes on files' },
  'page.palette': 'Commands',
  'page.keys': 'Keyboard shortcuts',
  'page.dismiss-notice': 'Dismiss the newest notice',
  'page.display-check': 'Check this display',
  'page.about': 'About Tandem CADx',

  'toolbar.viewer': 'Viewer',
  'toolbar.patients': 'Patients',
  'toolbar.lesions': 'Lesions',
  'toolbar.tools': 'Tools',
  'toolbar.measure': 'Measure',
  'toolbar.picture': 'Picture',
  'toolbar.look': 'Look closer',
  'toolbar.show': 'Show',
  'toolbar.hanging': 'Hanging',
  'toolbar.sequence': 'Hangings in turn',
  'toolbar.compare': 'Compare',
  'toolbar.link': 'Link',
  'toolbar.screen': 'Screen',
  'toolbar.page': 'Page',
  'toolbar.loupe': 'Loupe',
  'toolbar.slices': 'Tomosynthesis',

  // Reports that come back (core/report, adapters/dicom-sr).
  'report.unreadable': 'The report could not be read: {reason}',
  'report.not-json': 'The file is not JSON: {reason}',
  'report.foreign': 'This is JSON, but not a report of this program.',
  'report.newer':
    'The report was written by a newer version of this program (schema {schema}, this program reads up to {known}).',
  'report.older': 'The report is of schema {schema}, which this program no longer reads.',
  'report.damaged': 'The report is damaged: {reason}',
  'report.other-object': 'This DICOM object is neither a report nor a presentation state.',
  'report.other-program':
    'Another program wrote this report: its findings are not the lesions of a reader.',
  'report.no-lesions': 'This {kind} has no lesions that this program can read.',
  'report.unread':
    'This {kind} was written in batch and no reader has seen it: it is left aside, so that nothing of it passes for your own marks.',
  'report.kind-damaged': 'The {kind} is damaged: {reason}',
  'foreign.twice': 'The same object is open already, and counts once.',
  'foreign.no-document': 'The DICOM object holds no document.',
  'foreign.no-pdf': 'The document says that it is a PDF and is none.',
  'report.kind.cad-sr': 'mammography CAD report',
  'report.kind.measurement-report': 'structured report',
  'report.kind.presentation-state': 'presentation state',
  'report.kind.key-images': 'selection of key images',

  // DICOM files that are no images (adapters/dicom-sr).
  'part10.too-large': 'The file is larger than any report (4 MiB) and was not read.',
  'part10.cut-off': 'The DICOM file ends too early. It was probably cut off while it was copied.',
  'part10.too-deep':
    'The DICOM file is damaged: its sequences nest far deeper than those of a report.',
  'part10.no-header': 'The file is not readable as DICOM: its header is missing.',
  'part10.encoding':
    'The report is compressed or in big-endian order; reports are read in explicit or implicit little endian.',
  'part10.unreadable': 'The file is not readable as DICOM: {reason}',

  // Why a file was not opened (adapters/dicom-io, file-access).
  'file.empty-file': 'The file is empty (0 bytes).',
  'file.too-large': 'The file is larger than any two-dimensional mammogram (1 GiB).',
  'file.too-large.size':
    'The file claims an image of {columns} × {rows} pixels, more than any mammogram has.',
  'file.too-large.inflated':
    'The deflated data set unpacks to more bytes than any mammogram has; it was not unpacked further.',
  'file.too-large.working':
    'The file’s pixel spacing or pixel shape would make a picture of {width} × {height} points of what it holds; no mammogram is so large.',
  'file.not-dicom': 'This is not a DICOM file: the mark "DICM" at byte 128 is missing.',
  'file.damaged-header':
    'The DICOM header is damaged or ends too early. The file was probably cut off while it was copied.',
  'file.damaged-header.cut':
    'The file ends inside the DICOM header. It was probably cut off while it was copied.',
  'file.jpeg-process':
    'The image is compressed as {process}, which this program does not decode. Export it again with another compression.',
  'file.damaged-pixel-data': 'The compressed image ({format}) is damaged and cannot be decoded.',
  'file.damaged-pixel-data.incomplete':
    'The compressed image ({format}) is incomplete or damaged: a part of its pixels would be wrong, so it is not shown.',
  'file.damaged-pixel-data.parts': 'The pixel data are damaged: their parts do not fit together.',
  'file.truncated-pixel-data':
    'The pixel data end too early: {have} of {want} bytes are there. The file was probably cut off while it was copied.',
  'file.no-pixel-data': 'The file contains no image: Pixel Data is missing.',
  'file.size-mismatch':
    'The file says {columns} × {rows} pixels, but its pixel data hold {found}. Rows, Columns or the pixel data are wrong.',
  'file.size-mismatch.image': 'an image of {columns} × {rows}',
  'file.size-mismatch.frames':
    'The pixel data are exactly {frames} frames of this size, and the file declares one: its number of frames or of rows is wrong.',
  'file.size-mismatch.bytes': '{found} bytes instead of {wanted}',
  'file.bad-size': 'The file gives the image no size ({rows} rows, {columns} columns).',
  'file.colour':
    'This is a colour picture ({kind}), for example a screen capture, not a mammogram.',
  'file.colour.compressed': 'The compressed image is a colour picture, not a mammogram.',
  'file.unsupported-pixel-format':
    'The pixels are stored in a way this program does not read ({way}).',
  'file.unsupported-pixel-format.bits':
    'The compressed image has {bits} bits a pixel, the header only {allocated}.',
  'file.way.photometric': 'photometric interpretation {name}',
  'file.way.bits': '{bits} bits a pixel',
  'file.way.stored': '{stored} of {allocated} bits, highest bit {highest}',
  'file.way.samples': '{samples} samples a pixel',
  'file.unsupported-transfer-syntax':
    'The image is stored as {name} (transfer syntax {uid}), which this program cannot decode.',
  'file.encoding.video': '{name} video',
  'file.encoding.retired': 'a retired JPEG process',
  'file.encoding.jpip': 'JPIP (pixels kept on a server)',
  'file.encoding.unknown': 'an unknown encoding',
  'file.decoder-crashed':
    'The decoder stopped while it was opening this file, probably for lack of memory.',
  'file.decoder-crashed.start': 'The decoder for {format} could not be started ({reason}).',
  'file.decoder-crashed.memory': 'There was not enough memory to open the image.',
  'file.decoder-crashed.reason': 'The image could not be opened ({reason}).',
  'file.too-slow': 'Opening this file took too long and was given up.',
  'file.needs-memory':
    'The image needs more memory than is there for one of several files at a time.',
  'file.unreadable-file': 'The browser could not read it ({reason}).',
  'file.stopped': 'Opening was stopped by the reader.',
  'file.not-a-mammogram': 'This is {kind}, not a mammogram.',
  'file.disc-index':
    'This is the index of a DICOM disc (DICOMDIR), not an image. The images beside it are opened by themselves.',
  'file.tomosynthesis':
    'This is tomosynthesis or another image of several frames ({frames} frames): it can be looked at, and is not scored.',
  'file.too-many-items':
    'The DICOM header holds more items than any mammogram has; it is damaged or was made to stall programs.',
  'file.too-many-frames': 'The file claims {frames} frames, more than any tomosynthesis has.',
  'file.tomosynthesis.slice':
    'This is one slice of breast tomosynthesis, stored as a CT image, without the others of its series.',
  'file.tomosynthesis.unlike':
    'The slices of this tomosynthesis series are of different sizes or values.',
  'file.placeholder':
    'This file holds only a placeholder of {columns} × {rows} pixels for a picture (most often tomosynthesis) that the maker’s own workstation reads.',
  'file.mask':
    'This picture has only {levels} grey values: it is a mask (the outline of something), not a mammogram.',
  'file.blank': 'This picture is blank: all of its pixels have one value.',
  'file.missing-identifier':
    'The image has no SOP Instance UID, so marks on it could not be kept apart from those on others.',
  'file.other-study':
    'The server was asked for study {asked} and answered with an image of study {got}. It was not opened.',
  'file.other-image':
    'The server was asked for image {asked} and answered with image {got}. It was not opened.',
  'file.open-already': 'Already open as {path}: both carry the SOP Instance UID {uid}.',

  // What is no mammogram, by its modality.
  'class.raw': 'raw data of the device, without a picture',
  'class.private': 'an object in a form of its maker’s own ({uid})',
  'class.other': 'an object of another kind than pictures ({uid})',
  'modality.CT': 'a CT image',
  'modality.MR': 'an MR image',
  'modality.US': 'an ultrasound image',
  'modality.PT': 'a PET image',
  'modality.NM': 'a nuclear medicine image',
  'modality.SC': 'a secondary capture',
  'modality.OT': 'a picture of modality "other"',
  'modality.CR': 'a computed radiograph without a breast view',
  'modality.DX': 'a digital radiograph without a breast view',
  'modality.RG': 'a scanned radiograph without a breast view',
  'modality.SR': 'a structured report',
  'modality.PR': 'a presentation state',
  'modality.KO': 'a key object note',
  'modality.DOC': 'a document',
  'modality.REG': 'a registration',
  'modality.SEG': 'a segmentation',
  'modality.other': 'of modality {modality}',
  'modality.none': 'of no stated modality',

  // What is odd in a file that was opened all the same.
  'remark.no-syntax':
    'The file does not say how it is encoded (no Transfer Syntax UID); it was read as its bytes show.',
  'remark.mislabelled':
    'The file says that it is encoded as {name}, but it is not ({found}); it was read as its bytes show.',
  'remark.second-file':
    'A second DICOM file follows in the same file; only the first was opened. Split it to see the second.',
  'remark.shuffled-slices':
    'The slices do not lie in the order in which they are stored: their places in the breast are not known.',
  'remark.more-frames':
    'The pixel data hold {found} frames; the file declares {shown}, and no more are shown.',
  'remark.unreadable-name':
    'The patient name is in characters that the file does not name, and cannot be read.',
  'remark.private-frames':
    'Its slices are stored in the maker’s own format behind a placeholder. They were read by a public description of that format, not by the maker’s: compare with its workstation.',
  'remark.embedded-overlays':
    'It has overlay planes in unused bits of its slices; these are not drawn.',
  'remark.bits':
    'The file contradicts itself on the bits of its pixels ({stored} stored of {allocated}, highest bit {highest}); they were read from the lowest bit up.',
  'remark.byte-order':
    'The bytes of its pixels stand in the other order than the file says; they were read as the picture shows.',
  'remark.high-bit':
    'The file says that the highest bit of its pixels is {highest}, but the picture is in the low bits; it was read from there.',
  'remark.window-width': 'A window of the file has a width of 0 or less; it was left out.',
  'remark.window-exact':
    'A window of the file is made for whole numbers, but its pixel values are small fractions; it was read without rounding (LINEAR_EXACT).',
  'remark.lut-short':
    'A lookup table of the file has {present} of its {count} entries; its last value goes on.',
  'remark.lut-left-out': 'A lookup table of the file cannot be read; it was left out.',
  'remark.padding':
    'Most of the breast has values that the file calls padding; all were taken as picture.',
  'remark.preset-flat':
    'A window or table of the file makes the whole breast one grey; it was left out.',
  'remark.signed':
    'The file says that its pixel values have no sign, but they do; they were read with it.',
  'remark.unsigned':
    'The file says that its pixel values have a sign, but they do not; they were read without.',

  // The index of a disc (adapters/dicom-io/intake).
  'disc.missing': 'It is named in the disc’s DICOMDIR but missing among the files.',
  'disc.alone':
    'This is only the index of a DICOM disc. Open the whole folder or disc that it lies in, so that the images come with it.',
  'disc.renamed':
    'No file here has a name that this index of a DICOM disc gives. All files beside it were opened by what they hold; whether some of the disc are missing cannot be told.',
  'disc.unread':
    'The index of the disc could not be read, so its order and what is missing are not known; the images beside it are opened. ({why})',
  'disc.too-large': 'It is too large.',
  'disc.not-dicom': 'It is not a DICOM file.',
  'disc.not-index': 'This is not the index of a DICOM disc.',

  // Archives (adapters/archive).
  'archive.encrypted':
    'The zip archive is protected by a password. Unpack it first, then open the folder.',
  'archive.encrypted-file':
    'The file is protected by a password inside the zip archive. Unpack the archive first.',
  'archive.empty': 'The zip archive holds no files.',
  'archive.too-deep':
    'A zip archive inside two others is not looked into. Unpack the outer ones first.',
  'archive.crashed':
    'The zip archive could not be unpacked: the unpacking stopped, probably for lack of memory.',
  'archive.too-slow':
    'The archive could not be unpacked: the unpacking took too long and was given up.',
  'archive.stopped': 'Unpacking was stopped by the reader.',
  'archive.damaged-tar':
    'The tar archive is damaged or was cut off while it was copied: what comes behind this place in it is missing.',
  'archive.empty-tar': 'The tar archive holds no files.',
  'archive.damaged-gzip':
    'The gzip archive is damaged or was cut off while it was copied, so it could not be unpacked.',
  'archive.other-kind':
    'This is a {kind} archive, which this program does not unpack. Unpack it first, then open the folder.',
  'archive.disc-image':
    'This is the image of a disc, which this program does not unpack. Mount or unpack it first, then open the folder.',
  'archive.split':
    'This is one part of a zip archive that was split. Join the parts and unpack it first.',
  'archive.no-list':
    'The zip archive is damaged or was cut off while it was copied: its list of files is missing.',
  'archive.damaged':
    'The zip archive is damaged or was cut off while it was copied: its list of files cannot be read ({message}).',
  'archive.compression':
    'The file is compressed in a way that this program cannot unpack. Unpack the archive first.',
  'archive.overlap':
    'The file shares its bytes with another one of the zip archive, as only archives made to do harm do.',
  'archive.memory': 'There was not enough memory to unpack the file from the zip archive.',
  'archive.damaged-file': 'The file is damaged inside the zip archive ({message}).',
  'archive.too-many': 'The zip archive holds more than {most} files and was not opened.',
  'archive.total': 'Not unpacked: all files together would take more than {size}.',
  'archive.ratio':
    'Not unpacked: it would grow more than {times} times, as only archives made to fill memory do.',
  'archive.size': 'Not unpacked: it would take more than {size}.',

  // Opening as a whole, what was opened lately, and corrections of side and view (app/opening).
  'opening.failed': 'Opening failed: {reason}',
  'opening.reports-failed': 'Reading reports failed: {reason}',
  'recents.gone':
    '“{name}” is no longer where it was: moved, renamed, or its disc was taken out. It was taken off the list.',
  'recents.not-allowed': '“{name}” was not opened: the browser was not allowed to read it.',
  'recents.not-kept': 'The list of recent files could not be kept: {why}',
  'corrections.unread': 'Earlier corrections of views could not be read: {why}',
  'corrections.unsaved': 'The correction could not be saved on this computer: {why}',
  'corrections.other-pixels':
    '{view}: the side and view that were set before were said of other pixels under the same identifier. They stay away.',

  // Opening from a server and storing on it (adapters/dicomweb); the second part of a code is its kind.
  'server.unencrypted':
    'This address is not encrypted (http to another computer): what is sent, the password or token too, can be read on the way.',
  'server.invalid-input.token': 'The access token holds characters that no token has.',
  'server.invalid-input.no-user': 'Enter the user name.',
  'server.invalid-input.colon': 'A user name cannot hold a colon.',
  'server.invalid-input.control': 'User name or password hold a control character.',
  'server.invalid-input.no-address': 'Enter the address of the DICOMweb server.',
  'server.invalid-input.address': 'This is not an address.',
  'server.invalid-input.scheme': 'The address must begin with http:// or https://.',
  'server.invalid-input.credentials':
    'Enter user name and password in their own fields, not in the address.',
  'server.invalid-input.query':
    'The address must not hold "?" or "#": enter the base address of the service.',
  'server.invalid-input.uid': 'This is not a DICOM UID.',
  'server.invalid-input.date': 'Enter dates as year-month-day, e.g. 2026-01-31.',
  'server.invalid-input.dates': 'The first day is after the last day.',
  'server.invalid-input.character': 'The search holds a character that cannot be searched for.',
  'server.invalid-input.length': 'Search for at most {most} characters.',
  'server.hidden-names': 'Names are hidden: show them before storing on a server.',
  'server.aborted': 'Stopped.',
  'server.timeout':
    '{server} did not answer within {seconds} seconds. It may be overloaded; try again.',
  'server.timeout.proxy': '{text}',
  'server.unreachable':
    'No answer from {server}. The server may be down, the address may be wrong, or the server does not allow this page to read from it (CORS); starting with the option --dicomweb avoids the last.',
  'server.unreachable.page':
    'The program that serves this page does not answer. Is "npm start" still running?',
  'server.unreachable.proxy': '{text}',
  'server.blocked':
    'This page may not contact {server}. Start Tandem CADx with "npm start -- --dicomweb {address}", or with "npm start -- --connect {origin}".',
  'server.interrupted': 'The connection to {server} broke. Try again.',
  'server.unauthorised': 'The server asks for a user name and password, or a token (401).',
  'server.unauthorised.wrong':
    'The server does not accept this user name and password, or this token (401).',
  'server.signed-out':
    'The server of this page asks for a sign-in; the one before may have expired. Sign in on a tab of its own, then come back.',
  'server.forbidden':
    'The server knows this user but does not allow this, or does not accept the password (403).',
  'server.redirected':
    'The server sends the page to another address, perhaps to a sign-in page. Enter the address of the DICOMweb service itself.',
  'server.gone': 'This is no longer on the server. Search again.',
  'server.not-dicomweb.search': 'There is no DICOMweb service at this address (404).',
  'server.not-dicomweb.store': 'The server does not accept objects at this address (404).',
  'server.not-dicomweb.page':
    'A web page answers at this address, not a DICOMweb service. Its address often ends in /dicom-web, /wado-rs or /rs.',
  'server.too-large.answer':
    "The server's answer is larger than {size} MiB; it was not read to its end.",
  'server.too-large.study': 'This study has {count} objects; at most {most} are opened.',
  'server.too-large.more': 'This study has more than {most} objects.',
  'server.too-large.store': 'This is more than is stored at a time (512 MiB).',
  'server.refused': 'The server refuses the request ({status}).',
  'server.refused.proxy': '{text}',
  'server.refused.form': 'The server cannot send this in a form that the viewer reads (406).',
  'server.refused.search': 'The server finds too many matches (413). Narrow the search.',
  'server.refused.open': 'The server finds this too large to send (413).',
  'server.refused.store': 'The server finds this too large to store (413).',
  'server.refused.nothing': 'This study holds nothing that the viewer opens ({kinds}).',
  'server.server-error': 'The server reports an error ({status}).',
  'server.server-error.busy': 'The server is too busy to answer ({status}). Try again later.',
  'server.malformed': "The server's answer cannot be read: {why}. Try again.",
  'server.malformed.marks': 'its parts are not marked',
  'server.malformed.parts': 'it has more parts than were asked for',
  'server.malformed.header': 'a part of it has no end of its header',
  'server.malformed.early': 'it ends too early',
  'server.malformed.type': 'The server sent something else than DICOM ({type}).',
  'server.malformed.none': 'The server sent no object where one was asked for.',
  'server.malformed.object': 'The server sent a damaged object.',
  'server.malformed.not-json': "The server's {what} cannot be read: it is not JSON.",
  'server.malformed.schema': "The server's {what} is not valid DICOM JSON ({problem}).",
  'server.malformed.unread': {
    one: "1 entry of the server's {what} cannot be read ({problem}).",
    other: "{count} entries of the server's {what} cannot be read ({problem}).",
  },
  'server.malformed.incomplete':
    'The server says that its {what} is not complete, and does not send the rest.',
  'server.malformed.study':
    'The server was asked for study {asked} and answered with study {got}. Nothing was opened.',
  'server.what.studies': 'list of studies',
  'server.what.series': 'list of series',
  'server.what.images': 'list of images',
  'server.what.stored': 'answer to the storing',
  'server.uncertain':
    '{failure} Whether it was stored is not known; storing it again does no harm.',
  'server.left-out': 'Left on the server, for the viewer does not open it: {kinds}.',
  'server.part': 'Not all of the study came: {reason}',

  // What became of a report that was sent to a server.
  'stored.report.cad-sr': 'The CAD report',
  'stored.report.measurement-report': 'The measurement report',
  'stored.report.presentation-state': 'The presentation state',
  'stored.report.key-images': 'The selection of key images',
  'stored.done': '{report} is stored on {server}.',
  'stored.warned': '{report} is stored on {server}; {warning}.',
  'stored.already': '{report} is on {server} already, just as it is; it was not stored again.',
  'stored.replaced': 'It stands in the place of what was stored before.',
  'stored.beside':
    'Another report on the study that was not opened here stands beside it: open the study from the server to take it in.',
  'stored.unread': {
    one: '1 object of the study could not be read from the server: if it is a report, it stands beside this one.',
    other:
      '{count} objects of the study could not be read from the server: those that are reports stand beside this one.',
  },
  'stored.part':
    '{report}: {stored} of {total} objects are stored on {server}, not the rest: {reason}. Store it again to send the rest; once this page is closed, all of it is sent anew.',
  'stored.not': 'The report was not stored: {reason}.',
  'stored.coded': '{reason} (code {code})',
  'stored.refused': 'the server refuses it',
  'stored.refused.processing': 'the server could not process it',
  'stored.refused.duplicate': 'the server already has an object with this UID',
  'stored.refused.unknown': 'the server does not know this object',
  'stored.refused.uid': 'a UID in it is not valid',
  'stored.refused.kind': 'the server does not store this kind of object',
  'stored.refused.user': 'this user may not store',
  'stored.refused.space': 'the server is out of space',
  'stored.refused.class': 'the server finds that it does not fit its kind of object',
  'stored.refused.syntax': 'the server does not store this transfer syntax',
  'stored.refused.meaning': 'the server cannot understand it',
  'stored.refused.silent': 'the server does not say why',
  'stored.unconfirmed': 'the server does not confirm that it has it',
  'stored.changed': 'the server changed some values',
  'stored.warning': 'the server has a warning',

  // A page that another program opened for a study (app/launch).
  'launch.unknown': 'The server does not know the study that this page was asked to open.',
  'launch.unknown-some':
    'The server does not know {count} of the studies that this page was asked to open.',
  'launch.patients':
    'This page was asked to open studies of several patients at once. Nothing was opened.',
  'launch.other-patient':
    'The study that this page was asked to open is of another patient. Nothing was opened.',
  'launch.priors': {
    one: 'The server has one earlier exam of this patient.',
    other: 'The server has {count} earlier exams of this patient.',
  },
  'launch.same-day': {
    one: 'The server has one more study of this patient of the same day.',
    other: 'The server has {count} more studies of this patient of the same day.',
  },
  'launch.newer': {
    one: 'The server has one newer exam of this patient.',
    other: 'The server has {count} newer exams of this patient.',
  },
  'launch.undated': {
    one: 'The server has one more study of this patient, without a date.',
    other: 'The server has {count} more studies of this patient, without a date.',
  },
  'launch.sign-in': 'Sign in',
  'launch.open-priors': 'Open for comparison',
  'launch.no-priors': 'Earlier exams could not be asked for: {reason}',
  'launch.again': 'Another program asks this page to open a study while a patient is open.',
  'launch.open': 'Open it',
  'launch.no-server':
    'This page was asked to open a study, but was started without a server to fetch it from.',

  // Reports that leave (app/reporting, adapters/dicom-sr).
  'export.name.presentation-state': 'DICOM presentation states',
  'export.name.key-images': 'DICOM key images',
  'export.what.json': 'Everything, for research and for opening here again.',
  'export.what.csv': 'A table for spreadsheets: one line a lesion and view.',
  'export.what.cad-sr':
    'Mammography CAD structured report: lesions, views, likelihoods. For the archive.',
  'export.what.measurement-report': 'Measurement report that general viewers read.',
  'export.what.presentation-state':
    'The marks drawn over the images, for any PACS viewer: a file for each side.',
  'export.what.key-images':
    'The views that were kept (Shift+B), each as it was shown, and a selection of them.',
  'export.store.cad-sr': 'Store the CAD SR on the server',
  'export.store.measurement-report': 'Store the measurement report on the server',
  'export.store.presentation-state': 'Store the marks as presentation states',
  'export.store.key-images': 'Store the key images on the server',
  'export.invalid': 'The images do not allow a valid report: {reason}',
  'export.long-uid':
    'The images have an identifier (UID) of {length} characters, {uid}. DICOM allows 64, so no report can name them.',
  'export.no-image': 'No image of this patient is open.',
  'export.no-key-image': 'No view was kept: Shift+B keeps the selected one.',
  'export.no-lesion': 'No lesion is marked on an open image.',
  'export.nothing': 'There is nothing to report in this form: no lesion is marked.',
  'export.unwritten': 'The object cannot be written as DICOM: {reason}',

  // What was said of a whole exam (state/keep-exam-readings).
  'exam.not-kept': 'What was said of the exam could not be saved on this computer: {reason}',
  'exam.other-patient':
    'What was said of an exam of another patient under the same study identifier stays away and is kept.',

  // A newer one that opens under a hand (state/hold-exam).
  'exam.newer': 'A newer exam of this patient has opened. It is shown when the hand rests.',
  'exam.show-newer': 'Show it now',

  // The second look (core/lesion/finder-scope, state/second-look-store, app/second-look).
  'look.reading': 'What the finder needs is being read.',
  'look.no-finder': 'The model pack {pack} has no finder: there is no second look.',
  'look.no-pack': 'No model pack is loaded: there is no second look.',
  'look.refused': 'The finder is not used: {reason}',
  'look.wrong-answers':
    'On {backend} ({adapter}) the finder does not give its reference answer ({problem}). Choose another backend for a second look.',
  'look.software':
    'The second look is not computed on a software graphics card ({adapter}): it would take minutes, and hold up the scores. Choose WebAssembly.',
  'look.not-looked': 'The finder could not look at a view: {reason}',
  'look.masses-only':
    'Masses only: calcifications, distortions and asymmetries are not looked for.',
  'look.never-normal': 'A breast without a mark is not called normal.',
  'look.marks.film':
    'Scanned films: {falseMarks} marks an image are to be expected where there is no mass.',
  'look.marks.digital':
    'Digital images: expect about {digital} marks an image where there is no finding ({falseMarks} on scanned films).',
  'look.marks.digital.unmeasured':
    'Digital images: more marks than on scanned films ({falseMarks} an image) are to be expected; how many was not measured.',
  'look.marks.unknown':
    'No pixel spacing: {falseMarks} marks an image are to be expected where there is no finding if it is a scanned film, about {digital} if it is digital.',
  'look.marks.unknown.unmeasured':
    'No pixel spacing: {falseMarks} marks an image are to be expected where there is no finding if it is a scanned film; if it is digital, more, and how many was not measured.',
  'look.count': { one: '{count} finding', other: '{count} findings' },
  'look.not-yet': 'not looked at yet',
  'look.opened-later': 'opened after "My look is done"; its findings wait until you say so again',
  'look.reason.benign': 'known and benign',
  'look.reason.tissue': 'normal or overlapping tissue',
  'look.reason.vessel': 'vessel',
  'look.reason.artefact': 'artefact, label, clip or skin fold',
  'look.reason.no-lesion': 'looked at, no lesion',
  'look.reason.other': 'other',
  'look.not-kept': 'The second look could not be saved on this computer: {reason}',

  // What nobody foresaw, in the words of the browser or a library (core/message/failure).
  'failure.unforeseen': 'an error that was not foreseen ({reason})',
  'failure.viewer': 'The graphics driver took the display away; it has been started again.',

  // The model pack: what it lacks or contradicts (core/pack), and how it is fetched (adapters/tfjs).
  'pack.refused': 'the model pack is refused: {reason}',
  'pack.unread': 'the model pack could not be read: {reason}',
  'pack.unknown': 'there is no model pack named {name}; there are {packs}',
  'pack.changed': 'manifest.json was changed while the page was open: load the page again',
  'pack.file': '{path} {reason}',
  'pack.missing': '{path} is missing from the pack',
  'pack.not-json': '{path} is not JSON: {reason}',
  'pack.invalid': '{path} is not valid: {reason}',
  'pack.misfit': '{path} does not fit the manifest: {reason}',
  'pack.contradiction': 'manifest.json contradicts itself: {reason}',
  'pack.status': 'could not be fetched: the server answered {status}',
  'pack.unfetched': 'could not be fetched: {reason}',
  'pack.bytes': 'has {bytes} bytes where the manifest says {wanted}',
  'pack.unchecked': 'cannot be checked: this page needs HTTPS or localhost',
  'pack.hash': 'is not the file that the manifest describes (SHA-256 {got}, expected {wanted})',
  'pack.svm.scaler': 'its scaler has {means} means and {scales} scales for {features} features',
  'pack.svm.vector': 'support vector {number} has {got} of {features} features',
  'pack.svm.coefficients': '{coefficients} coefficients for {vectors} support vectors',
  'pack.svm.gamma': 'an RBF kernel needs a gamma above 0',
  'pack.svm.arm': "it is the {got} arm's, expected {wanted}",
  'pack.svm.schema': "its features are {got}, the manifest's are {wanted}",
  'pack.measured.schema': 'its {arm} features are {got}, this program measures {wanted}',
  'pack.measured.unknown': 'it names an unknown feature of its {arm} arm, {name}',
  'pack.taps': 'the taps make {got} features, features.cnn says {wanted}',
  'pack.no-cnn': 'it has no cnn arm',
  'pack.arms': 'its arms and its feature schemas do not agree about the {arm} arm',
  'pack.activation': 'its activationTap {tap} is not among {taps} taps',
  'pack.finder.cue': 'rescoring.{model} names an unknown cue, {name}',
  'pack.finder.stride': 'its largest input is no multiple of {stride}',
  'pack.finder.cells': 'its golden view has {cells} cells for {size} pixels',
  'pack.golden': '{got} of {wanted} features',

  // How the network's answers differ from the pack's reference answers (adapters/tfjs/golden-check).
  'golden.patch': 'reference patch {number} of {patches}: {problem}',
  'golden.length': '{got} features where {wanted} are expected',
  'golden.cosine': 'feature cosine {got} where at least {wanted} is expected',
  'golden.measured-length': '{got} measured features where {wanted} are expected',
  'golden.measured': 'the measured feature {name} is {got}, expected {wanted}',
  'golden.score': 'score {got} where {wanted} is expected (tolerance {allowed})',
  'golden.finder':
    'the reference view gives {got} in cell {cell} where {wanted} is expected (tolerance {tolerance})',
  'golden.likelihood': 'likelihood {got} where {wanted} is expected (tolerance {allowed})',

  // The scoring engine (adapters/tfjs).
  'engine.step.start': 'Starting the scoring engine',
  'engine.step.pack': 'Fetching and checking the model pack',
  'engine.step.backend': 'Starting {backend}',
  'engine.step.network': 'Preparing the network on {backend}',
  'engine.step.golden': "Checking the network's answers on {backend}",
  'engine.closed': 'The scoring engine was closed.',
  'engine.not-started': 'The scoring engine cannot be started: {reason}',
  'engine.again': 'The scoring engine was started a second time: {reason}',
  'engine.standstill': 'it came to a standstill at "{step}"',
  'engine.silent': 'it did not answer in time',
  'engine.no-backend': 'no backend can be used. {reasons}',
  'engine.wrong-answers':
    "On {backend} ({adapter}) the network does not give the pack's reference answers ({problem}). Choose another backend.",
  'engine.not-ready': 'the network is not ready',
  'engine.runs': 'The score was tried {runs} times and the device failed each time.',
  'engine.not-scored': 'The lesion could not be scored: {reason}',
  'engine.not-measured': 'The lesion could not be measured: {reason}',
  'engine.card.starting': 'A graphics card was found: WebGPU is being started',
  'engine.card.moved': 'A graphics card was found: moved up from {backend} to WebGPU',
  'engine.card.failed': 'A graphics card was found, but WebGPU did not start on it: {reason}',
  'engine.card.none': 'The browser still has no graphics card for WebGPU',
  'backend.reason': '{backend}: {reason}',
  'backend.dropped': '{backend} is no longer used: {reason}',
  'backend.lost': '{backend} was lost ({reason}) and has been started again',
  'backend.lost-often': 'it was lost {times} times ({reason})',
  'backend.not-started': 'it could not be started ({reason})',
  'backend.not-offered': 'this browser does not offer it',
  'backend.no-longer-offered': 'the browser no longer offers it',
  'backend.no-adapter': 'the browser found no graphics adapter for it',
  'backend.not-in-background': 'this browser does not offer it in the background',
  'backend.refused': 'the browser refused it',
  'backend.no-float': 'the graphics adapter cannot compute with 32-bit numbers',
  'backend.adapter-gone': 'the graphics adapter is gone',
  'backend.device-lost': 'the graphics device was lost',
  'backend.context-lost': 'the graphics context was lost',
  'backend.lost-while-starting': 'the device was lost while starting',
  'backend.software':
    '{adapter} is a software adapter, slower than WebAssembly; it is used only when chosen by name',

  // Several values in one place of a text (core/message/list).
  'list.comma': '{first}, {rest}',
  'list.semicolon': '{first}; {rest}',

  // What an image is beyond or below what the classifier was made for (core/lesion/scope, judge-patch).
  'scope.for-processing': 'Raw detector data (FOR PROCESSING), not meant for reading.',
  'scope.several-frames': 'Tomosynthesis or another image of several frames.',
  'scope.specimen': 'Radiograph of a tissue specimen.',
  'scope.synthesized': 'Computed from tomosynthesis, not a mammogram exposed as such.',
  'scope.recombined':
    'Recombined image of contrast mammography: it shows contrast medium, not tissue. The low-energy image is the mammogram.',
  'scope.high-energy':
    'High-energy image of contrast mammography, not meant for reading. The low-energy image is the mammogram.',
  'scope.contrast':
    'Contrast medium was given, and the file does not say whether this is the low-energy or the recombined image.',
  'scope.low-energy': 'Low-energy image of contrast mammography: contrast medium is in the breast.',
  'scope.slice': 'Slice or projection of tomosynthesis, not a mammogram.',
  'scope.stereotactic': 'Exposure of a biopsy (stereotactic or scout), not a diagnostic view.',
  'scope.cropped': 'A part cut out of a mammogram, not a view.',
  'scope.mask': 'A mask (the outline of something as a picture), not a mammogram.',
  'scope.side-conflict':
    'The side is in doubt ({claims}). It is scored when you have said which side it shows.',
  'scope.view-conflict':
    'The view is in doubt ({claims}). It is scored when you have said which view it is.',
  'scope.claim': '{source} {value}',
  'scope.claim.picture': 'picture {value}',
  'scope.mirrored':
    'The picture lies mirrored against what the file says of it. It is scored when you have said which side it shows.',
  'scope.upside-down':
    'The picture lies upside down against what the file says of it. It is scored when you have said which side it shows.',
  'scope.on-its-side':
    'The picture lies on its side against what the file says of it. It is scored when you have said which side it shows.',
  'scope.impossible-magnification':
    'The file states an impossible magnification factor ({factor}), which is not used.',
  'scope.magnification-unclear':
    'The stated magnification factor ({stated}) and the distances of source, breast and detector ({distances}) disagree: lengths are uncertain.',
  'scope.magnification': 'Magnification view: lesions appear larger than in training.',
  'scope.spot-compression': 'Spot compression view: only part of the breast is compressed.',
  'scope.implant': 'Breast implant.',
  'scope.implant-displaced': 'Breast implant (displaced for this view).',
  'scope.unknown-view': 'The file does not name the view.',
  'scope.unknown-side': 'The file does not name the side.',
  'scope.other-view': '{view} view: the classifier knows CC and MLO views only.',
  'scope.lossy': 'Lossily compressed: fine detail may be missing.',
  'scope.low-resolution': 'Low resolution: coarser than a digital mammogram.',
  'scope.unknown-scale': 'No pixel spacing in the file: the scale is assumed.',
  'scope.unused-scale':
    'The pixel spacing in the file, {spacing}, cannot be that of a mammogram in mm: the scale is assumed.',
  'scope.impossible-scale':
    'The pixel spacing in the file gives the breast an impossible size: it is not used, the scale is assumed.',
  'scope.beyond-declared-bits':
    'Pixel values exceed the bits that the file declares (Bits Stored): taken as they are.',
  'scope.reversed':
    'The picture seems to be reversed: by what the file says of its grey (Photometric Interpretation), the air is brighter than the breast. A score of such a picture means nothing.',
  'scope.in-air': 'The mark lies in the air.',
  'scope.outside-breast': 'The mark lies mostly outside the breast.',
  'scope.no-contrast': 'The marked place has no contrast: there is nothing to judge.',
  'scope.saturated': 'The marked place is saturated: nothing can be told apart in it.',

  // Which views may be joined to one lesion (core/lesion/joining), and why there is no score.
  'join.no-view': 'No view is marked.',
  'join.persons':
    'The marks are on images of different persons ({views}): a lesion is of one person.',
  'join.exams':
    'The marks are on images of different examinations ({views}): a lesion is scored within one.',
  'join.side-unknown':
    'The side of a marked view is not known ({views}): say which breast it shows before they are joined.',
  'join.breasts': 'The marks are on both breasts ({views}): a lesion is of one breast.',
  'score.not-finite': 'The score is not a finite number.',
  'score.not-ready': 'The score was not ready.',
  'score.no-engine': 'The scoring engine was not ready.',
  'score.not-revealed': 'The score was not revealed: the reader reads first.',

  // What speaks against trusting a score (core/explain/score-cautions).
  'caution.foreign-pack': 'This model pack was not shipped with this program.',
  'caution.other-patient':
    'Taken over by the reader from a report that names another patient than the images.',
  'caution.other-spacing':
    'Taken over by the reader from a report that tells another pixel spacing than the images have: sizes in millimetres are others than in the report.',
  'caution.views-disagree': 'The views disagree: look at each before trusting their mean.',
  'caution.arms-disagree':
    'The two models disagree: the network and the measured features see it differently.',
  'caution.poor-outline': 'The outline is not a clear edge: the measured features may be off.',
  'caution.unusual': 'Unlike the reference lesions in: {features}.',
  'caution.repeated-view':
    'One view is marked more than once ({views}): together these count as one view.',
  'caution.nipple-distance':
    'Distances from the nipple differ by {mm} mm ({views}): is it the same lesion?',

  // Features that a reader knows by name (core/features/analytic/described).
  'feature.shape.diameter': 'effective diameter',
  'feature.shape.diameter.less': 'smaller',
  'feature.shape.diameter.more': 'larger',
  'feature.shape.circularity': 'circularity',
  'feature.shape.circularity.less': 'less circular',
  'feature.shape.circularity.more': 'more circular',
  'feature.shape.irregularity': 'irregularity',
  'feature.shape.irregularity.less': 'outline more regular',
  'feature.shape.irregularity.more': 'outline more irregular',
  'feature.shape.elongation': 'elongation',
  'feature.shape.elongation.less': 'less elongated',
  'feature.shape.elongation.more': 'more elongated',
  'feature.shape.convexity': 'convexity',
  'feature.shape.convexity.less': 'outline more indented',
  'feature.shape.convexity.more': 'outline less indented',
  'feature.margin.sharpness': 'margin sharpness',
  'feature.margin.sharpness.less': 'margin less sharp',
  'feature.margin.sharpness.more': 'margin sharper',
  'feature.margin.variance': 'variance of margin sharpness',
  'feature.margin.variance.less': 'margin more even',
  'feature.margin.variance.more': 'margin less even',
  'feature.fwhm.margin.coarse': 'spread of gradient angles at the margin, coarse',
  'feature.fwhm.margin.coarse.less': 'gradient angles less spread at the margin',
  'feature.fwhm.margin.coarse.more': 'gradient angles more spread at the margin',
  'feature.fwhm.surround.coarse': 'spread of gradient angles around the lesion, coarse',
  'feature.fwhm.surround.coarse.less': 'gradient angles less spread around the lesion',
  'feature.fwhm.surround.coarse.more': 'gradient angles more spread around the lesion',
  'feature.radialGradient.margin.coarse': 'radial gradient at the margin, coarse',
  'feature.radialGradient.margin.coarse.less': 'grey falls less straight outward at the margin',
  'feature.radialGradient.margin.coarse.more': 'grey falls straighter outward at the margin',
  'feature.density.mean': 'density',
  'feature.density.mean.less': 'less dense',
  'feature.density.mean.more': 'denser',
  'feature.density.contrast': 'contrast with the surround',
  'feature.density.contrast.less': 'less contrast',
  'feature.density.contrast.more': 'more contrast',
  'feature.texture.sd': 'variation of grey',
  'feature.texture.sd.less': 'more uniform',
  'feature.texture.sd.more': 'less uniform',
  'feature.haralick.lesion.entropy': 'disorder of texture in the lesion',
  'feature.haralick.lesion.entropy.less': 'lower disorder of texture in the lesion',
  'feature.haralick.lesion.entropy.more': 'higher disorder of texture in the lesion',

  // Side and view that the reader set, in a report (core/report/corrected-view).
  'corrected.both': 'Side and view of {view} set by the reader; the file says {file}.',
  'corrected.side': 'Side of {view} set by the reader; the file says {file}.',
  'corrected.view': 'View of {view} set by the reader; the file says {file}.',
  'corrected.both.unsaid': 'Side and view of {view} set by the reader; the file says nothing.',
  'corrected.side.unsaid': 'Side of {view} set by the reader; the file says nothing.',
  'corrected.view.unsaid': 'View of {view} set by the reader; the file says nothing.',

  // Marks placed, and marks that stay away (state/place-mark, tell-away).
  'mark.image-closed': 'The image is not open any more.',
  'mark.volume':
    'Lesions are not marked on tomosynthesis, which is not scored: mark a 2D view where there is one (the comma key shows it). Measurements are kept with their slice.',
  'mark.unfit': 'The mark is too small or does not lie inside the image.',
  'mark.broken-off':
    'The mark that was being drawn is not there: something came between. Draw it again.',
  'mark.prior': 'Priors take no marks here: open that exam from the list.',
  'mark.beyond': 'There is no image there: nothing was marked.',
  'mark.there':
    'Lesion {number} is marked on {view} already: drag its mark to move it, or begin a new lesion (N).',
  'mark.alone': '{why}: this is lesion {number}, by itself.',
  'mark.other-pixels': 'Lesion {number} was marked on other pixels than {view} holds now',
  'mark.other-breast': '{view} shows the other breast than lesion {number} is in',
  'mark.other-exam': '{view} is of another examination than lesion {number}',
  'mark.other-person': '{view} is of another person than lesion {number}',
  'mark.unknown-breast':
    'It is not known which breast {view} or another view of lesion {number} shows',
  'mark.deleted': 'Lesion {number} was deleted. Undo (Ctrl+Z) brings it back.',
  'away.outside':
    'Lesion {number}: its mark does not lie inside {view} ({columns} x {rows} pixels) and is left out.',
  'lesion.renumbered':
    'What was kept as lesion {was} is lesion {number} here: another lesion of the patient has its number.',
  'away.other-pixels':
    'Lesion {number}: its mark on {view} was made on other pixels under the same identifier. It stays away and is kept.',
  'away.beside':
    '{view}: a nipple or measurement was made on other pixels under the same identifier. It stays away and is kept.',

  // What is kept in this browser (state/keep-*, adapters/storage).
  'keep.marks-unsaved': 'Marks could not be saved on this computer: {reason}',
  'keep.marks-unread': 'Earlier marks could not be read: {reason}',
  'key.kept': '{view} is kept as a key image.',
  'key.undo': 'Do not keep it',
  'keep.key-images-unsaved': 'Key images could not be saved on this computer: {reason}',
  'keep.key-images-unread': 'Earlier key images could not be read: {reason}',
  'keep.measurements-unsaved': 'Measurements could not be saved on this computer: {reason}',
  'keep.measurements-unread': 'Earlier measurements could not be read: {reason}',
  'storage.newer': 'a newer version of this program is in use in another tab; load this page again',
  'storage.full': 'the space of the browser is used up',
  'storage.forbidden': 'the browser allows no storage here, as in some private windows ({reason})',
  'site.not-json': 'This file is not JSON.',
  'site.foreign': 'This file is not a site calibration, which the validation of a pack writes.',
  'site.damaged': 'The site calibration is not taken: {reason}',
  'site.other-pack': 'The site calibration is of {pack}, not of the pack in use.',
  'copy.not-json': 'This file is not JSON.',
  'copy.foreign': 'This file is not a copy of the local data of this program.',
  'copy.newer': 'The copy was made by a newer version of this program.',
  'copy.undeleted': '{name} could not be deleted.',

  // Workers that give no answer (workers/ask).
  'worker.unread': 'an answer could not be read',
  'worker.stopped': 'the worker stopped',
  'worker.silent': 'no answer came',
  'worker.ended': 'the worker was ended',
  'image.closed': 'the image is not open',

  // The page as a whole.
  'page.plain-http':
    'This address is plain http: looking and marking work, scoring and offline use need HTTPS.',
  'page.no-webgl':
    'Pictures are drawn without a graphics card (WebGL is not available). That is slow; their grey is the same.',
  'page.no-language': 'The words of this language could not be fetched: {reason}',
  'page.no-part': 'A part of this page could not be fetched: {reason}',
  'page.fetch-again': 'Try again',
  'tour.failed': 'The guided tour cannot start: {reason}',

  // What became of the lesions of a report that was read back (app/reporting).
  'restored.summary': '{path}: {facts}.',
  'restored.lesions': { one: '1 lesion', other: '{count} lesions' },
  'restored.none': 'this report holds no lesion',
  'restored.key-images': { one: '1 key image read', other: '{count} key images read' },
  'restored.words': 'what was said of the exam and its images was read',
  'restored.done': '{lesions} restored',
  'restored.known': '{lesions} here already',
  'restored.changed': '{lesions} here already with other marks, which were kept',
  'restored.kept':
    '{lesions} kept here, on other images than are open, as last changed: open those to see it',
  'restored.waiting': '{lesions} will appear when the images are opened',
  'restored.asked': 'the report does not agree with the images, {lesions} wait for your word',
  'restored.only-lesions':
    'of this report lesions were taken over, and nothing that it says of the exam or of whole images',
  'restored.left-out': 'lesion {number} was left out: {reason}',
  'restored.renumbered': 'lesion {before} is now lesion {now}',
  'restored.rounded':
    'marks were read from the standard part of the file, rounded to 32-bit numbers',
  'restored.superseded': 'Left out, because a newer report stands in the place of each: {files}.',
  'restored.other-pixels':
    'its mark was made on other pixels than {path} holds under the same identifier',
  'restored.other-patient': 'the report is of another patient than {path}',
  'restored.other-spacing': 'the report tells another pixel spacing than {path} has',
  'restored.other-side':
    'the report is of the other breast than {path}; if the side of the image is wrong, set it right and open the report again',
  'restored.other-size':
    'the report tells another matrix of {path} than its {columns} x {rows} pixels',
  'restored.unfit': 'its mark does not fit the image {path} ({columns} x {rows} pixels)',
  'restored.compared':
    "Lesion {number}: {path} reports {then} % ({thenPack}), this page computes {now} % ({nowPack}), both at the training prevalence. The number on screen is this page's.",
  'restored.unnamed-pack': 'an unnamed pack',

  // Things that are counted.
  'count.commands': { one: '1 command', other: '{count} commands' },
  'count.files': { one: '1 file', other: '{count} files' },
  'count.images': { one: '1 image', other: '{count} images' },
  'count.not-opened': { one: '1 file was not opened', other: '{count} files were not opened' },
  'count.notes': {
    one: '1 note on a file that was opened',
    other: '{count} notes on files that were opened',
  },
  'count.records-back': {
    one: '1 record is back, and the settings.',
    other: '{count} records are back, and the settings.',
  },
  'count.records-left': {
    one: '1 record was left as it is here: it was changed later than the copy’s, or does not say when.',
    other:
      '{count} records were left as they are here: they were changed later than the copy’s, or do not say when.',
  },
  'count.studies-unread': {
    one: '1 study could not be read from the server’s list and is left out.',
    other: '{count} studies could not be read from the server’s list and are left out.',
  },
} as const satisfies Readonly<Record<string, Text>>;

type English = typeof en;

declare module '../core/message/message.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it takes English's entries
  interface Catalogue extends English {}
}

/** All entries in another language. */
export type Translation = { readonly [C in keyof English]: Text };
