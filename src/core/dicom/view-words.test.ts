import { expect, it } from 'vitest';
import { wordsOf } from './view-words.ts';

/** Side, view, modifiers, as "R CC implant displaced". */
const read = (text: string, isSentence: boolean): string => {
  const { sides, views, modifiers } = wordsOf(text, isSentence);
  return [...sides, ...views, ...modifiers].join(' ');
};

it.each([
  ['LAT', 'LAT'],
  ['RLAT', 'R LAT'],
  ['LLAT', 'L LAT'],
  ['CRANIOCAUDAL', 'CC'],
  ['CranioCaudal', 'CC'],
  ['CRANIO-CAUDAL', 'CC'],
  ['CCR', 'R CC'],
  ['CCL', 'L CC'],
  ['RCC1', 'R CC'],
  ['RCCID', 'R CC implant displaced'],
  ['RMLOID', 'R MLO implant displaced'],
  ['LCCRL', 'L CC rolled lateral'],
  ['MEDIO-LATERAL OBLIQUE', 'MLO'],
  ['MEDIOLATERAL', 'ML'],
  ['LATERO-MEDIAL OBLIQUE', 'LMO'],
  ['LTCC', 'L CC'],
  ['RAT', 'R AT'],
  ['XCCLR', 'R XCCL'],
  ['CCD', 'R CC'],
  ['MLOG', 'L MLO'],
  ['MLOI', 'L MLO'],
  ['CCE', 'L CC'],
  ['CC D', 'R CC'],
  ['MLO E', 'L MLO'],
  ['MLO DX', 'R MLO'],
  ['sx CC', 'L CC'],
  ['OML D', 'R MLO'],
  ['RMCC', 'R CC magnification'],
  ['LSMLO', 'L MLO spot compression'],
  ['RMLO', 'R MLO'],
  ['LMLM', 'L ML magnification'],
  ['RMMLO', 'R MLO magnification'],
  ['R M CC', 'R CC magnification'],
  ['LCC RL', 'L CC rolled lateral'],
  ['RMLO TAN', 'R MLO tangential'],
  ['RTAN', 'R tangential'],
  ['LMLOAT', 'L MLO axillary tail'],
  ['RCCCV', 'R CC cleavage'],
  ['R MLO AT', 'R MLO axillary tail'],
  ['XCC LAT L', 'L XCCL'],
  ['Exag CC Med', 'XCCM'],
  ['R Lat ML', 'R ML'],
  ['ML Oblique', 'MLO'],
  ['LM OBLIQUE R', 'R LMO'],
  ['M-L-O', 'MLO'],
  ['C-C', 'CC'],
])('reads %s of ViewPosition', (text, wanted) => {
  expect(read(text, false)).toBe(wanted);
});

it.each([
  ['RIGHT LATERAL', 'R LAT'],
  ['R ML rolled lateral', 'R ML rolled lateral'],
  ['exaggerated CC laterally, left', 'L XCCL'],
  ['L MLO without magnification', 'L MLO'],
  ['Look at RCC', 'R CC'],
  ['R CC cleavage view', 'R CC cleavage'],
  ['L MLO axillary tail', 'L MLO axillary tail'],
  ['R CC TAN', 'R CC tangential'],
  ['RM mama', ''],
  ['MLO at right', 'R MLO'],
  ['høyre MLO', 'R MLO'],
  ['Vasen CC', 'L CC'],
  ['Mammographie li. CC', 'L CC'],
  ['MLO re.', 'R MLO'],
  ['CC re-take', 'CC'],
  ['Dx mammogram', ''],
  ['Mamografia CC esq', 'L CC'],
  ['Косая правой', 'R MLO'],
  ['Прямая левая', 'L CC'],
  ['우 MLO', 'R MLO'],
  ['좌측CC', 'L CC'],
  ['Iso 9001 film', ''],
  ['L CC ID', 'L CC implant displaced'],
  ['Patient ID card', ''],
  ['RCC spot magnification', 'R CC spot compression magnification'],
  ['Mamografía CC derecha', 'R CC'],
  ['Oblicua medio-lateral izquierda', 'L MLO'],
  ['Sein droit, oblique externe', 'R MLO'],
  ['Sein gauche face', 'L CC'],
  ['Mammographie der linken Brust, schräg', 'L MLO'],
  ['CC rechts Vergrößerung', 'R CC magnification'],
  ['Mammella destra cranio-caudale', 'R CC'],
  ['右乳内外斜位', 'R MLO'],
  ['左乳头尾位', 'L CC'],
])('reads the description %s', (text, wanted) => {
  expect(read(text, true)).toBe(wanted);
});

it.each([
  ['MAMMO R MLO', true],
  ['Mamografía', true],
  ['BREAST', true],
  ['CHEST LATERAL', false],
  ['Imaging', false],
])('knows whether %s speaks of the breast', (text, wanted) => {
  expect(wordsOf(text, true).breast).toBe(wanted);
});
