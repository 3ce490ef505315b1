import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import { refusal, type Refusal } from './open-failure.ts';

const storage = '1.2.840.10008.5.1.4.1.1';
/** Media Storage Directory Storage, the class of a DICOMDIR. */
export const DICOMDIR_CLASS = '1.2.840.10008.1.3.10';
/** Digital Mammography X-Ray Image Storage, For Presentation and For Processing. */
const mammography = new Set([`${storage}.1.2`, `${storage}.1.2.1`]);
/** Breast Tomosynthesis Image Storage and Breast Projection X-Ray Image Storage (both intents). */
const tomosynthesis = new Set([`${storage}.13.1.3`, `${storage}.13.1.4`, `${storage}.13.1.5`]);
/** Projection radiographs that older mammography units and film scanners write. */
const radiographs = new Set([
  `${storage}.1`,
  `${storage}.1.1`,
  `${storage}.1.1.1`,
  `${storage}.7`,
  `${storage}.7.2`,
  `${storage}.7.3`,
]);

const modalityNames: Readonly<Record<string, string>> = {
  CT: 'a CT image',
  MR: 'an MR image',
  US: 'an ultrasound image',
  PT: 'a PET image',
  NM: 'a nuclear medicine image',
  SC: 'a secondary capture',
  OT: 'a picture of modality "other"',
  CR: 'a computed radiograph without a breast view',
  DX: 'a digital radiograph without a breast view',
  SR: 'a structured report',
  PR: 'a presentation state',
  KO: 'a key object note',
  DOC: 'a document',
  REG: 'a registration',
  SEG: 'a segmentation',
};

const notAnImage = new Set([
  'SR',
  'PR',
  'KO',
  'DOC',
  'REG',
  'SEG',
  'AU',
  'RTSTRUCT',
  'RTPLAN',
  'PLAN',
]);

const describe = (modality: string): string =>
  modalityNames[modality] ??
  (modality === '' ? 'of no stated modality' : `of modality ${modality}`);

/** A radiograph counts as a mammogram where a mammography view is named outright, not guessed. */
const namesBreastView = (header: MammogramHeader): boolean =>
  header.view.source === 'ViewCodeSequence' || header.view.source === 'ViewPosition';

const tomosynthesisRefusal = (frames: number): Refusal =>
  refusal(
    'tomosynthesis',
    `This is a tomosynthesis series or another image of several frames (${frames} frames). Only two-dimensional mammograms can be opened.`,
  );

/**
 * Why an object is not a two-dimensional mammogram, or undefined where it is one: modality MG or a
 * mammography SOP class, or a CR, DX or scanned image that names a breast view.
 */
export const refusalOfKind = (
  header: MammogramHeader,
  mediaStorageSopClassUid: string,
): Refusal | undefined => {
  const sopClass = header.sopClassUid || mediaStorageSopClassUid;
  if (sopClass === DICOMDIR_CLASS)
    return refusal(
      'not-an-image',
      'This is the index of a DICOM disc (DICOMDIR), not an image. The images beside it are opened by themselves.',
    );
  if (tomosynthesis.has(sopClass)) return tomosynthesisRefusal(header.numberOfFrames);
  const isMammogram =
    mammography.has(sopClass) ||
    (header.modality === 'MG' && (radiographs.has(sopClass) || sopClass === '')) ||
    (radiographs.has(sopClass) &&
      /^(CR|DX|OT|SC)$/.test(header.modality) &&
      namesBreastView(header));
  if (!isMammogram) {
    const code = notAnImage.has(header.modality) ? 'not-an-image' : 'not-a-mammogram';
    return refusal(code, `This is ${describe(header.modality)}, not a mammogram.`);
  }
  if (header.numberOfFrames > 1) return tomosynthesisRefusal(header.numberOfFrames);
  // Marks are kept by it: "constructor" and its like are keys that every object has.
  if (header.sopInstanceUid === '' || header.sopInstanceUid in Object.prototype)
    return refusal(
      'missing-identifier',
      'The image has no SOP Instance UID, so marks on it could not be kept apart from those on others.',
    );
  return undefined;
};
