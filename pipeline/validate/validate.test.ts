import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mammogramFile, words } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { tinyGraphFiles, tinyManifest } from '../../src/adapters/tfjs/testing/tiny-pack.ts';
import { atPrevalence } from '../../src/core/classifier/calibration.ts';
import { seededRandom } from '../../src/core/stats/random.ts';
import type { Likelihood } from '../../src/core/units/units.ts';
import { readOutcomes } from '../data/outcomes.ts';
import { readRois } from '../data/rois.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { readPack, type DiskPack } from '../pack/read-pack.ts';
import { writePack } from '../pack/write-pack.ts';
import { siteReport } from './site-report.ts';
import { validate } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-validate-'));
const at = (...parts: string[]) => join(folder, ...parts);
const PATIENTS = 10;
const SIZE = 160;
const isMalignant = (p: number) => p % 5 < 2;
const uid = (p: number, view: string) => `1.2.3.${p}.${view === 'CC' ? 1 : 2}`;
const random = seededRandom(5);

/** Half an ellipse of tissue with a blob, brighter where malignant. */
const exam = (p: number, view: string): Uint8Array => {
  const peak = (isMalignant(p) ? 900 : 300) + 200 * random();
  const pixels = Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    if ((x / 130) ** 2 + ((y - 80) / 75) ** 2 > 1) return 0;
    return 1000 + 300 * random() + peak * Math.exp(-((x - 50) ** 2 + (y - 80) ** 2) / 150);
  });
  return mammogramFile({
    '00080018': ['UI', uid(p, view)],
    '00080070': ['LO', p < 6 ? 'Maker A' : 'Maker B'],
    '00100020': ['LO', `P${p}`],
    '00185101': ['CS', view],
    '00280010': ['US', [SIZE]],
    '00280011': ['US', [SIZE]],
    '7fe00010': ['OW', words(pixels)],
  });
};

const HEAD = 'image,patient,side,view,lesion,x,y,width,height,pathology';
/** CC by its path, MLO by its SOP Instance UID. */
const row = (p: number, view: string) =>
  `${view === 'CC' ? `deep/${p}_CC.dcm` : uid(p, view)},P${p},L,${view},l${p},32,62,36,36,${isMalignant(p) ? 'malignant' : 'benign'}`;
const rows = Array.from({ length: PATIENTS }, (_, p) => [row(p, 'CC'), row(p, 'MLO')]).flat();

const tableOf = (lines: readonly string[]) => {
  const table = readRois([HEAD, ...lines].join('\n'));
  if (!table.ok) throw new Error(table.error);
  return table.value;
};

let pack: DiskPack;
beforeAll(async () => {
  mkdirSync(at('dicom', 'deep'), { recursive: true });
  for (let p = 0; p < PATIENTS; p++)
    for (const view of ['CC', 'MLO'])
      writeFileSync(at('dicom', 'deep', `${p}_${view}.dcm`), exam(p, view));
  const { files: _, ...manifest } = tinyManifest();
  const { length } = manifest.features.cnn;
  const svm = {
    schemaVersion: 1 as const,
    arm: 'cnn' as const,
    featureSchemaId: manifest.features.cnn.schemaId,
    scaler: { mean: Array(length).fill(0.2), scale: Array(length).fill(1) },
    kernel: 'linear' as const,
    gamma: 0,
    supportVectors: [Array.from({ length }, (_, i) => (i % 3) - 1)],
    coefficients: [1],
    bias: 0,
    calibration: { a: -1, b: 0 },
    calibrationBootstrap: [],
  };
  const reference = { schemaVersion: 1 as const, lesions: [], operatingPoints: [] };
  await writePack(
    at('pack'),
    { files: tinyGraphFiles(), hash: 'tiny' },
    manifest,
    { cnn: svm },
    reference,
    { markdown: 'card', xml: '<card/>' },
  );
  const read = readPack(at('pack'));
  if (!read.ok) throw new Error(read.error);
  pack = read.value;
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (lines: readonly string[]) => validate(pack, tableOf(lines), at('dicom'), at('cache'));

describe('validate', () => {
  it('gives the figures of evaluate, and those at the prevalence of the site', async () => {
    const report = await run(rows);
    const byPath = rows.map((line, i) =>
      i % 2 ? line.replace(uid(i >> 1, 'MLO'), `deep/${i >> 1}_MLO.dcm`) : line,
    );
    const { rois, problems } = tableOf(byPath);
    const plain = await evaluate(pack, rois, problems, at('dicom'), at('cache'));
    expect(report.problems).toEqual([]);
    expect(report.arms).toEqual(plain.arms);
    expect(report.lesions).toEqual(plain.lesions);
    expect(report.site?.prevalence).toBeCloseTo(0.4, 12);
    const restated = plain.lesions.map((l) => atPrevalence(l.ensemble as Likelihood, 0.5, 0.4));
    expect(report.cases.map((c) => c.likelihood)).toEqual(restated);
    const brier = restated.reduce((s, p, i) => s + (p - (isMalignant(i) ? 1 : 0)) ** 2 / 10, 0);
    expect(report.site?.perLesion.brier).toBeCloseTo(brier, 12);
  });

  it('tells detectors apart', async () => {
    const { subgroups } = await run(rows);
    const detectors = subgroups.filter(({ by }) => by === 'detector');
    expect(detectors.map(({ value, n }) => [value, n])).toEqual([
      ['Maker A', 6],
      ['Maker B', 4],
    ]);
  });

  it('says in its page that few lesions are few, and what was left out', async () => {
    const lost = 'gone.dcm,P99,L,CC,l99,32,62,36,36,benign';
    const text = siteReport(await run([...rows, lost]));
    expect(text).toContain('**Small**: 4 malignant and 6 benign lesions');
    expect(text).toContain("to this site's (40.0 %)");
    expect(text).toContain('| detector | Maker A | 6 (3) |');
    expect(text).toContain('| 22 | gone.dcm: the image file is missing |');
  });

  it('has no figures without an outcome, and says so', async () => {
    const report = await run(rows.slice(0, 2).map((line) => line.replace(/\w+$/, '')));
    expect(report.site).toBeNull();
    expect(report.lesions).toHaveLength(1);
    expect(siteReport(report)).toContain('No lesion has a known outcome');
  });
});

describe('readOutcomes', () => {
  it('knows a lesion by its id, or by patient and number', () => {
    const byId = readOutcomes('lesion,pathology\na,malignant\nb,benign\n');
    const byNumber = readOutcomes('patient,number,pathology\nP1,2,malignant\n');
    if (!byId.ok || !byNumber.ok) throw new Error('tables are read');
    expect(byId.value.of({ id: 'a', patient: 'P1', number: 1 })).toBe(true);
    expect(byId.value.of({ id: 'b', patient: 'P1', number: 1 })).toBe(false);
    expect(byId.value.of({ patient: 'P1', number: 1 })).toBeUndefined();
    expect(byNumber.value.of({ id: 'a', patient: 'P1', number: 2 })).toBe(true);
    expect(byNumber.value.of({ id: 'a', patient: 'P1', number: 1 })).toBeUndefined();
  });

  it('names rows that contradict one another, and tables without the columns', () => {
    const table = readOutcomes('lesion,pathology\na,malignant\na,benign\nb,perhaps\n');
    expect(table.ok && table.value.problems.map(({ line }) => line)).toEqual([3, 4]);
    expect(readOutcomes('lesion\na\n')).toMatchObject({ ok: false });
    expect(readOutcomes('patient,pathology\nP1,benign\n')).toMatchObject({ ok: false });
  });
});
