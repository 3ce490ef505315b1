import type { ImageKind } from './image-kind.ts';
import type { ViewModifier } from './mammogram-header.ts';
import { openQuestions } from './view-doubts.ts';

/** How modifiers are marked on films and screens (DICOM PS3.16 CID 4015, ACR MQCM equivalents). */
const MODIFIER_LABELS: Readonly<Record<ViewModifier, string>> = {
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
