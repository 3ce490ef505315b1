// What a pack is worth on a site's own images, boxes and outcomes:
//   npm run validate -- --dicom DIR --rois FILE.csv --out DIR [--pack DIR]
//   npm run validate -- --dicom DIR --rois FILE.csv --out DIR --calibration NAME
//   npm run validate -- --dicom DIR --reports DIR --outcomes FILE.csv --out DIR [--pack DIR]
// The table's column image holds a path below --dicom or a SOP Instance UID. With --reports the boxes
// are those of reports that the viewer exported. Writes validation.json (what evaluate writes, and the
// figures at the site's prevalence), validation.md, roc.svg and reliability.svg. Nothing is sent.
// With --calibration also site-calibration.json, which the page loads beside the pack; refused below the
// stated size.
// Exit code 0: all was scored; 3: some of it was not; 1: nothing could be done.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atPrevalence } from '../../src/core/classifier/calibration.ts';
import type { Likelihood } from '../../src/core/units/units.ts';
import { fail, tryWriting } from '../fail.ts';
import { readOutcomes } from '../data/outcomes.ts';
import { locate, readReportRois, type Located } from '../data/report-rois.ts';
import { readRois, type Roi, type RoiTable } from '../data/rois.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { reportCases, subgroupsBy, type Case } from '../protocol/metrics.ts';
import { readPack, type DiskPack } from '../pack/read-pack.ts';
import { reliabilityPlot, rocPlot } from '../report/plots.ts';
import { siteCalibrationOf, type SiteCase } from './site-calibration.ts';
import { siteReport } from './site-report.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';

type Evaluation = Awaited<ReturnType<typeof evaluate>>;

/** Rows whose image is named by UID, on the files that carry it; rows are never lost here. */
const onFiles = (
  rois: readonly Roi[],
  folder: string,
  images: ReadonlyMap<string, Located>,
): Roi[] =>
  rois.map((roi) => {
    const found = existsSync(join(folder, roi.image)) ? undefined : images.get(roi.image);
    return found ? { ...roi, image: found.path } : roi;
  });

/** Maker and model of the detector that made an image, as far as its header says. */
const detectorsByFile = (images: ReadonlyMap<string, Located>): ReadonlyMap<string, string> =>
  new Map(
    [...images.values()].map(({ path, header }) => {
      const words = [header.manufacturer, header.manufacturerModelName].filter((w) => w !== '');
      return [path, words.join(' ') || 'not stated'];
    }),
  );

/** Lesions with an outcome that count in figures, as the pack answered them. */
export const answered = (evaluation: Evaluation, rois: readonly Roi[]) => {
  const patients = new Map(rois.map((roi) => [roi.lesion, roi.patient]));
  return evaluation.lesions.flatMap((row) => {
    const patient = patients.get(row.lesion);
    if (!row.counted || patient === undefined) return [];
    const malignant = row.pathology === 'malignant';
    return [{ patient, malignant, score: row.ensemble, likelihood: row.ensemble, row }];
  });
};

/** The same answers at the share of malignant lesions among them, as the page restates them. */
export const atSitePrevalence = <T extends Case>(cases: readonly T[], training: number): T[] => {
  const share = cases.filter((c) => c.malignant).length / cases.length;
  if (share === 0 || share === 1) return [...cases];
  return cases.map((c) => ({
    ...c,
    likelihood: atPrevalence(c.likelihood as Likelihood, training, share),
  }));
};

/** Scores a site's lesions, and adds to evaluate's figures what only a site's own files tell. */
export const validate = async (
  pack: DiskPack,
  { rois: said, problems }: RoiTable,
  folder: string,
  cacheFolder: string,
) => {
  const images = await locate(folder);
  const rois = onFiles(said, folder, images);
  const evaluation = await evaluate(pack, rois, problems, folder, cacheFolder);
  const cases = answered(evaluation, rois);
  const detectors = detectorsByFile(images);
  const detectorOf = ({ row }: (typeof cases)[number]) =>
    [...new Set(row.perView.map((view) => detectors.get(view.image) ?? 'not DICOM'))].join(' and ');
  const restated = atSitePrevalence(cases, pack.manifest.prevalence.training);
  return {
    ...evaluation,
    subgroups: [...evaluation.subgroups, ...subgroupsBy('detector', cases, detectorOf)],
    site: cases.length
      ? {
          prevalence: cases.filter((c) => c.malignant).length / cases.length,
          patients: new Set(cases.map((c) => c.patient)).size,
          perLesion: reportCases(restated),
        }
      : null,
    cases: restated.map(({ malignant, score, likelihood }) => ({ malignant, score, likelihood })),
    /** As the pack answered them; not written, for they name patients. */
    answers: cases.map(({ patient, malignant, likelihood }) => ({
      patient,
      malignant,
      likelihood,
    })),
  };
};

const readBoxes = async (values: {
  readonly dicom: string;
  readonly rois?: string | undefined;
  readonly reports?: string | undefined;
  readonly outcomes?: string | undefined;
}): Promise<Result<RoiTable, string>> => {
  const { dicom, rois, reports, outcomes } = values;
  if (rois !== undefined) {
    const table = readRois(readFileSync(rois, 'utf8'));
    return table.ok ? table : err(`${rois}: ${table.error}`);
  }
  const table = readOutcomes(readFileSync(outcomes as string, 'utf8'));
  if (!table.ok) return err(`${outcomes}: ${table.error}`);
  const read = await readReportRois(reports as string, dicom, table.value.of);
  return ok({ rois: read.rois, problems: [...table.value.problems, ...read.problems] });
};

/** Where the scores of the plots come from. */
const HOW = "at the site's prevalence";

/** Writes the site's calibration, or says why there is none. */
const writeCalibration = (
  name: string,
  folder: string,
  { manifest: { id, version } }: DiskPack,
  answers: readonly SiteCase[],
  write: (file: string, text: string) => void,
): void => {
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, 'manifest.json')))
    .digest('hex');
  const createdAt = new Date().toISOString();
  const made = siteCalibrationOf(answers, { name, createdAt, pack: { id, version, sha256 } });
  if (made.ok) write('site-calibration.json', `${JSON.stringify(made.value, null, 2)}\n`);
  console.log(
    made.ok
      ? 'site-calibration.json: open it in the viewer by the command "Load a site calibration".'
      : made.error,
  );
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: 'public/models/tandem-m2' },
      dicom: { type: 'string' },
      rois: { type: 'string' },
      reports: { type: 'string' },
      outcomes: { type: 'string' },
      out: { type: 'string' },
      calibration: { type: 'string' },
      cache: { type: 'string', default: '.cache/evaluate' },
    },
  });
  const { dicom, rois, reports, outcomes, out } = values;
  const byReports = reports !== undefined && outcomes !== undefined;
  if (!dicom || !out || (rois === undefined) !== byReports)
    return fail(
      'usage: npm run validate -- --dicom DIR (--rois FILE.csv | --reports DIR --outcomes FILE.csv) --out DIR [--pack DIR]',
    );
  const pack = readPack(values.pack);
  if (!pack.ok) return fail(pack.error);
  const table = await readBoxes({ dicom, rois, reports, outcomes });
  if (!table.ok) return fail(table.error);
  mkdirSync(out, { recursive: true });
  tryWriting(join(out, 'validation.json'));
  const { answers, ...report } = await validate(pack.value, table.value, dicom, values.cache);
  const write = (name: string, text: string) => writeFileSync(join(out, name), text);
  const text = siteReport(report);
  write('validation.json', `${JSON.stringify(report, null, 2)}\n`);
  write('validation.md', text);
  if (report.site?.perLesion.auc) {
    write('roc.svg', rocPlot([{ name: report.pack.id, lesions: report.cases }], HOW));
    write('reliability.svg', reliabilityPlot(report.cases, HOW));
  }
  console.log(text);
  if (values.calibration !== undefined)
    writeCalibration(values.calibration, values.pack, pack.value, answers, write);
  if (report.lesions.length === 0) process.exitCode = 1;
  else if (report.problems.length) process.exitCode = 3;
};

if (process.argv[1]?.endsWith('validate.ts')) await main();
