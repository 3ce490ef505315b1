import type { ImageKind } from './image-kind.ts';
import { groupBy } from '../units/group-by.ts';
import type { MammogramHeader, ViewModifier } from './mammogram-header.ts';
import { openQuestions } from './view-doubts.ts';

/** How modifiers are marked on films and screens (DICOM PS3.16 CID 4015, ACR MQCM equivalents). */
export const MODIFIER_LABELS: Readonly<Record<ViewModifier, string>> = {
  magnification: 'M',
  'spot compression': 'S',
  'implant displaced': 'ID',
  tangential: 'TAN',
  cleavage: 'CV',
  'axillary tail': 'AT',
  'axillary tissue': 'AX',
  'rolled lateral': 'RL',
  'rolled medial': 'RM',
  'rolled superior': 'RS',
  'rolled inferior': 'RI',
  'nipple in profile': 'NP',
  'anterior compression': 'AC',
  'infra-mammary fold': 'IMF',
};

/** How other pictures than plain mammograms are marked. */
const KIND_LABELS: Readonly<Record<ImageKind, string>> = {
  mammogram: '',
  'low-energy': 'LE',
  'high-energy': 'HE',
  recombined: 'RC',
  contrast: 'CEM',
  synthesized: 'SYN',
  tomosynthesis: 'TOMO',
  stereotactic: 'STEREO',
  cropped: 'CROP',
  mask: 'MASK',
};

type Named = Parameters<typeof openQuestions>[0];

const openOr = (
  claims: readonly { readonly value: string }[],
  value: string | undefined,
): string =>
  claims.length > 0
    ? `${[...new Set(claims.map((claim) => claim.value))].join('/')}?`
    : (value ?? '?');

/**
 * "RCC", "LMLO ID", "RCC M S", "RCC SYN", "?MLO" where the side is not known, "L/R? CC" where sources
 * disagree.
 */
export const viewLabel = (header: Named): string => {
  const { laterality, view, viewModifiers, kind } = header;
  const open = openQuestions(header);
  const side = openOr(open.side, laterality.value);
  const plain = `${side}${open.side.length > 0 ? ' ' : ''}${openOr(open.view, view.value)}`;
  const labels = [...viewModifiers.map((modifier) => MODIFIER_LABELS[modifier]), KIND_LABELS[kind]];
  return [plain, ...labels].filter((label) => label !== '').join(' ');
};

type Repeatable = Named &
  Pick<MammogramHeader, 'sopInstanceUid' | 'contentTime' | 'instanceNumber'>;

const clock = ({ contentTime }: Repeatable): string =>
  contentTime.replace(/^(\d\d)(\d\d)(\d\d)?.*$/, (_all, h: string, m: string, s?: string) =>
    [h, m, s].filter(Boolean).join(':'),
  );

/**
 * What tells images of one label apart, by SOP Instance UID: the time of each where those differ, else its number, else
 * its place among them. Nothing of an image whose label no other one has.
 */
export const repeatMarks = (headers: readonly Repeatable[]): ReadonlyMap<string, string> => {
  const marks = new Map<string, string>();
  for (const same of groupBy(headers, viewLabel)) {
    if (same.length < 2) continue;
    const numbers = same.map(({ instanceNumber }) =>
      instanceNumber === undefined ? '' : `#${instanceNumber}`,
    );
    const places = same.map((_header, i) => `#${i + 1}`);
    const telling = [same.map(clock), numbers].find(
      (words) => new Set(words).size === words.length && !words.includes(''),
    );
    same.forEach((header, i) => marks.set(header.sopInstanceUid, (telling ?? places)[i] ?? ''));
  }
  return marks;
};
