import type { MammogramHeader, ViewModifier } from './mammogram-header.ts';

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

type Named = Pick<MammogramHeader, 'laterality' | 'view' | 'viewModifiers'>;

/** "RCC", "LMLO ID", "RCC M S", "?MLO" where the side is not known. */
export const viewLabel = ({ laterality, view, viewModifiers }: Named): string => {
  const plain = `${laterality.value ?? '?'}${view.value ?? '?'}`;
  return [plain, ...viewModifiers.map((modifier) => MODIFIER_LABELS[modifier])].join(' ');
};
