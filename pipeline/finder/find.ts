// Finds candidate masses in every image of a table, with nothing but a pack:
//   npm run find -- --pack DIR --rois FILE.csv --images DIR --json OUT
// Images are JPEG, PNG or DICOM; a row with an empty box is an image without a lesion. The views of a
// breast (patient, side, view) are looked at together. Boxes are in pixels of the image as stored.
// Exit code 0: all rows used; 3: some were left out (see problems); 1: nothing could be done.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadFinder } from '../../src/adapters/tfjs/finder.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { examScore } from '../../src/core/finder/exam-score.ts';
import { linkMasses, rescore, type ScoredCandidate } from '../../src/core/finder/rescore.ts';
import type { FinderFile } from '../../src/core/pack/finder-file.ts';
import { fail, tryWriting } from '../fail.ts';
import { usableBox } from '../features/patches.ts';
import type { Problem } from '../data/rois.ts';
import { findInImage, type FoundInImage } from './find-in-image.ts';
import { asView, byBreast, type Found } from './fit-rescoring.ts';
import { froc, marksAnImage, type FrocPoint, type MarkedImage } from './froc.ts';
import { readFinderTable, type FinderImage, type TableLesion } from './table.ts';
import { readPack, type DiskPack } from '../pack/read-pack.ts';
import { progress } from '../progress.ts';

/** The finder of a pack on disk; undefined where the pack has none. */
const openPackFinder = async ({ manifest, finder, finderGraph }: DiskPack) => {
  if (!manifest.finder || !finder || !finderGraph) return undefined;
  await useWasmInNode();
  const { file, input } = manifest.finder;
  const network = await loadFinder({ file, input, mirror: finder.mirror }, finderGraph.files);
  const rules = { working: manifest.working, input: finder.input };
  return { rules, finder, named: { network, hash: `${finderGraph.hash}|${finder.mirror}` } };
};

interface Scored {
  readonly image: Found;
  readonly candidates: readonly ScoredCandidate[];
}

const scoreBreast = (breast: readonly Found[], finder: FinderFile) => {
  const views = breast.map(asView);
  const scored = rescore(views, finder.rescoring);
  const masses = linkMasses(views, scored, finder.rescoring.pair);
  const { breasts } = examScore(masses, finder.breastCalibration);
  return {
    images: breast.map((image, i): Scored => ({ image, candidates: scored[i] ?? [] })),
    breasts: breasts.map(({ breast: name, likelihood, masses: own }) => ({
      breast: name,
      likelihood,
      masses: own.map(({ marks, mass, malignant }) => ({
        mass,
        malignant,
        marks: marks.map(({ view, candidate }) => ({
          image: breast[view]?.image,
          ...candidate.box,
        })),
      })),
    })),
  };
};

const asMarked = ({ image, candidates }: Scored): MarkedImage => ({
  patient: image.patient || image.image,
  lesions: image.lesions,
  candidates: candidates.map((c) => ({ box: c.box, score: c.mass })),
});

const curve = (points: readonly FrocPoint[]) =>
  points.map(({ falseMarks, sensitivity, interval }) => ({ falseMarks, sensitivity, interval }));

/** Marks an image at each operating point of the pack, over images with and without a lesion. */
const atOperatingPoints = (images: readonly MarkedImage[], finder: FinderFile) => {
  const without = images.filter((image) => image.lesions.length === 0);
  return finder.operatingPoints.map(({ falseMarks, threshold }) => ({
    falseMarks,
    threshold,
    marksAnImage: marksAnImage(images, threshold),
    marksAnImageWithoutLesion: without.length ? marksAnImage(without, threshold) : null,
  }));
};

/** The lines of the table that name an image, but for further ones without a box. */
const linesOf = ({ line, lesions }: FinderImage): number[] => [
  ...new Set([line, ...lesions.map((lesion) => lesion.line)]),
];

/** The lesions whose boxes lie on their image; the others become problems of their rows. */
const onImage = (
  lesions: readonly TableLesion[],
  size: FoundInImage,
  problems: Problem[],
): TableLesion[] =>
  lesions.filter(({ line, box }) => {
    const usable = usableBox(box, size);
    if (!usable.ok) problems.push({ line, reason: usable.error });
    return usable.ok;
  });

/** Runs the finder of a pack over the images of a table. The error is why nothing could be done. */
export const find = async (
  pack: DiskPack,
  images: readonly FinderImage[],
  problems: readonly Problem[],
  imagesFolder: string,
  cacheFolder: string,
) => {
  const open = await openPackFinder(pack);
  if (!open) return undefined;
  const { rules, finder, named } = open;
  const found: Found[] = [];
  const unread: Problem[] = [];
  const bar = progress('find', images.length, 'images');
  for (const image of images) {
    const answer = await findInImage(image, imagesFolder, rules, named, cacheFolder);
    if (!answer.ok) unread.push(...linesOf(image).map((line) => ({ line, reason: answer.error })));
    else {
      const lesions = onImage(image.lesions, answer.value, unread);
      // As in the table: an image of which no row can be used is left out.
      if (lesions.length > 0 || image.lesions.length === 0)
        found.push({ ...image, lesions, candidates: answer.value.candidates });
    }
    bar.step();
  }
  bar.done();
  named.network.dispose();
  const breasts = byBreast(found).map((breast) => scoreBreast(breast, finder));
  const scored = breasts.flatMap((breast) => breast.images);
  const marked = scored.map(asMarked);
  const lesions = marked.flatMap((image) => image.lesions);
  const known = lesions.some(({ malignant }) => malignant);
  return {
    pack: { id: pack.manifest.id, version: pack.manifest.version, finder: finder.version },
    images: scored.map(({ image, candidates }) => ({
      image: image.image,
      candidates: candidates.map(({ box, mass, malignant }) => ({
        ...box,
        score: mass,
        malignant,
      })),
    })),
    froc: {
      all: lesions.length ? curve(froc(marked)) : [],
      malignant: known ? curve(froc(marked, ({ malignant }) => malignant === true)) : [],
    },
    operatingPoints: atOperatingPoints(marked, finder),
    breasts: breasts.flatMap((breast) => breast.breasts),
    problems: [
      ...problems,
      ...unread,
      ...(found.length ? [] : [{ line: 0, reason: 'no image could be used' }]),
    ].sort((a, b) => a.line - b.line),
  };
};

const line = (name: string, points: readonly ReturnType<typeof curve>[number][]) =>
  `${name}: ${points
    .map(({ falseMarks, sensitivity }) => `${sensitivity?.toFixed(3)} at ${falseMarks}`)
    .join(', ')} false marks an image`;

const main = async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      rois: { type: 'string' },
      images: { type: 'string' },
      json: { type: 'string' },
      cache: { type: 'string', default: '.cache/find' },
    },
  });
  const { pack: folder, rois, images, json, cache } = values;
  if (!folder || !rois || !images || !json)
    return fail('usage: npm run find -- --pack DIR --rois FILE.csv --images DIR --json OUT');
  const pack = readPack(folder);
  if (!pack.ok) return fail(pack.error);
  const table = readFinderTable(readFileSync(rois, 'utf8'));
  if (!table.ok) return fail(`${rois}: ${table.error}`);
  tryWriting(json);
  const report = await find(pack.value, table.value.images, table.value.problems, images, cache);
  if (!report) return fail(`${folder} has no finder`);
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  for (const [name, points] of Object.entries(report.froc))
    if (points.length) console.log(line(name, points));
  for (const { line: at, reason } of report.problems) console.error(`line ${at}: ${reason}`);
  if (report.images.length === 0) process.exitCode = 1;
  else if (report.problems.length) process.exitCode = 3;
};

if (process.argv[1]?.endsWith('find.ts')) await main();
