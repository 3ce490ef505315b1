import { expect, it } from 'vitest';
import { recogniseKind, type KindAttributes } from './image-kind.ts';

const MG = '1.2.840.10008.5.1.4.1.1.1.2';
const BTO = '1.2.840.10008.5.1.4.1.1.13.1.3';
const plain: KindAttributes = {
  sopClassUid: MG,
  imageType: ['ORIGINAL', 'PRIMARY'],
  seriesDescription: '',
  protocols: [],
  contrastAgent: '',
  kvp: undefined,
  filterMaterial: '',
  frames: 1,
};
const typed = (...values: string[]) => ({ imageType: ['DERIVED', 'PRIMARY', ...values] });
const named = (seriesDescription: string) => ({ seriesDescription });

it.each([
  [{}, 'mammogram'],
  [named('R CC'), 'mammogram'],
  [named('MAMMO_RIGHT_CC_TOMO'), 'mammogram'],
  [named('SYNTHETIC R CC'), 'mammogram'],
  [{ frames: 4 }, 'mammogram'],
  [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.7.3' }, 'mammogram'],
  [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.7.3', frames: 40 }, 'tomosynthesis'],
  [{ ...named('MAMMO_RIGHT_CC_TOMO'), frames: 40 }, 'tomosynthesis'],
  [named('Mammographie le sein gauche CC'), 'mammogram'],
  [named('R CC post biopsy'), 'mammogram'],
  [{ protocols: ['Unsharp mask 3'] }, 'mammogram'],
  [{ kvp: 29, filterMaterial: 'RHODIUM' }, 'mammogram'],
  [typed('', 'LOW_ENERGY'), 'low-energy'],
  [named('LE RCC'), 'low-energy'],
  [named('R CC I-View LE'), 'low-energy'],
  [named('CC droite basse énergie'), 'low-energy'],
  [{ ...named('L MLO low energy'), contrastAgent: 'OMNIPAQUE 350' }, 'low-energy'],
  [typed('', 'RECOMBINED'), 'recombined'],
  [named('L CC RECOMB'), 'recombined'],
  [named('R CC I-View'), 'recombined'],
  [named('CC rechts rekombiniert'), 'recombined'],
  [named('CC derecha sustracción'), 'recombined'],
  [named('image recombinée'), 'recombined'],
  [typed('', 'HIGH_ENERGY'), 'high-energy'],
  [{ kvp: 49, filterMaterial: 'COPPER' }, 'high-energy'],
  [{ ...named('R CC'), contrastAgent: 'OMNIPAQUE 350' }, 'contrast'],
  [named('R CC CESM'), 'contrast'],
  [typed('TOMOSYNTHESIS', 'GENERATED_2D'), 'synthesized'],
  [{ ...typed('TOMOSYNTHESIS', 'GENERATED_2D'), sopClassUid: BTO }, 'synthesized'],
  [typed('TOMO_2D'), 'synthesized'],
  [named('R CC C-View'), 'synthesized'],
  [named('L MLO Insight 2D'), 'synthesized'],
  [named('RCC V-Preview'), 'synthesized'],
  [named('S-View L CC'), 'synthesized'],
  [named('Synthesized 2D'), 'synthesized'],
  [named('Mamografía sintética'), 'synthesized'],
  [typed('TOMOSYNTHESIS', 'NONE'), 'tomosynthesis'],
  [{ sopClassUid: BTO }, 'tomosynthesis'],
  [typed('TOMO_PROJ'), 'tomosynthesis'],
  [named('R CC Tomosynthesis Reconstruction'), 'tomosynthesis'],
  [named('L MLO Tomo Slice 12'), 'tomosynthesis'],
  [{ imageType: ['ORIGINAL', 'PRIMARY', 'STEREO_MINUS'] }, 'stereotactic'],
  [{ imageType: ['ORIGINAL', 'PRIMARY', 'STEREO_SCOUT'] }, 'stereotactic'],
  [named('STEREO -15'), 'stereotactic'],
  [named('Stereotaktische Biopsie'), 'stereotactic'],
  [{ protocols: ['Estereotaxia'] }, 'stereotactic'],
  [named('ROI mask images'), 'mask'],
  [typed('', 'MASK'), 'mask'],
  [typed('', 'MASKED'), 'mammogram'],
  [typed('', 'UNBINARY'), 'mammogram'],
  [named('cropped images'), 'cropped'],
] as const)('%j is %s', (changes, kind) => {
  expect(recogniseKind({ ...plain, ...(changes as Partial<KindAttributes>) })).toBe(kind);
});
