import type { Code } from '../dicom/codes.ts';

/** What a finding is of, as far as it is drawn and named in the reader's language. */
export type FindingKind =
  | 'mass'
  | 'density'
  | 'cluster'
  | 'calcification'
  | 'distortion'
  | 'asymmetry'
  /** What programs note beside findings: nipple, breast outline, image quality, composition. */
  | 'landmark'
  | 'other';

/**
 * Values of CID 6014, 6015 and 6016 (mammography findings and features): SNOMED CT, and before 2019
 * SNOMED RT, whose codes also go by the schemes SNM3 and 99SDM; DICOM's own for what is no lesion.
 */
const KINDS: Readonly<Record<string, FindingKind>> = {
  '129788004': 'mass',
  'F-01791': 'mass',
  '129793001': 'density',
  'F-01796': 'density',
  '129769006': 'cluster',
  'F-01775': 'cluster',
  '129770007': 'calcification',
  'F-01776': 'calcification',
  '129792006': 'distortion',
  'F-01795': 'distortion',
  '129789007': 'asymmetry',
  'F-01792': 'asymmetry',
  '129790003': 'asymmetry',
  'F-01793': 'asymmetry',
  '24142002': 'landmark',
  'T-04100': 'landmark',
  '129715009': 'landmark',
  'F-01710': 'landmark',
  '111099': 'landmark',
  '111100': 'landmark',
  '111101': 'landmark',
  '111102': 'landmark',
};

/** Schemes that the values above stand in. */
const SCHEMES = new Set(['SCT', 'SRT', 'SNM3', '99SDM', 'SNOMED', 'DCM', '']);

/** For codes of a maker's own: by their meaning, in English or Japanese. */
const WORDS: readonly (readonly [RegExp, FindingKind])[] = [
  [/cluster|microcalc|grouped calc|石灰化群|微小石灰化/i, 'cluster'],
  [/calcif|石灰化/i, 'calcification'],
  [/distortion|構築の?乱れ/i, 'distortion'],
  [/asymmetr|非対称/i, 'asymmetry'],
  [/nipple|pectoral|breast (geometry|composition|outline)|image quality|乳頭/i, 'landmark'],
  [/densit|濃度/i, 'density'],
  [/mass|lesion|腫瘤/i, 'mass'],
];

/** What a coded finding is; by its words where the code is none of DICOM's. */
export const findingKind = ({ value, scheme, meaning }: Code): FindingKind =>
  (SCHEMES.has(scheme.toUpperCase()) && Object.hasOwn(KINDS, value) && KINDS[value]) ||
  (WORDS.find(([words]) => words.test(meaning))?.[1] ?? 'other');
