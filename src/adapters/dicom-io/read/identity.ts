import { shortCode } from '../../../core/message/shortened.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import type { StoredPixels } from '../../../core/image/mammogram-image.ts';

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
  `${storage}.7.4`,
]);
const RAW_DATA = `${storage}.66`;

/** SOP classes whose objects are looked at as pictures. */
export const PICTURE_CLASSES: readonly string[] = [
  ...mammography,
  ...tomosynthesis,
  ...radiographs,
];

/** CT, and what Hologic stores slices of tomosynthesis as. */
const ct = new Set([`${storage}.2`, `${storage}.2.1`]);

/** Modalities that a refusal calls by a name of its own. */
const NAMED = [
  ...(['CT', 'MR', 'US', 'PT', 'NM', 'SC', 'OT', 'CR', 'DX', 'RG', 'SR', 'PR', 'KO'] as const),
  ...(['DOC', 'REG', 'SEG'] as const),
];

/** What an object of modality MG is that is no picture by its class. */
const describeClass = (sopClass: string): Message => {
  if (sopClass === RAW_DATA) return message('class.raw');
  const uid = shortCode(sopClass);
  return message(sopClass.startsWith('1.2.840.10008.') ? 'class.other' : 'class.private', { uid });
};

const describe = (modality: string, sopClass: string): Message => {
  if (modality === 'MG') return describeClass(sopClass);
  const named = NAMED.find((name) => name === modality);
  if (named) return message(`modality.${named}`);
  return modality === ''
    ? message('modality.none')
    : message('modality.other', { modality: shortCode(modality) });
};

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

/**
 * Why an object is not a mammogram, or undefined where it is one: modality MG or a mammography SOP class,
 * a tomosynthesis class, or another radiograph or scan that names the breast or one of its views.
 */
export const refusalOfKind = (header: MammogramHeader, facts: ObjectFacts): Message | undefined => {
  const sopClass = header.sopClassUid || facts.mediaStorageSopClassUid;
  if (sopClass === DICOMDIR_CLASS) return message('file.disc-index');
  const isBreast = header.modality === 'MG' || isOfBreast(header, facts);
  if (isBreast && isPlaceholder(sopClass, facts))
    return message('file.placeholder', { columns: facts.columns, rows: facts.rows });
  const isSlice = header.modality === 'MG' || (facts.speaksOfBreast && isBreastView(header));
  if (ct.has(sopClass) && isSlice) return message('file.tomosynthesis.slice');
  const isMammogram =
    mammography.has(sopClass) ||
    tomosynthesis.has(sopClass) ||
    (header.modality === 'MG' && (radiographs.has(sopClass) || sopClass === '')) ||
    (radiographs.has(sopClass) && RADIOGRAPHY.test(header.modality) && isBreast);
  if (!isMammogram)
    return message('file.not-a-mammogram', { kind: describe(header.modality, sopClass) });
  // Marks are kept by it: "constructor" and its like are keys that every object has.
  if (header.sopInstanceUid === '' || header.sopInstanceUid in Object.prototype)
    return message('file.missing-identifier');
  return undefined;
};

/** Fewer pixels than this are no picture that could be judged by its values. */
const A_PICTURE = 4096;

/** A mask has a level for each thing that it outlines, and one for all else; no picture has so few. */
const MOST_OF_A_MASK = 4;

/** Refuses what is no picture by its values: all of one, or of a few, as the outline of something has. */
export const refusalOfPixels = (pixels: StoredPixels): Message | undefined => {
  if (pixels.length < A_PICTURE) return undefined;
  const levels = new Set<number>();
  let last: number | undefined;
  for (let i = 0; i < pixels.length && levels.size <= MOST_OF_A_MASK; i++) {
    const value = pixels[i] as number;
    if (value !== last) levels.add(value);
    last = value;
  }
  if (levels.size > MOST_OF_A_MASK) return undefined;
  return levels.size === 1 ? message('file.blank') : message('file.mask', { levels: levels.size });
};
