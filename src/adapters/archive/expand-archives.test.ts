import { describe, expect, it } from 'vitest';
import { isArchive } from './archive-entry.ts';
import { expandArchives, type UnpackWorker } from './expand-archives.ts';
import type { UnpackMessage } from './worker-protocol.ts';

const PK = Uint8Array.of(0x50, 0x4b, 3, 4);

/** A worker that says what it is told to, then crashes if asked to. */
const worker = (messages: readonly UnpackMessage[], crash = false) => {
  let ended = 0;
  const fake: UnpackWorker = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: () =>
      queueMicrotask(() => {
        for (const data of messages) fake.onmessage?.({ data } as MessageEvent<UnpackMessage>);
        if (crash) fake.onerror?.({} as ErrorEvent);
      }),
    terminate: () => void ended++,
  };
  return { spawn: () => fake, ended: () => ended };
};

const zip = (path: string) => ({ path, file: new File([PK], path) });
const plain = { path: 'a.dcm', file: new File(['x'], 'a.dcm') };
const out = (path: string) => ({ path, file: new File(['y'], path) });

describe('isArchive', () => {
  it.each([
    ['exam.zip', PK, true],
    ['EXAM.ZIP', Uint8Array.of(1), true],
    ['exam', PK, true],
    ['20240101.1234', PK, true],
    ['viewer.jar', PK, false],
    ['letter.docx', PK, false],
    ['IM1', Uint8Array.of(1, 2, 3, 4), false],
  ])('%s', (name, start, expected) => expect(isArchive(name, start)).toBe(expected));
});

describe('expandArchives', () => {
  const onProgress = () => undefined;

  it('puts the files of each archive in its place', async () => {
    const { spawn, ended } = worker([
      { kind: 'entry', archive: 0, entry: out('1.zip/a') },
      { kind: 'entry', archive: 1, entry: out('2.zip/b') },
      { kind: 'entry', archive: 0, entry: out('1.zip/c') },
      { kind: 'finished' },
    ]);
    const found = await expandArchives([zip('1.zip'), plain, zip('2.zip')], { onProgress, spawn });
    expect(found.map((e) => e.path)).toEqual(['1.zip/a', '1.zip/c', 'a.dcm', '2.zip/b']);
    expect(ended()).toBe(1);
  });

  it('starts no worker where there is no archive', async () => {
    const spawn = () => {
      throw new Error('started');
    };
    expect(await expandArchives([plain], { onProgress, spawn })).toEqual([plain]);
  });

  it('keeps what a crashing worker gave and names the archives it did not finish', async () => {
    const { spawn } = worker([{ kind: 'entry', archive: 0, entry: out('1.zip/a') }], true);
    const found = await expandArchives([zip('1.zip'), plain, zip('2.zip')], { onProgress, spawn });
    expect(found.map((e) => [e.path, 'problem' in e])).toEqual([
      ['1.zip/a', false],
      ['1.zip', true],
      ['a.dcm', false],
      ['2.zip', true],
    ]);
  });
});
