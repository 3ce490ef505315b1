// A folder scored on a disk that is full for a while, with a site's calibration; one exam lies in two studies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDicomReport } from '../../src/adapters/dicom-sr/index.ts';
import { sampleSite } from '../../src/core/classifier/testing/sample-site.ts';
import { NoSpace } from './failures.ts';
import { openJournal, readJournal } from './journal.ts';
import { type RunningCommand, startArchiveCommand } from './testing/run-command.ts';
import { smallStudy, splitExam } from './testing/small-studies.ts';
import { makeTinyPack } from './testing/tiny-pack.ts';

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'tandem-folder-run-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
/** A disk of one MiB of its own. */
const isMounted =
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
    .status === 0;
const skipped = isMounted ? '' : ' (skipped: a disk of its own needs Linux and root)';
const filler = join(disk, 'filler');
/** Leaves so many bytes of room. */
const fillUpTo = (room: number) => {
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, new Uint8Array(Math.max(bavail * bsize - room, 0)));
};

const alone = smallStudy(1);
const split = splitExam(2);
const images = join(folder, 'images');
const results = join(disk, 'results');
let run: (...more: string[]) => RunningCommand;
const reports = () => readdirSync(results).filter((name) => name.endsWith('.dcm'));

beforeAll(async () => {
  const pack = await makeTinyPack(folder);
  mkdirSync(images);
  for (const { sopInstanceUid, bytes } of [...alone.images, ...split.images])
    writeFileSync(join(images, sopInstanceUid), bytes);
  const sha256 = createHash('sha256')
    .update(readFileSync(join(pack, 'manifest.json')))
    .digest('hex');
  const site = join(folder, 'site-calibration.json');
  writeFileSync(site, JSON.stringify(sampleSite(sha256)));
  const all = ['--folder', images, '--results', results, '--pack', pack];
  run = (...more) => startArchiveCommand([...all, '--site-calibration', site, ...more]);
}, 2 * MINUTES);
afterAll(() => {
  if (isMounted) spawnSync('umount', ['--lazy', disk]);
  rmSync(folder, { recursive: true });
});

describe(`a folder whose results go to a small disk${skipped}`, () => {
  it.skipIf(!isMounted)(
    'waits while the disk is full, and loses nothing',
    async () => {
      mkdirSync(results, { recursive: true });
      // Room for the state of the work, and none for a report.
      fillUpTo(8192);
      const command = run();
      const says = async (text: string) => {
        while (!command.output().includes(text) && command.process.exitCode === null)
          await sleep(100);
        expect(command.output()).toContain(text);
      };
      await says('There is no room left where the reports go. Waiting.');
      expect(reports()).toEqual([]);
      rmSync(filler);
      expect(await command.ended, command.output()).toBe(0);
      expect(command.output()).toContain('3 done, 0 failed');
      expect(readdirSync(results).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
    5 * MINUTES,
  );

  it.skipIf(!isMounted)(
    'has one report of an exam in two studies, and names the calibration of the site',
    async () => {
      const texts = reports().map((name) => readFileSync(join(results, name)));
      expect(texts).toHaveLength(2);
      const both = texts.filter((text) => text.includes(split.other));
      expect(both).toHaveLength(1);
      for (const text of texts) {
        expect(text.toString('utf8')).toContain('site calibration "North clinic"');
        const read = readDicomReport(new Uint8Array(text), { unread: true });
        if (!read.ok) throw new Error(read.error.code);
        expect(read.value.lesions[0]?.marks).toHaveLength(2);
      }
      const again = run();
      expect(await again.ended, again.output()).toBe(0);
      expect(again.output()).toContain('3 studies listed, 0 new.');
      expect(reports()).toHaveLength(2);
    },
    2 * MINUTES,
  );

  it.skipIf(!isMounted)('keeps its state whole where there is no room for a line', () => {
    const path = join(disk, 'journal.jsonl');
    const journal = openJournal(path);
    const line = (study: string) => ({ event: 'begun', study, at: 1 }) as const;
    journal.add(line('1.1'));
    fillUpTo(0);
    // What is left of the page that the file has already.
    const fill = () => {
      for (let n = 0; n < 200; n++) journal.add(line(`1.2.${n}`));
    };
    expect(fill).toThrow(NoSpace);
    const before = readFileSync(path, 'utf8');
    expect(before.endsWith('}\n')).toBe(true);
    rmSync(filler);
    journal.add(line('1.3'));
    journal.close();
    expect(readJournal(path)).toHaveLength(before.split('\n').length);
  });
});

describe('a calibration of a site', () => {
  it('that is of another pack is refused before anything is done', async () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify(sampleSite('d'.repeat(64))));
    const command = run('--site-calibration', other);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/pack/);
  }, 60_000);
});
