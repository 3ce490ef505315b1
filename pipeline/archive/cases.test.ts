// Real mammograms from a folder, without any server; the marks of the reports are scored anew by
// `npm run evaluate`, which goes its own way to the same chain.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/debian.mjs';
import { readDicomReport } from '../../src/adapters/dicom-sr/index.ts';
import { startArchiveCommand } from './testing/run-command.ts';

const CASES = '../shared/cases';
const missing = existsSync(CASES) ? '' : ' (skipped: ../shared/cases is not there)';
const MODELS = 'public/models';
const { packs } = JSON.parse(readFileSync(join(MODELS, 'index.json'), 'utf8')) as {
  packs: string[];
};
/** Of the nine, so that it does not take long; ARCHIVE_CASES=9 takes all. */
const MOST = process.env.ARCHIVE_CASES ?? '3';
const results = mkdtempSync(join(tmpdir(), 'tandem-cases-'));
const archive = (...more: string[]) =>
  startArchiveCommand(['--folder', CASES, '--results', results, '--most', MOST, ...more]);
const reports = () => readdirSync(results).filter((name) => name.endsWith('.dcm'));

interface Evaluated {
  readonly lesions: readonly { readonly ensemble: number; readonly views: number }[];
}

describe.skipIf(missing)(`a folder of cases${missing}`, () => {
  beforeAll(async () => {
    const command = archive();
    expect(await command.ended, command.output()).toBe(0);
  }, 600_000);
  afterAll(() => rmSync(results, { recursive: true }));

  it('gives each study one report, and a second run nothing more', async () => {
    const before = reports();
    expect(before).toHaveLength(Number(MOST));
    const again = startArchiveCommand([
      ...['--folder', CASES, '--results', results, '--most', '0'],
    ]);
    expect(await again.ended, again.output()).toBe(0);
    expect(again.output()).toContain(`${MOST} done, 0 failed`);
    expect(reports()).toEqual(before);
  }, 60_000);

  it('scores what it found as evaluate does', async () => {
    const json = join(results, 'evaluated.json');
    const pack = join(MODELS, packs[0] ?? '');
    const args = ['--pack', pack, '--reports', results, '--images', CASES, '--json', json];
    const cache = ['--cache', join(results, 'cache')];
    const command = ['--import', 'tsx', 'pipeline/cli.ts', 'evaluate', ...args, ...cache];
    // Exit code 3: without outcomes there are no figures.
    await promisify(execFile)(process.execPath, command).catch(() => {});
    const { lesions } = JSON.parse(readFileSync(json, 'utf8')) as Evaluated;
    const likelihoods = reports().flatMap((name) => {
      const bytes = new Uint8Array(readFileSync(join(results, name)));
      const read = readDicomReport(bytes, { unread: true });
      if (!read.ok) throw new Error(read.error.code);
      return read.value.lesions.map(({ score, marks }) => ({
        value: score?.likelihood.value ?? NaN,
        views: marks.length,
      }));
    });
    const sorted = (values: number[]) => values.sort((a, b) => a - b);
    const theirs = sorted(lesions.map(({ ensemble }) => ensemble));
    const ours = sorted(likelihoods.map(({ value }) => value));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours).toHaveLength(theirs.length);
    ours.forEach((value, i) => expect(Math.abs(value - (theirs[i] as number))).toBeLessThan(0.005));
  }, 120_000);

  it('leaves the page a report that it does not take for the reader’s own', () => {
    for (const name of reports()) {
      const read = readDicomReport(new Uint8Array(readFileSync(join(results, name))));
      expect(!read.ok && read.error.code).toBe('report.unread');
    }
  });

  it.skipIf(!findProgram('dciodvfy'))('writes what dciodvfy finds nothing wrong with', () => {
    for (const name of reports()) {
      const { stdout, stderr } = spawnSync('dciodvfy', [join(results, name)], { encoding: 'utf8' });
      expect(`${stdout}${stderr}`).not.toMatch(/^Error/m);
    }
  });
});
