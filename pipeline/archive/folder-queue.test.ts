import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudyFailure, StudyRefused } from './failures.ts';
import { openFolderQueue } from './folder-queue.ts';
import { holder, openJournal } from './journal.ts';
import type { Handler, Outcome, WorkQueue } from './ports.ts';

let folder: string;
let path: string;
let queue: WorkQueue;
const open = (journal = openJournal(path)) => {
  queue = openFolderQueue({ path, journal, order: 'newest', delay: 0.01, tell: () => {} });
  return queue;
};
const DONE: Outcome = {
  outcome: 'stored',
  images: 2,
  refused: 0,
  findings: 1,
  bytes: 9,
  seconds: 3,
};
const studies = ['20200101', '20240101', '', '20220101'].map((date, i) => ({
  study: `1.${i}`,
  date,
  objects: 4,
}));

/** Works until nothing is left. */
const workOff = async (handler: Handler, jobs = 1) => {
  const work = queue.work(handler, jobs);
  for (let counts = await queue.counts(); counts.waiting + counts.active + counts.delayed > 0;) {
    await sleep(20);
    counts = await queue.counts();
  }
  await work.stop(false);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-queue-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(async () => {
  await queue.close();
  rmSync(folder, { recursive: true });
});

describe('the queue of a folder', () => {
  it('hands out each study once, newest first, those without a date last', async () => {
    const seen: string[] = [];
    expect(await open().add(studies)).toBe(4);
    await workOff(async ({ study }) => {
      seen.push(study);
      return DONE;
    });
    expect(seen).toEqual(['1.1', '1.3', '1.0', '1.2']);
    expect(await queue.counts()).toMatchObject({ done: 4, failed: 0 });
    await queue.close();
    expect(await open().add(studies)).toBe(0);
    expect(await queue.counts()).toMatchObject({ waiting: 0, done: 4 });
    expect(await queue.countDone(studies)).toBe(4);
    expect((await queue.pace()).secondsAStudy).toBe(3);
  });

  it('tries three times what fails, and once what is refused, and can begin anew', async () => {
    const tries: Record<string, number> = {};
    open();
    await queue.add(studies);
    await workOff(async ({ study }) => {
      tries[study] = (tries[study] ?? 0) + 1;
      if (study === '1.0') throw new StudyFailure('bad');
      if (study === '1.1') throw new StudyRefused('no');
      if (study === '1.2') throw new TypeError('Doe^Jane is not a function');
      return DONE;
    }, 2);
    expect(tries).toEqual({ '1.0': 3, '1.1': 1, '1.2': 3, '1.3': 1 });
    const failures = await queue.failures();
    expect(failures.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        'bad',
        'no',
        expect.stringMatching(/^The program failed \(TypeError/),
      ]),
    );
    expect(readFileSync(path, 'utf8')).not.toContain('Doe');
    expect(await queue.retryFailed()).toBe(3);
    await queue.add(studies);
    await workOff(async () => DONE);
    expect(await queue.counts()).toMatchObject({ done: 4, failed: 0 });
  });

  it('goes on after it was cut off, in the middle of a line too', async () => {
    open();
    await queue.add(studies);
    await workOff(async () => DONE);
    await queue.close();
    const [line = ''] = readFileSync(path, 'utf8').split('\n').slice(1);
    appendFileSync(path, '{"event":"done","study":"1.9","at":1,"outc');
    open();
    expect(await queue.add([...studies, { study: '1.9', date: '', objects: 1 }])).toBe(1);
    await workOff(async () => DONE);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.every((text) => JSON.parse(text))).toBe(true);
    expect(lines).toContain(line);
  });

  it('gives a study up that the run ended at three times', async () => {
    const begun = JSON.stringify({ event: 'begun', study: '1.0', at: 1 });
    writeFileSync(path, `${begun}\n${begun}\n${begun}\n`);
    open();
    await queue.add(studies.slice(0, 1));
    expect(await queue.counts()).toMatchObject({ waiting: 0, failed: 1 });
    expect((await queue.failures())[0]?.reason).toContain('ended three times');
  });

  it('puts back, without counting it as a try, what is stopped at once', async () => {
    open();
    await queue.add(studies.slice(0, 1));
    const work = queue.work(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new StudyFailure('killed'))),
        ),
      1,
    );
    await sleep(200);
    await work.stop(true);
    expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0, failed: 0 });
    await workOff(async ({ attempt }) => {
      expect(attempt).toBe(1);
      return DONE;
    });
  });

  it('belongs to one process at a time, and to the next where that one is gone', async () => {
    writeFileSync(`${path}.lock`, String(process.ppid));
    expect(() => openJournal(path)).toThrow(/is at work on this folder/);
    writeFileSync(`${path}.lock`, '999999999');
    open();
  });

  it('is not kept by a lock with our own PID, as a container leaves it that was killed', () => {
    writeFileSync(`${path}.lock`, holder(process.pid));
    open();
  });

  it.skipIf(process.platform !== 'linux')(
    'is not kept by a lock whose PID is another process’s by now',
    () => {
      writeFileSync(`${path}.lock`, holder(process.ppid));
      expect(() => openJournal(path)).toThrow(/is at work on this folder/);
      const [, boot = '', began = ''] = holder(process.ppid).split(' ');
      writeFileSync(`${path}.lock`, `${process.ppid} ${boot} ${Number(began) - 1}`);
      openJournal(path).close();
      writeFileSync(`${path}.lock`, `${process.ppid} another-boot ${began}`);
      open();
    },
  );

  it('can be looked at without being touched', async () => {
    open();
    await queue.add(studies);
    await workOff(async ({ study }) => {
      if (study === '1.0') throw new StudyRefused('no');
      return DONE;
    });
    const look = openFolderQueue({
      path,
      journal: undefined,
      order: 'newest',
      delay: 1,
      tell: () => {},
    });
    expect(await look.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, done: 3, failed: 1 });
  });
});
