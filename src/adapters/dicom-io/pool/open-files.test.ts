import { message, type Message } from '../../../core/message/message.ts';
import { describe, expect, it, vi } from 'vitest';
import type { FileEntry } from '../intake/collect-entries.ts';
import { mammogramFile } from '../fixtures/build-dicom.ts';
import { MEMORY_BUDGET } from '../read/memory-cost.ts';
import { openFiles, type OpenOptions, prepareWorkers } from './open-files.ts';
import { answerFiles } from './open-one.ts';
import { readDicom } from '../read/read-dicom.ts';
import { answeringWorker, type TestWorker } from '../../../workers/testing.ts';
import type { FileOpening, OpenRequest } from './worker-protocol.ts';

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 4, lowPercentile: 2, highPercentile: 99.5 };

/** How many workers there are, were at most at a time, were started, and how often they practised. */
const counted = { alive: 0, most: 0, spawned: 0, practised: 0 };

/** A worker in the same thread: opens for real, except where the path asks for trouble. */
const fakeWorker = (hear = (request: OpenRequest) => request): TestWorker => {
  const { open } = answerFiles(readDicom);
  const worker = answeringWorker<FileOpening>(() => ({
    open: async (asked) => {
      const request = hear(asked);
      if (request.path.includes('hang')) await new Promise(() => undefined);
      if (request.path.includes('slow')) await new Promise((resolve) => setTimeout(resolve, 30));
      if (request.path.includes('crash')) {
        worker.crash('out of memory');
        await new Promise(() => undefined);
      }
      return open(request);
    },
    practise: () => void counted.practised++,
  }));
  counted.most = Math.max(counted.most, ++counted.alive);
  counted.spawned++;
  const terminate = () => {
    if (!worker.ended()) counted.alive--;
    end();
  };
  const end = worker.terminate;
  return Object.assign(worker, { terminate });
};

const entry = (path: string, bytes: Uint8Array = mammogramFile()): FileEntry => ({
  path,
  file: new File([bytes as Uint8Array<ArrayBuffer>], path),
});

const run = async (
  entries: Parameters<typeof openFiles>[0],
  options: Partial<OpenOptions> = {},
) => {
  const seen: string[] = [];
  const reasons = new Map<string, Message>();
  const progress: number[] = [];
  Object.assign(counted, { alive: 0, most: 0, spawned: 0 });
  await openFiles(entries, {
    rule,
    workers: 2,
    spawn: () => fakeWorker(),
    onProgress: (done) => progress.push(done),
    onOpened: ({ path, working }) => seen.push(`${path} ${working.width}x${working.height}`),
    onFailed: ({ fileName, reason }) => {
      seen.push(`${fileName} ${reason.code}`);
      reasons.set(fileName, reason);
    },
    ...options,
  });
  return { seen, reasons, progress };
};

describe('entries that are on their way', () => {
  it('open as each comes, and one that does not come is said', async () => {
    const settle = new Map<string, (entry: FileEntry) => void>();
    const coming = ['a', 'b', 'c'].map((path) => ({
      path,
      coming: new Promise<FileEntry>((resolve) => settle.set(path, resolve)),
    }));
    const opened: string[] = [];
    const running = run(coming, {
      workers: 1,
      holdMs: 0,
      onOpened: ({ path }) => opened.push(path),
    });
    settle.get('b')?.(entry('b'));
    await vi.waitFor(() => expect(opened).toEqual(['b']));
    settle.get('c')?.(entry('c'));
    settle.get('a')?.({ path: 'a', problem: message('server.gone') });
    const { seen, progress } = await running;
    expect(opened).toEqual(['b', 'c']);
    expect(seen).toEqual(['a server.gone']);
    expect(progress).toEqual([1, 2, 3]);
  });
});

describe('prepareWorkers', () => {
  it('starts workers that the next files take, and none that has died', async () => {
    Object.assign(counted, { alive: 0, most: 0, spawned: 0, practised: 0 });
    const made: TestWorker[] = [];
    const make = function () {
      const worker = fakeWorker();
      made.push(worker);
      return worker;
    };
    vi.stubGlobal('Worker', make);
    const seen: string[] = [];
    const open = (paths: readonly string[]) =>
      openFiles(
        paths.map((path) => entry(path)),
        {
          rule,
          workers: 2,
          onProgress: () => undefined,
          onOpened: ({ path }) => seen.push(path),
          onFailed: ({ fileName }) => seen.push(`failed ${fileName}`),
        },
      );
    prepareWorkers();
    const prepared = made.length;
    expect(prepared).toBeGreaterThan(0);
    expect(counted.practised).toBe(prepared);
    made.at(-1)?.crash('no script');
    await open(['a', 'b']);
    expect(seen).toEqual(['a', 'b']);
    // One of the two had died, and so one was started in its place (or both, where one is all there is).
    expect(counted.spawned).toBe(prepared + Math.max(0, 2 - (prepared - 1)));
    expect(counted.practised).toBe(prepared);
    vi.unstubAllGlobals();
  });
});

it('prepares none where the browser gives no worker', () => {
  vi.stubGlobal('Worker', function () {
    throw new Error('no more workers');
  });
  expect(prepareWorkers).not.toThrow();
  vi.unstubAllGlobals();
});

describe('openFiles', () => {
  it('reports every entry once, in the order given, and ends its workers', async () => {
    const { seen, progress } = await run([
      entry('slow.dcm'),
      entry('b.dcm'),
      entry('empty.dcm', new Uint8Array(0)),
      entry('c.dcm', mammogramFile({ '00280010': ['US', [0]] })),
      { path: 'locked.dcm', problem: message('file.unreadable-file', { reason: 'denied' }) },
    ]);
    expect(seen).toEqual([
      'slow.dcm 6x4',
      'b.dcm 6x4',
      'empty.dcm file.empty-file',
      'c.dcm file.bad-size',
      'locked.dcm file.unreadable-file',
    ]);
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    expect(counted.alive).toBe(0);
  });

  it('loses only the file that crashes its worker', async () => {
    const { seen } = await run([entry('a'), entry('crash'), entry('b'), entry('c')], {
      workers: 1,
    });
    expect(seen).toEqual(['a 6x4', 'crash file.decoder-crashed', 'b 6x4', 'c 6x4']);
    expect(counted.spawned).toBe(2);
  });

  it('gives up on a file that never ends', async () => {
    const { seen } = await run([entry('hang'), entry('b')], {
      workers: 1,
      patienceMs: 20,
      lastPatienceMs: 20,
    });
    expect(seen).toEqual(['b 6x4', 'hang file.too-slow']);
  });

  it('shows good files while a bad one is still being looked at', async () => {
    const abort = new AbortController();
    const { seen } = await run([entry('hang'), entry('b'), entry('c')], {
      holdMs: 5,
      patienceMs: 1e6,
      signal: abort.signal,
      onProgress: (done) => done === 2 && setTimeout(() => abort.abort(), 50),
    });
    expect(seen).toEqual(['b 6x4', 'c 6x4']);
  });

  it('opens what needs much memory by itself, after the others', async () => {
    const asked: [string, number][] = [];
    const frugal = (request: OpenRequest): OpenRequest => {
      asked.push([request.path, request.allowance / MEMORY_BUDGET]);
      // As a picture would that needs more than half of all memory.
      return request.path === 'large'
        ? { ...request, allowance: request.allowance - 0.6 * MEMORY_BUDGET }
        : request;
    };
    const { seen } = await run([entry('large'), entry('b')], { spawn: () => fakeWorker(frugal) });
    expect(seen).toEqual(['b 6x4', 'large 6x4']);
    expect(asked).toEqual([
      ['large', 0.5],
      ['b', 0.5],
      ['large', 1],
    ]);
  });

  it('asks once more, of another worker, where the decoder could not be had', async () => {
    const start = message('file.decoder-crashed.start', { format: 'JPEG', reason: 'no network' });
    const withoutDecoder = (): TestWorker =>
      answeringWorker<FileOpening>(() => ({
        open: ({ path }) => ({ ok: false, failure: { fileName: path, reason: start } }),
        practise: () => undefined,
      }));
    const workers = [withoutDecoder, fakeWorker, withoutDecoder];
    const spawn = () => (workers.shift() as () => TestWorker)();
    expect((await run([entry('a')], { workers: 1, spawn })).seen).toEqual(['a 6x4']);
    const { seen, reasons } = await run([entry('b')], { workers: 1, spawn: withoutDecoder });
    expect(seen).toEqual(['b file.decoder-crashed.start']);
    expect(reasons.get('b')).toEqual(start);
  });

  it('asks no worker about files that are not DICOM', async () => {
    const text = new TextEncoder().encode('nothing to see here, '.repeat(40));
    const many = Array.from({ length: 290 }, (_, i) => entry(`note-${i}.txt`, text));
    const before = performance.now();
    const { seen } = await run(many);
    expect(seen.filter((s) => s.endsWith('not-dicom'))).toHaveLength(290);
    expect(counted.spawned).toBe(0);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('never has more files open than workers', async () => {
    await run(
      Array.from({ length: 12 }, (_, i) => entry(`slow-${i}`)),
      { workers: 3 },
    );
    expect(counted.most).toBe(3);
  });

  it('stops when aborted', async () => {
    const abort = new AbortController();
    const { seen } = await run([entry('a'), entry('hang'), entry('b')], {
      workers: 1,
      signal: abort.signal,
      onProgress: () => setTimeout(() => abort.abort(), 5),
    });
    expect(seen).toEqual(['a 6x4']);
    expect(counted.alive).toBe(0);
  });

  it('says so where the file cannot be read', async () => {
    const broken = new File(['x'], 'gone.dcm');
    broken.slice = () => {
      throw new DOMException('the file was moved', 'NotFoundError');
    };
    const { reasons } = await run([{ path: 'gone.dcm', file: broken }]);
    expect(reasons.get('gone.dcm')).toEqual(
      message('file.unreadable-file', { reason: 'the file was moved' }),
    );
  });
});
