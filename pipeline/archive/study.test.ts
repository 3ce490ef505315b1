import { describe, expect, it } from 'vitest';
import { ArchiveTrouble, NoSpace, PutBack, StudyFailure, StudyRefused } from './failures.ts';
import { jobIdentity } from './job-identity.ts';
import type { Archive, ImageReference, Step, StoredReport } from './ports.ts';
import type { Scorer } from './score/scorer.ts';
import { createHandler } from './study.ts';

const PACK = { id: 'pack', version: '1' };
const STUDY = '1.2.3';
const one = (sop: string, frames?: number, study = STUDY): ImageReference => ({
  study,
  seriesInstanceUid: '1.2.3.1',
  sopInstanceUid: sop,
  frames,
});

interface World {
  images: ImageReference[];
  /** Of the same patient and day. */
  exam: string[];
  /** What the archive as a whole says, look by look. */
  troubles: (string | undefined)[];
  fetch: () => Uint8Array;
  store: () => void;
}

const setUp = (changes: Partial<World> = {}) => {
  const world: World = {
    images: [one('1.1'), one('1.2')],
    exam: [STUDY],
    troubles: [],
    fetch: () => new Uint8Array(10),
    store: () => {},
    ...changes,
  };
  const stored: StoredReport[] = [];
  const asked: string[] = [];
  const told: (string | undefined)[] = [];
  const stopping = new AbortController();
  const archive: Archive = {
    studies: async function* () {},
    exam: async () => world.exam,
    images: async (study) => world.images.filter((image) => image.study === study),
    fetch: async (image) => {
      asked.push(image.sopInstanceUid);
      return world.fetch();
    },
    holds: async ({ sopInstanceUid }) => stored.some((r) => r.sopInstanceUid === sopInstanceUid),
    store: async (report) => {
      world.store();
      stored.push(report);
    },
    trouble: async () => world.troubles.shift(),
  };
  const looked: string[] = [];
  const scorer: Scorer = {
    begin: async () => {},
    look: async ({ sopInstanceUid }) => void looked.push(sopInstanceUid),
    refuse: async ({ sopInstanceUid }) => void looked.push(`refused ${sopInstanceUid}`),
    finish: async () => ({
      report: Uint8Array.of(7),
      studyInstanceUid: STUDY,
      images: 2,
      refused: 0,
      findings: 1,
    }),
    memory: () => 0,
    end: () => {},
  };
  const waiting = {
    first: 1,
    longest: 4,
    tell: (why: string | undefined) => void told.push(why),
    stopping: stopping.signal,
  };
  const { handle } = createHandler({ archive, pack: PACK, waiting }, () => scorer);
  const steps: Step[] = [];
  const run = (study = STUDY, signal = new AbortController().signal) =>
    handle({ study, attempt: 1, signal, step: async (step) => void steps.push(step) });
  return { world, run, stored, asked, looked, told, steps, stopping };
};

/** Fails so many times, then does not. */
const failing = (times: number, error: Error, value = new Uint8Array(10)) => {
  let left = times;
  return () => {
    if (left-- > 0) throw error;
    return value;
  };
};

describe('a study', () => {
  it('goes through its steps and is stored under the UIDs of its job', async () => {
    const { run, stored, steps } = setUp();
    const outcome = await run();
    expect(outcome).toMatchObject({ outcome: 'stored', images: 2, findings: 1, bytes: 20 });
    expect(steps).toEqual(['checking', 'listing', 'fetching', 'scoring', 'confirming', 'storing']);
    const { seriesInstanceUid, sopInstanceUid } = jobIdentity([STUDY], PACK);
    expect(stored).toMatchObject([{ seriesInstanceUid, sopInstanceUid, studyInstanceUid: STUDY }]);
  });

  it('is neither fetched nor stored again once its report is there', async () => {
    const { run, stored, asked } = setUp();
    await run();
    asked.length = 0;
    expect(await run()).toMatchObject({ outcome: 'there', bytes: 0 });
    expect(asked).toEqual([]);
    expect(stored).toHaveLength(1);
  });

  it('is scored with the others of its exam, and the exam is stored once whichever asks for it', async () => {
    const other = '1.2.4';
    const { run, world, stored, asked } = setUp({
      images: [one('1.1'), one('1.2', undefined, other)],
      exam: [STUDY, other],
    });
    expect(await run(other)).toMatchObject({ outcome: 'stored' });
    expect(asked).toEqual(['1.1', '1.2']);
    expect(stored).toMatchObject([
      { sopInstanceUid: jobIdentity([other, STUDY], PACK).sopInstanceUid },
    ]);
    expect(await run(STUDY)).toMatchObject({ outcome: 'there' });
    expect(stored).toHaveLength(1);
    // One that comes later makes another exam of it.
    world.exam = [STUDY, other, '1.2.5'];
    expect(await run('1.2.5')).toMatchObject({ outcome: 'stored' });
    expect(stored).toHaveLength(2);
  });

  it('fails, to be tried again, where a study of its exam came while it was scored', async () => {
    const { run, stored, world } = setUp();
    world.fetch = () => {
      world.exam = [STUDY, '1.2.5'];
      world.images = [one('1.1'), one('1.2'), one('1.3', undefined, '1.2.5')];
      return new Uint8Array(1);
    };
    await expect(run()).rejects.toThrow('Its images changed');
    expect(stored).toEqual([]);
  });

  it('is stored once where the archive kept it and its answer was lost', async () => {
    const { run, stored, world } = setUp();
    world.store = () => {
      world.store = () => {};
      stored.push({
        ...jobIdentity([STUDY], PACK),
        studyInstanceUid: STUDY,
        bytes: Uint8Array.of(),
      });
      throw new ArchiveTrouble('silent');
    };
    world.troubles = ['away'];
    await run();
    expect(stored).toHaveLength(1);
  });

  it('waits while the archive as a whole is away, and says so once', async () => {
    const { run, told, stored } = setUp({
      fetch: failing(3, new ArchiveTrouble('503')),
      troubles: ['away', 'away', 'away'],
    });
    await run();
    expect(told).toEqual(['away', undefined]);
    expect(stored).toHaveLength(1);
  });

  it('fails where the archive is well and this study alone is not to be had', async () => {
    const { run, stored } = setUp({ fetch: failing(9, new ArchiveTrouble('503')) });
    await expect(run()).rejects.toThrow(StudyFailure);
    expect(stored).toEqual([]);
  });

  it('waits with its report in hand while there is no room for it', async () => {
    const store = failing(2, new NoSpace('full'));
    const { run, told, stored } = setUp({ store: () => void store() });
    await run();
    expect(told).toEqual(['full', undefined]);
    expect(stored).toHaveLength(1);
  });

  it('is put back where the worker is to stop while it waits', async () => {
    const { run, stopping } = setUp({
      fetch: failing(9, new ArchiveTrouble('503')),
      troubles: Array.from({ length: 9 }, () => 'away'),
    });
    stopping.abort();
    await expect(run()).rejects.toThrow(PutBack);
  });

  it('fails, to be tried again, where a store is refused', async () => {
    const { run } = setUp({
      store: () => {
        throw new StudyFailure('refused');
      },
    });
    await expect(run()).rejects.toThrow('refused');
  });

  it('is not stored where more of it came while it was scored', async () => {
    const { run, stored, world } = setUp();
    world.fetch = () => {
      world.images = [...world.images, one(`1.${world.images.length + 1}`)];
      return new Uint8Array(1);
    };
    await expect(run()).rejects.toThrow('Its images changed');
    expect(stored).toEqual([]);
  });

  it('is looked at in one order, whatever order the archive lists it in', async () => {
    const { run, looked } = setUp({ images: [one('1.2'), one('1.1')] });
    await run();
    expect(looked).toEqual(['1.1', '1.2']);
  });

  it('is refused where it has no mammogram', async () => {
    await expect(setUp({ images: [] }).run()).rejects.toThrow(StudyRefused);
  });

  it('does not fetch tomosynthesis to refuse it', async () => {
    const { run, asked, looked } = setUp({ images: [one('1.1'), one('1.2', 60)] });
    await run();
    expect(asked).toEqual(['1.1']);
    expect(looked).toEqual(['1.1', 'refused 1.2']);
  });
});
