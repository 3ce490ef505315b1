import { sayIn } from '../../../src/i18n/say.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  encapsulate,
  mammogramFile,
  words,
} from '../../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { openFiles, type OpenedMammogram } from '../../../src/adapters/dicom-io/pool/open-files.ts';
import { answerFiles } from '../../../src/adapters/dicom-io/pool/open-one.ts';
import {
  encapsulateFrames,
  framePixels,
  volumeFile,
} from '../../../src/adapters/dicom-io/fixtures/build-volume.ts';
import { readDicom, readStack } from '../../../src/adapters/dicom-io/read/read-dicom.ts';
import type { FileOpening } from '../../../src/adapters/dicom-io/pool/worker-protocol.ts';
import { answeringWorker } from '../../../src/workers/testing.ts';
import { groupImages } from '../../../src/core/dicom/grouping.ts';
import { outOfScopeReasons } from '../../../src/core/lesion/scope.ts';
import { analyticFeatures } from '../../../src/core/features/analytic/analytic-features.ts';
import { boxCentre } from '../../../src/core/geometry/box.ts';
import { extractPatch } from '../../../src/core/features/extract-patch.ts';
import { segmentLesion } from '../../../src/core/segmentation/segment-lesion.ts';
import { createDice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Answer, type Kind } from '../kind.ts';
import { mutateRepeatedly } from '../mutate-bytes.ts';
import { mutateDicom } from '../mutate-dicom.ts';

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };
const fixtures = new URL('../../../src/adapters/dicom-io/fixtures/', import.meta.url);
const demo = new URL('../../../public/demo/', import.meta.url);

const bytesOf = (url: URL) => new Uint8Array(readFileSync(url));

const VOLUME = { rows: 6, columns: 7, frames: 4 };
const FRAMES = Array.from({ length: VOLUME.frames }, (_, i) => words(framePixels(VOLUME, i)));

const generated = (): Uint8Array[] => {
  const lut = {
    '00283002': ['US', [4, 0, 12]],
    '00283003': ['LO', 'table'],
    '00283006': ['US', [0, 1, 2, 3]],
  } as const;
  const code = { '00080100': ['SH', '399162004'], '00080102': ['SH', 'SCT'] } as const;
  return [
    mammogramFile(),
    mammogramFile({
      '00281050': ['DS', '2048\\100'],
      '00281051': ['DS', '4096\\50'],
      '00281055': ['LO', 'NORMAL\\HARD'],
      '00281056': ['CS', 'SIGMOID'],
      '00181164': ['DS', '0.07\\0.07'],
      '00181114': ['DS', '1.05'],
      '00540220': ['SQ', [{ ...code, '00540222': ['SQ', [code]] }]],
    }),
    mammogramFile({
      '00283000': ['SQ', [lut]],
      '00283010': ['SQ', [lut, lut]],
      '00280120': ['US', [0]],
      '00280121': ['US', [10]],
      '00280034': ['IS', '17\\10'],
    }),
    volumeFile(VOLUME),
    volumeFile(
      VOLUME,
      { '7fe00010': ['OB', encapsulateFrames(FRAMES, { most: 40, table: true })] },
      '1.2.840.10008.1.2.5',
    ),
    ...['constructor', '__proto__', 'toString'].map((key) =>
      mammogramFile({
        '00080005': ['CS', key],
        '00080060': ['CS', key],
        '00080018': ['UI', key],
        '00540220': ['SQ', [{ ...code, '00080100': ['SH', key] }]],
      }),
    ),
    mammogramFile(
      { '7fe00010': ['OB', encapsulate(words(Array(24).fill(7)))] },
      '1.2.840.10008.1.2.5',
    ),
  ];
};

/** Files on which the program once fell short, read where they are; none where the folder is absent. */
const odd = new URL('../../../../shared/odd/', import.meta.url);
const oddFiles = existsSync(odd)
  ? readdirSync(odd)
      .filter((name) => /^(A|B-|G5)\S*\.dcm$/.test(name))
      .map((name) => bytesOf(new URL(name, odd)))
  : [];

const small = [
  ...readdirSync(fixtures)
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => bytesOf(new URL(name, fixtures))),
  ...generated(),
];
const large = [
  bytesOf(new URL('demo-1-RCC.dcm', demo)),
  bytesOf(new URL('demo-3-LMLO.dcm', demo)),
  ...oddFiles,
];
/** A demo file takes a hundred times as long to decode as a fixture. */
const LARGE_SHARE = 0.01;

/** The page's worker without the thread: the same functions behind the same messages. */
const inProcess = () => answeringWorker<FileOpening>(() => answerFiles(readDicom, readStack));

/** The last resort of the boundary: an error that nobody foresaw, or an answer that cannot be sent. */
const UNFORESEEN = ['file.decoder-crashed.reason', 'file.decoder-crashed'];

const isFinished = (values: Float32Array): boolean => values.every((v) => v >= 0 && v <= 1);

/** What the page does with an image besides drawing it: groups it, judges it, and scores a lesion. */
const use = ({ header, image, working }: OpenedMammogram, bytes: number): void => {
  if (image.pixels.length !== image.rows * image.columns) throw new Error('wrong number of pixels');
  if (!isFinished(working.data)) throw new Error('working grey outside [0, 1]');
  outOfScopeReasons(header, image);
  groupImages([{ header }, { header }]);
  // Measuring costs more than all the rest: a quarter of the images is enough.
  if (image.rows < 32 || image.columns < 32 || bytes % 4 !== 0) return;
  const box = {
    x: image.columns / 4,
    y: image.rows / 4,
    width: image.columns / 4,
    height: image.rows / 4,
  };
  if (!isFinished(extractPatch(working, box, { size: 64, context: 1.3 })))
    throw new Error('patch outside [0, 1]');
  const contour = segmentLesion(working, boxCentre(box), box);
  if (!analyticFeatures(working, box, contour).every(Number.isFinite))
    throw new Error('a feature that is not a number');
};

const open = (file: File): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const done = openFiles([{ path: file.name, file }], {
      rule,
      workers: 1,
      spawn: inProcess,
      onProgress: () => {},
      onFailed: ({ reason }) =>
        UNFORESEEN.includes(reason.code)
          ? reject(new Error(sayIn('en', reason)))
          : resolve(refused(sayIn('en', reason))),
      onOpened: (opened) => {
        try {
          use(opened, file.size);
          resolve(accepted);
        } catch (error) {
          reject(error as Error);
        }
      },
    });
    done.catch(reject);
  });

/** Image files through the function that opens dropped files. */
export const dicom: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    const original = dice.pick(dice.chance(LARGE_SHARE) ? large : small);
    return oneFile('hostile.dcm', mutateRepeatedly(original, dice, mutateDicom));
  },
  run: (input) => {
    const [name, bytes] = onlyFile(input);
    return open(new File([bytes.slice()], name));
  },
};
