import { message } from '../../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import { archiveKind, unpackFirst } from './archive-entry.ts';
import { answeringWorker } from '../../workers/testing.ts';
import { expandArchives } from './expand-archives.ts';
import type { Unpacking, UnpackTells } from './messages.ts';

const PK = Uint8Array.of(0x50, 0x4b, 3, 4);

/** What a worker tells, and then finishes, fails, crashes or falls silent. */
type Told = {
  [N in keyof UnpackTells]: readonly [N, ...Parameters<UnpackTells[N]>];
}[keyof UnpackTells];

const worker = (told: readonly Told[], then: 'finish' | 'fail' | 'crash' | 'silence') => {
  const fake = answeringWorker<Unpacking, UnpackTells>((tell) => ({
    unpack: async () => {
      for (const [name, ...values] of told) tell(name, ...(values as never));
      if (then === 'fail') throw new Error('broken');
      if (then === 'crash') setTimeout(() => fake.crash());
      if (then !== 'finish') await new Promise(() => undefined);
    },
  }));
  return { start: () => fake, ended: fake.ended };
};

const zip = (path: string) => ({ path, file: new File([PK], path) });
const plain = { path: 'a.dcm', file: new File(['x'], 'a.dcm') };
const out = (path: string) => ({ path, file: new File(['y'], path) });

describe('archiveKind', () => {
  const tar = new Uint8Array(512);
  tar.set(new TextEncoder().encode('ustar'), 257);
  /** Of version 7: nothing but a sum over the header, in which its own place counts as spaces. */
  const oldTar = new Uint8Array(512);
  oldTar.set(new TextEncoder().encode('a.dcm'));
  const sum = oldTar.reduce((total, byte) => total + byte, 8 * 0x20);
  oldTar.set(new TextEncoder().encode(sum.toString(8).padStart(6, '0')), 148);
  it.each([
    ['exam.zip', PK, 'zip'],
    ['EXAM.ZIP', Uint8Array.of(1), 'zip'],
    ['exam', PK, 'zip'],
    ['20240101.1234', PK, 'zip'],
    ['exam.dcm', PK, 'zip'],
    ['viewer.jar', PK, undefined],
    ['letter.docx', PK, undefined],
    ['disc.tar', tar, 'tar'],
    ['disc', tar, 'tar'],
    ['disc', oldTar, 'tar'],
    ['disc', new Uint8Array(512), undefined],
    ['disc.tgz', Uint8Array.of(0x1f, 0x8b, 8), 'gzip'],
    ['IM1', Uint8Array.of(1, 2, 3, 4), undefined],
  ])('%s', (name, start, expected) => expect(archiveKind(name, start)).toBe(expected));
});

describe('unpackFirst', () => {
  it.each([
    ['a.7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], message('archive.other-kind', { kind: '7z' })],
    [
      'a.part1.rar',
      [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
      message('archive.other-kind', { kind: 'RAR' }),
    ],
    [
      'a.tar.xz',
      [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
      message('archive.other-kind', { kind: 'xz' }),
    ],
    ['disc.iso', [0, 0], message('archive.disc-image')],
    ['IM1', [0, 0], undefined],
  ])('%s', (name, start, expected) =>
    expect(unpackFirst(name, Uint8Array.from(start))).toEqual(expected),
  );
});

it.each(['disc.bin', 'disc', 'disc.dcm'])(
  '%s is told as a disc image by its content',
  async (name) => {
    const image = new Uint8Array(40_000);
    image.set(new TextEncoder().encode('CD001'), 32_769);
    const [entry] = await expandArchives([{ path: name, file: new File([image], name) }], {
      onProgress: () => undefined,
    });
    expect(entry && 'problem' in entry && entry.problem.code).toBe('archive.disc-image');
  },
);

describe('expandArchives', () => {
  const onProgress = () => undefined;

  it('puts the files of each archive in its place', async () => {
    const { start, ended } = worker(
      [
        ['entry', 0, out('1.zip/a')],
        ['entry', 1, out('2.zip/b')],
        ['entry', 0, out('1.zip/c')],
      ],
      'finish',
    );
    const found = await expandArchives([zip('1.zip'), plain, zip('2.zip')], { onProgress, start });
    expect(found.map((e) => e.path)).toEqual(['1.zip/a', '1.zip/c', 'a.dcm', '2.zip/b']);
    expect(ended()).toBe(true);
  });

  it('gives up an archive whose worker fails, falls silent or is stopped', async () => {
    const problems = async (then: 'fail' | 'silence', options: object) => {
      const { start, ended } = worker([], then);
      const found = await expandArchives([zip('1.zip')], { onProgress, start, ...options });
      expect(ended()).toBe(true);
      return found.map((e) => ('problem' in e ? e.problem.code : e.path));
    };
    expect(await problems('fail', {})).toEqual(['archive.crashed']);
    expect(await problems('silence', { patienceMs: 5 })).toEqual(['archive.too-slow']);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    expect(await problems('silence', { signal: abort.signal })).toEqual(['archive.stopped']);
  });

  it('starts no worker where there is no archive', async () => {
    const start = () => {
      throw new Error('started');
    };
    expect(await expandArchives([plain], { onProgress, start })).toEqual([plain]);
  });

  it('keeps what a crashing worker gave and names the archives it did not finish', async () => {
    const { start } = worker([['entry', 0, out('1.zip/a')]], 'crash');
    const found = await expandArchives([zip('1.zip'), plain, zip('2.zip')], { onProgress, start });
    expect(found.map((e) => [e.path, 'problem' in e])).toEqual([
      ['1.zip/a', false],
      ['1.zip', true],
      ['a.dcm', false],
      ['2.zip', true],
    ]);
  });
});
