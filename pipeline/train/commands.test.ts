// The two commands end to end, on drawn pictures and a two-layer network.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyGraphFiles } from '../../src/adapters/tfjs/testing/tiny-pack.ts';
import { fused } from '../../src/core/lesion/score-lesion.ts';
import { readPack } from '../pack/read-pack.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const PATIENTS = 30;
const random = seededRandom(3);
const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
const at = (...parts: string[]) => join(folder, ...parts);

/** A half-ellipse of tissue with a blob: bright when malignant, faint when benign. */
const picture = (malignant: boolean): Uint8Array => {
  const size = 120;
  const peak = malignant ? 60 + 40 * random() : 25 + 30 * random();
  const data = Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    if ((x / 100) ** 2 + ((y - 60) / 55) ** 2 > 1) return 0;
    const blob = peak * Math.exp(-((x - 40) ** 2 + (y - 60) ** 2) / 100);
    return Math.min(255, 70 + 20 * random() + blob);
  });
  return encode({ width: size, height: size, data, channels: 1, depth: 8 });
};

const HEAD = 'image,patient,side,view,lesion,x,y,width,height,pathology';
const row = (p: number, view: string) =>
  `${p}_${view}.png,p${p},L,${view},p${p}_L_1,28,48,24,24,${p % 2 ? 'malignant' : 'benign'}`;
const good = Array.from({ length: PATIENTS }, (_, p) => [row(p, 'CC'), row(p, 'MLO')]).flat();

const run = async (verb: string, ...args: string[]) => {
  const command = ['--import', 'tsx', 'pipeline/cli.ts', verb, ...args];
  return promisify(execFile)(process.execPath, command).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
};

const table = (name: string, ...lines: string[]) => {
  writeFileSync(at(name), [HEAD, ...lines].join('\n'));
  return at(name);
};

const trainOn = (rois: string, out: string) =>
  run(
    'train',
    ...['--rois', rois, '--images', at('images'), '--backbone', at('graph')],
    ...['--out', at(out), '--results', at(`${out}.json`), '--cache', at('cache')],
    ...['--size', '32', '--id', out],
  );
const evaluateOn = (rois: string, pack: string, json: string) =>
  run(
    'evaluate',
    ...['--pack', at(pack), '--rois', rois, '--images', at('images')],
    ...['--json', at(json), '--cache', at('cache')],
  );
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'));

beforeAll(() => {
  mkdirSync(at('images'));
  mkdirSync(at('graph'));
  for (const [path, bytes] of tinyGraphFiles())
    writeFileSync(at('graph', path), new Uint8Array(bytes));
  for (let p = 0; p < PATIENTS; p++)
    for (const view of ['CC', 'MLO'])
      writeFileSync(at('images', `${p}_${view}.png`), picture(p % 2 === 1));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('train and evaluate', () => {
  it('train writes a pack that reads back, and evaluate scores with nothing but it', async () => {
    const rois = table('good.csv', ...good);
    const trained = await trainOn(rois, 'pack-a');
    expect(trained.stderr + trained.stdout).toContain('lesion AUC');
    expect(trained.code).toBe(0);
    const results = json('pack-a.json');
    expect(results.perLesion.n).toBe(PATIENTS);
    expect(results.perLesion.auc.value).toBeGreaterThan(0.9);
    const pack = readPack(at('pack-a'));
    expect(pack.ok && pack.value.reference.lesions).toHaveLength(PATIENTS);

    expect((await evaluateOn(rois, 'pack-a', 'eval.json')).code).toBe(0);
    const report = json('eval.json');
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(['pack', 'arms', 'comparisons', 'subgroups', 'lesions', 'problems']),
    );
    expect(report.arms.cnn.perLesion.n).toBe(PATIENTS);
    expect(report.arms.cnn.perView.n).toBe(2 * PATIENTS);
    expect(Object.keys(report.arms)).toEqual(['cnn', 'analytic', 'ensemble']);
    expect(report.comparisons).toHaveLength(3);
    const [first] = report.lesions;
    const rule = pack.ok ? pack.value.manifest.fusion : undefined;
    const mean = (first.cnn + first.analytic) / 2;
    expect(first.ensemble).toBeCloseTo(rule ? fused(rule, 'lesion', mean) : Number.NaN, 10);
    expect(report.lesions[0]).toMatchObject({ lesion: 'p0_L_1', pathology: 'benign', views: 2 });
  });

  it('train is the same for the same seed', async () => {
    const rois = table('good.csv', ...good);
    await trainOn(rois, 'pack-a');
    const first = readFileSync(at('pack-a', 'manifest.json'), 'utf8');
    await trainOn(rois, 'pack-a');
    expect(readFileSync(at('pack-a', 'manifest.json'), 'utf8')).toBe(first);
  });

  it('evaluate names bad rows by line, scores the rest and says so by its exit code', async () => {
    const bad = [
      'gone.png,q1,L,CC,q1_L_1,28,48,24,24,benign',
      '0_CC.png,p0,L,CC,q2_L_1,110,48,24,24,benign',
      '1_CC.png,p1,L,CC,p1_L_9,28,48,24,24,who knows',
      'text.png,q3,L,CC,q3_L_1,28,48,24,24,benign',
      '2_CC.png,p2,L,CC,q4_L_1,28,48,24,24,',
    ];
    writeFileSync(at('images', 'text.png'), 'not a picture');
    const rois = table('bad.csv', row(0, 'CC'), row(1, 'CC'), ...bad);
    const { code, stderr } = await evaluateOn(rois, 'pack-a', 'bad.json');
    expect(code).toBe(3);
    const { problems, lesions } = json('bad.json');
    expect(problems.map((p: { line: number }) => p.line)).toEqual([0, 4, 5, 6, 7]);
    expect(stderr).toContain('line 4: gone.png: the image file is missing');
    expect(stderr).toMatch(/line 5: the box .* reaches outside the image of 120 x 120/);
    expect(stderr).toContain('line 6: pathology "who knows" is unknown');
    expect(stderr).toMatch(/line 7: text\.png could not be read/);
    expect(stderr).toContain('1 lesions have no pathology');
    expect(lesions.map((l: { pathology: string | null }) => l.pathology)).toEqual([
      'benign',
      'malignant',
      null,
    ]);
  });

  it('evaluate says before its work that it cannot write its answer', async () => {
    const rois = table('good.csv', ...good);
    const { code, stderr } = await evaluateOn(rois, 'pack-a', 'no-folder/out.json');
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(/^ENOENT: no such file or directory, open '.*out\.json'$/);
  });

  it('evaluate scores lesions of one class and says what that leaves out', async () => {
    const rois = table('one.csv', row(1, 'CC'), row(3, 'CC'));
    const { code } = await evaluateOn(rois, 'pack-a', 'one.json');
    const report = json('one.json');
    expect(code).toBe(3);
    expect(report.lesions).toHaveLength(2);
    expect(report.arms.cnn.perLesion.auc).toBeNull();
    expect(report.problems[0].reason).toContain('both needed for an AUC');
  });

  it('train refuses one class only, and evaluate a pack that was changed', async () => {
    const rois = table('one.csv', row(1, 'CC'), row(3, 'CC'));
    const trained = await trainOn(rois, 'pack-b');
    expect(trained.code).toBe(1);
    expect(trained.stderr).toContain('both are needed to train');
    writeFileSync(at('pack-a', 'svm-cnn.json'), '{}');
    const evaluated = await evaluateOn(rois, 'pack-a', 'never.json');
    expect(evaluated.code).toBe(1);
    expect(evaluated.stderr).toContain('svm-cnn.json is not the file that the manifest describes');
  });
});
