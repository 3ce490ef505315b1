import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
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

/** SOP classes whose objects are looked at as pictures. */
export const PICTURE_CLASSES: readonly string[] = [
  ...mammography,
  ...tomosynthesis,
  ...radiographs,
];

/** CT, and what Hologic stores slices of tomosynthesis as. */
const ct = new Set([`${storage}.2`, `${storage}.2.1`]);

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
  RG: 'a scanned radiograph without a breast view',
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

/** What the refusal of a kind looks at besides the header. */
export interface ObjectFacts {
  /** Of the file meta information. */
  readonly mediaStorageSopClassUid: string;
  /** 0 where the file gives none. */
  readonly rows: number;
  readonly columns: number;
  readonly isColour: boolean;
  /** Whether a description or the body part speaks of the breast. */
  readonly speaksOfBreast: boolean;
  /** Whether a maker's private block of tomosynthesis is in it. */
  readonly hasPrivateFrames: boolean;
}

/** Views that no other part of the body has; a lateral or mediolateral may be of a knee. */
const ONLY_BREAST = new Set(['CC', 'MLO', 'LMO', 'XCCL', 'XCCM', 'XCC', 'SIO']);

const isBreastView = ({ view }: MammogramHeader): boolean =>
  view.value !== undefined && view.source !== 'PatientOrientation' && ONLY_BREAST.has(view.value);

/** A radiograph counts as a mammogram where a mammography view or the breast is named. */
const isOfBreast = (header: MammogramHeader, facts: ObjectFacts): boolean =>
  facts.speaksOfBreast || isBreastView(header);

/** Modalities of radiographs that are not MG; SC and OT for scans. */
const RADIOGRAPHY = /^(?:CR|DX|DR|RG|RF|OT|SC|)$/;
/** Longer side of the pictures that stand in for what only the maker's workstation reads, pixels. */
const LARGEST_PLACEHOLDER = 256;

const isPlaceholder = (
  sopClass: string,
  { rows, columns, isColour, hasPrivateFrames }: ObjectFacts,
) =>
  rows > 0 &&
  !isColour &&
  Math.max(rows, columns) <= LARGEST_PLACEHOLDER &&
  (hasPrivateFrames || sopClass.startsWith(`${storage}.7`));

const tomosynthesisRefusal = (frames: number): Refusal =>
  refusal(
    'tomosynthesis',
    `This is a tomosynthesis series or another image of several frames (${frames} frames). Only two-dimensional mammograms can be opened.`,
  );

/**
 * Why an object is not a two-dimensional mammogram, or undefined where it is one: modality MG or a
 * mammography SOP class, a single picture of a tomosynthesis class, or another radiograph or scan that
 * names the breast or one of its views.
 */
export const refusalOfKind = (header: MammogramHeader, facts: ObjectFacts): Refusal | undefined => {
  const sopClass = header.sopClassUid || facts.mediaStorageSopClassUid;
  if (sopClass === DICOMDIR_CLASS)
    return refusal(
      'not-an-image',
      'This is the index of a DICOM disc (DICOMDIR), not an image. The images beside it are opened by themselves.',
    );
  const isBreast = header.modality === 'MG' || isOfBreast(header, facts);
  if (isBreast && isPlaceholder(sopClass, facts))
    return refusal(
      'placeholder',
      `This file holds only a placeholder of ${facts.columns} × ${facts.rows} pixels for a picture (most often tomosynthesis) that the maker’s own workstation reads.`,
    );
  const isSlice = header.modality === 'MG' || (facts.speaksOfBreast && isBreastView(header));
  if (ct.has(sopClass) && isSlice)
    return refusal(
      'tomosynthesis',
      'This is a slice of breast tomosynthesis, stored as a CT image. Only two-dimensional mammograms can be opened.',
    );
  const isMammogram =
    mammography.has(sopClass) ||
    tomosynthesis.has(sopClass) ||
    (header.modality === 'MG' && (radiographs.has(sopClass) || sopClass === '')) ||
    (radiographs.has(sopClass) && RADIOGRAPHY.test(header.modality) && isBreast);
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

/** Fewer pixels than this are no picture that could be judged by its values. */
const A_PICTURE = 4096;

/** 1, 255, 4095, 65535 and their like: what programs write for "yes". */
const isAllOnes = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value + 1));

/** Refuses a picture of nothing but 0 and all ones: the outline of something, not what it looks like. */
export const refusalOfPixels = (pixels: ArrayLike<number>): Refusal | undefined => {
  if (pixels.length < A_PICTURE) return undefined;
  const seen = new Set<number>();
  for (let i = 0; i < pixels.length; i++) {
    seen.add(pixels[i] as number);
    if (seen.size > 2) return undefined;
  }
  const [low = 0, high = 0] = [...seen].sort((a, b) => a - b);
  return seen.size === 2 && low === 0 && isAllOnes(high)
    ? refusal(
        'mask',
        'This picture has only two grey values: it is a mask (the outline of something), not a mammogram.',
      )
    : undefined;
};
