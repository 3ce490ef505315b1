import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, it } from 'vitest';
import type { ArchiveEntry } from './archive-entry.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts';
import { unpackArchives } from './unpack.ts';

type Contents = Readonly<Record<string, Uint8Array>>;
const bytes = (text: string) => new TextEncoder().encode(text);

const zipOf = async (contents: Contents, options = {}): Promise<Uint8Array> => {
  const writer = new ZipWriter(new BlobWriter());
  for (const [name, content] of Object.entries(contents))
    await writer.add(name, new Uint8ArrayReader(content), options);
  return new Uint8Array(await (await writer.close()).arrayBuffer());
};

const unpack = async (
  archives: Readonly<Record<string, Uint8Array>>,
  limits: Partial<ArchiveLimits> = {},
) => {
  const found: ArchiveEntry[] = [];
  const progress: string[] = [];
  const files = Object.entries(archives).map(([path, content]) => ({
    path,
    file: new File([content as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf('/') + 1)),
  }));
  await unpackArchives(files, {
    limits: { ...ARCHIVE_LIMITS, ...limits },
    onEntry: (entry) => found.push(entry),
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  const texts = found.map(async (entry) => [
    entry.path,
    'file' in entry
      ? await entry.file.text()
      : `! ${entry.problem.code} ${Object.values(entry.problem.values).join(' ')}`,
  ]);
  return { texts: Object.fromEntries(await Promise.all(texts)), progress, found };
};

/** Incompressible bytes, the same at every run. */
const noise = (length: number): Uint8Array => {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (state * 48271) % 2147483647) & 255);
};

describe('unpackArchives', () => {
  it('hands over every file by its path, in natural order', async () => {
    const { found, texts, progress } = await unpack({
      'cd/exam.zip': await zipOf({
        'images/IM10': bytes('ten'),
        'images/IM2': bytes('two'),
        'folder/': new Uint8Array(0),
        '__MACOSX/images/._IM2': bytes('not the reader’s'),
      }),
    });
    expect(found.map((e) => e.path)).toEqual(['cd/exam.zip/images/IM2', 'cd/exam.zip/images/IM10']);
    expect(texts['cd/exam.zip/images/IM10']).toBe('ten');
    expect(found.map((e) => ('file' in e ? e.file.name : ''))).toEqual(['IM2', 'IM10']);
    expect(progress.at(-1)).toBe('2/2');
  });

  it('brings large, stored and deflated, files back byte for byte', async () => {
    const content = noise(300_000);
    for (const level of [0, 6]) {
      const { found } = await unpack({ 'a.zip': await zipOf({ big: content }, { level }) });
      const [entry] = found;
      if (!entry || !('file' in entry)) throw new Error(`level ${level}: ${entry?.problem.code}`);
      expect(new Uint8Array(await entry.file.arrayBuffer())).toEqual(content);
    }
  });

  it('looks into a zip within a zip, and no deeper', async () => {
    const deepest = await zipOf({ c: bytes('deep') });
    const inner = await zipOf({ b: bytes('inner'), 'deepest.zip': deepest });
    const { texts } = await unpack({ 'outer.zip': await zipOf({ 'in/inner.zip': inner }) });
    expect(texts).toEqual({
      'outer.zip/in/inner.zip/b': 'inner',
      'outer.zip/in/inner.zip/deepest.zip': expect.stringMatching(/^! archive.too-deep/),
    });
  });

  it('names a damaged file and unpacks the rest', async () => {
    const archive = await zipOf({ a: bytes('first'), b: bytes('second') }, { level: 0 });
    const at = new TextDecoder('latin1').decode(archive).indexOf('second');
    archive[at] = (archive[at] as number) ^ 1;
    const { texts } = await unpack({ 'x.zip': archive });
    expect(texts).toEqual({
      'x.zip/a': 'first',
      'x.zip/b': expect.stringMatching(/^! archive.damaged-file/),
    });
  });

  it('names an archive that was cut off, or is none, or is empty, and goes on', async () => {
    const whole = await zipOf({ a: bytes('first'), b: noise(2000) });
    const { texts } = await unpack({
      'cut.zip': whole.slice(0, 1500),
      'text.zip': bytes('Dear colleague'),
      'empty.zip': await zipOf({}),
      'whole.zip': whole,
    });
    expect(texts['cut.zip']).toBe('! archive.no-list ');
    expect(texts['text.zip']).toBe('! archive.no-list ');
    expect(texts['empty.zip']).toMatch(/archive.empty/);
    expect(texts['whole.zip/a']).toBe('first');
  });

  it('says that a password is in the way, once where all is locked', async () => {
    const locked = { password: 'x', zipCrypto: true };
    const archive = await zipOf({ a: bytes('1'), b: bytes('2') }, locked);
    expect((await unpack({ 'l.zip': archive })).texts).toEqual({
      'l.zip': expect.stringMatching(/^! archive.encrypted $/),
    });
    const writer = new ZipWriter(new BlobWriter());
    await writer.add('open', new Uint8ArrayReader(bytes('yes')));
    await writer.add('closed', new Uint8ArrayReader(bytes('no')), locked);
    const mixed = new Uint8Array(await (await writer.close()).arrayBuffer());
    expect((await unpack({ 'm.zip': mixed })).texts).toEqual({
      'm.zip/open': 'yes',
      'm.zip/closed': expect.stringMatching(/^! archive.encrypted-file/),
    });
  });
});

describe('limits', () => {
  const zeros = new Uint8Array(100_000);

  it('refuses a file that grows too much, unless it is small', async () => {
    const archive = await zipOf({ bomb: zeros, fine: bytes('fine') });
    const { texts } = await unpack({ 'x.zip': archive }, { ratioFloor: 50_000 });
    expect(texts['x.zip/bomb']).toMatch(/archive.ratio 200/);
    expect(texts['x.zip/fine']).toBe('fine');
    const small = await unpack({ 'x.zip': archive }, { ratioFloor: 200_000 });
    expect(small.found.every((e) => 'file' in e)).toBe(true);
  });

  it('does not believe the size that an archive claims', async () => {
    const archive = await zipOf({ bomb: zeros });
    const view = new DataView(archive.buffer);
    // The uncompressed size stands in the local header (22) and in the central directory (24).
    for (let at = 0; at + 4 < archive.length; at++) {
      const mark = view.getUint32(at, true);
      if (mark === 0x04034b50) view.setUint32(at + 22, 10, true);
      if (mark === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    const { found } = await unpack({ 'x.zip': archive }, { ratioFloor: 50_000 });
    expect(found).toMatchObject([
      { path: 'x.zip/bomb', problem: { code: 'archive.damaged-file' } },
    ]);
  });

  it('counts the bytes of all archives together', async () => {
    const [one, two] = [
      await zipOf({ a: noise(700) }),
      await zipOf({ b: noise(700), c: noise(9) }),
    ];
    const { found, texts } = await unpack({ '1.zip': one, '2.zip': two }, { largestTotal: 1000 });
    expect(found.filter((e) => 'file' in e).map((e) => e.path)).toEqual(['1.zip/a', '2.zip/c']);
    expect(texts['2.zip/b']).toMatch(/archive.total/);
  });

  it('refuses a file that is too large alone', async () => {
    const { texts } = await unpack(
      { '1.zip': await zipOf({ a: noise(700) }) },
      { largestFile: 600 },
    );
    expect(texts['1.zip/a']).toMatch(/archive.size 0 MiB/);
  });

  it('refuses an archive of too many files, and counts those inside inner archives', async () => {
    const inner = await zipOf({ a: bytes('1'), b: bytes('2') });
    const outer = await zipOf({ 'i.zip': inner, z: bytes('z') });
    const { texts } = await unpack({ 'o.zip': outer }, { mostFiles: 3 });
    expect(texts).toEqual({
      'o.zip/i.zip': expect.stringMatching(/archive.too-many 3/),
      'o.zip/z': 'z',
    });
  });

  it('refuses files that share their bytes', async () => {
    const archive = await zipOf({ a: bytes('first'), b: bytes('first') }, { level: 0 });
    const view = new DataView(archive.buffer);
    const central: number[] = [];
    for (let at = 0; at + 4 < archive.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) central.push(at);
    view.setUint32((central[1] as number) + 42, 0, true);
    const { texts } = await unpack({ 'x.zip': archive });
    expect(texts['x.zip/b']).toMatch(/^! archive.overlap/);
  });
});
