import { sayIn } from '../../../src/i18n/say.ts';
import { arrangeDisc } from '../../../src/adapters/dicom-io/intake/arrange-disc.ts';
import { dicomDir } from '../../../src/adapters/dicom-io/fixtures/build-dicomdir.ts';
import { createDice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Kind } from '../kind.ts';
import { mutateRepeatedly } from '../mutate-bytes.ts';
import { mutateDicom } from '../mutate-dicom.ts';

const records = Array.from({ length: 40 }, (_, i) => ({ file: `IMAGES\\IM${i}`, next: i + 2 }));
const originals = [
  dicomDir(1, [{ lower: 2 }, { file: 'IMAGES\\IM1', next: 3 }, { file: 'IMAGES\\IM2' }]),
  dicomDir(1, [...records, { file: 'LAST', unused: true }]),
];
const image = { path: 'CD/IMAGES/IM1', file: new File(['x'], 'IM1') };

/** The index of a disc (DICOMDIR) beside one of its images, through what orders the files picked. */
export const disc: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    return oneFile('DICOMDIR', mutateRepeatedly(dice.pick(originals), dice, mutateDicom));
  },
  run: async (input) => {
    const [name, bytes] = onlyFile(input);
    const index = { path: `CD/${name}`, file: new File([bytes.slice()], name) };
    const { entries, problems } = await arrangeDisc([index, image]);
    if (entries.length !== 1) throw new Error('an image was lost or the index is among the images');
    // That a file is not there is the index' true word; one about the index itself is a refusal.
    const own = problems.find(({ path }) => path === index.path);
    return own ? refused(sayIn('en', own.reason)) : accepted;
  },
};
