import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrangeDisc } from './arrange-disc.ts';
import type { FileEntry } from './collect-entries.ts';
import { readDicomDir } from './dicomdir.ts';
import { mammogramFile } from '../fixtures/build-dicom.ts';
import { dicomDir } from '../fixtures/build-dicomdir.ts';

const entry = (path: string, content: Uint8Array | string = 'x'): FileEntry => ({
  path,
  file: new File([content as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf('/') + 1)),
});
const paths = (entries: readonly FileEntry[]) => entries.map((e) => e.path);

/** A series of two images, stored back to front, and a record taken out of use. */
const series = dicomDir(4, [
  { file: 'IMAGES\\IM2' },
  { file: 'IMAGES\\IM1', next: 1 },
  { file: 'IMAGES\\OLD', unused: true, next: 2 },
  { lower: 3 },
]);

describe('readDicomDir', () => {
  it('follows the links, not the order of storage, and leaves out what is not in use', () => {
    expect(readDicomDir(series)).toEqual({ ok: true, value: ['IMAGES/IM1', 'IMAGES/IM2'] });
  });

  it('survives links in a circle and links to nowhere', () => {
    const broken = dicomDir(1, [{ file: 'A', next: 2 }, { file: 'B', next: 1 }, { file: 'C' }]);
    expect(readDicomDir(broken)).toEqual({ ok: true, value: ['A', 'B', 'C'] });
  });

  it('says what a cut or a wrong file is', () => {
    expect(readDicomDir(series.slice(0, -30)).ok).toBe(false);
    expect(readDicomDir(mammogramFile()).ok).toBe(false);
  });
});

describe('arrangeDisc', () => {
  it('takes the order of the disc, then the files it does not name', async () => {
    const { entries, problems } = await arrangeDisc([
      entry('CD/extra/IM9'),
      entry('CD/DICOMDIR', series),
      entry('CD/IMAGES/IM2'),
      entry('CD/IMAGES/IM1'),
    ]);
    expect(paths(entries)).toEqual(['CD/IMAGES/IM1', 'CD/IMAGES/IM2', 'CD/extra/IM9']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['flattened into one folder', 'x/DICOMDIR', ['x/IM1.dcm', 'x/IM2.dcm']],
    ['moved beside the index', 'x/DICOMDIR', ['x/DICOM/IMAGES/IM1', 'x/DICOM/IMAGES/IM2']],
    ['above the index', 'x/DICOM/DICOMDIR', ['x/IMAGES/IM1', 'x/IMAGES/IM2']],
  ])('finds files %s', async (_, index, images) => {
    const { entries, problems } = await arrangeDisc([
      ...[entry(index, series), entry('x/OTHER')],
      ...images.toReversed().map((path) => entry(path)),
    ]);
    expect(paths(entries)).toEqual([...images, 'x/OTHER']);
    expect(problems).toEqual([]);
  });

  it('does not take the file of another disc for one that is missing', async () => {
    const { problems } = await arrangeDisc([
      ...[entry('a/DICOMDIR', series), entry('a/IMAGES/IM1'), entry('a/IMAGES/IM2')],
      ...[entry('b/DICOMDIR', series), entry('b/IMAGES/IM2')],
    ]);
    expect(problems.map(({ path }) => path)).toEqual(['b/IMAGES/IM1']);
  });

  it('finds names as other systems show them', async () => {
    const { entries } = await arrangeDisc([
      entry('x/dicomdir', series),
      entry('x/images/im2.;1'),
      entry('x/images/im1.'),
    ]);
    expect(paths(entries)).toEqual(['x/images/im1.', 'x/images/im2.;1']);
  });

  it('finds files to which an extension was added, and the exact name first', async () => {
    const { entries, problems } = await arrangeDisc([
      entry('x/DICOMDIR', series),
      entry('x/IMAGES/IM2.dcm'),
      entry('x/IMAGES/IM1.dcm'),
      entry('x/IMAGES/IM1'),
    ]);
    expect(paths(entries)).toEqual(['x/IMAGES/IM1', 'x/IMAGES/IM2.dcm', 'x/IMAGES/IM1.dcm']);
    expect(problems).toEqual([]);
  });

  it('names what is missing, by the path it would have', async () => {
    const { entries, problems } = await arrangeDisc([
      entry('CD/DICOMDIR', series),
      entry('CD/IMAGES/IM2'),
    ]);
    expect(paths(entries)).toEqual(['CD/IMAGES/IM2']);
    expect(problems).toMatchObject([{ path: 'CD/IMAGES/IM1', reason: { code: 'disc.missing' } }]);
  });

  it('takes no file from outside its own disc, and names what it asked for', async () => {
    const outside = dicomDir(1, [
      { file: '..\\B\\IMAGES\\IM1', next: 2 },
      { file: '\\etc\\passwd', next: 3 },
      { file: 'IMAGES\\IM1' },
    ]);
    const { entries, problems } = await arrangeDisc([
      entry('A/DICOMDIR', outside),
      entry('A/IMAGES/IM1'),
      entry('B/IMAGES/IM1'),
    ]);
    // B's file is there as it was picked, after what A's index names.
    expect(paths(entries)).toEqual(['A/IMAGES/IM1', 'B/IMAGES/IM1']);
    expect(problems.map(({ path }) => path)).toEqual(['A/../B/IMAGES/IM1', 'A//etc/passwd']);
  });

  it('asks for the folder where the index came alone', async () => {
    const { entries, problems } = await arrangeDisc([entry('DICOMDIR', series)]);
    expect(entries).toEqual([]);
    expect(problems).toMatchObject([{ path: 'DICOMDIR', reason: { code: 'disc.alone' } }]);
  });

  it('opens files that were all renamed, and does not call the index alone', async () => {
    const files = [entry('CD/export/a01.dcm'), entry('CD/export/a02.dcm')];
    const { entries, problems } = await arrangeDisc([entry('CD/DICOMDIR', series), ...files]);
    expect(entries).toEqual(files);
    expect(problems).toMatchObject([{ path: 'CD/DICOMDIR', reason: { code: 'disc.renamed' } }]);
  });

  it('keeps two discs apart, and opens the images beside a damaged index', async () => {
    const { entries, problems } = await arrangeDisc([
      entry('a/DICOMDIR', series),
      entry('a/IMAGES/IM2'),
      entry('a/IMAGES/IM1'),
      entry('b/DICOMDIR', series.slice(0, -30)),
      entry('b/IMAGES/IM1'),
    ]);
    expect(paths(entries)).toEqual(['a/IMAGES/IM1', 'a/IMAGES/IM2', 'b/IMAGES/IM1']);
    expect(problems).toMatchObject([{ path: 'b/DICOMDIR', reason: { code: 'disc.unread' } }]);
  });

  it('leaves files without an index as they are', async () => {
    const files = [entry('b'), entry('a')];
    expect((await arrangeDisc(files)).entries).toBe(files);
  });
});

const hasTool = spawnSync('dcmmkdir', ['--version']).status === 0;

describe.skipIf(!hasTool)('a DICOMDIR written by dcmtk', () => {
  const uid = (n: number) => `1.2.826.0.1.3680043.8.498.${n}`;
  const image = (patient: string, study: number, n: number) =>
    mammogramFile({
      '00080018': ['UI', uid(1000 + n)],
      '00080020': ['DA', `2024010${study}`],
      '00080030': ['TM', '101112'],
      '00080050': ['SH', `A${study}`],
      '00100010': ['PN', `${patient}^Test`],
      '00100020': ['LO', patient],
      '0020000d': ['UI', uid(study)],
      '0020000e': ['UI', uid(100 + study)],
      '00200010': ['SH', `${study}`],
      '00200011': ['IS', '1'],
      '00200013': ['IS', `${n}`],
    });

  it('gives its files in its order', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-disc-'));
    mkdirSync(join(folder, 'IMAGES'));
    const files = { IM0001: ['P1', 1, 1], IM0002: ['P1', 2, 2], IM0003: ['P2', 3, 3] } as const;
    for (const [name, [patient, study, n]] of Object.entries(files))
      writeFileSync(join(folder, 'IMAGES', name), image(patient, study, n));
    execFileSync(
      'dcmmkdir',
      ['-q', '+r', '+I', '-Nxc', '+id', folder, '+D', join(folder, 'DICOMDIR'), 'IMAGES'],
      { cwd: folder },
    );
    const index = new Uint8Array(readFileSync(join(folder, 'DICOMDIR')));
    const read = readDicomDir(index);
    if (!read.ok) throw new Error(read.error.code);
    expect([...read.value].sort()).toEqual(['IMAGES/IM0001', 'IMAGES/IM0002', 'IMAGES/IM0003']);
    const there = readdirSync(join(folder, 'IMAGES')).map((name) => entry(`CD/IMAGES/${name}`));
    const arranged = await arrangeDisc([...there, entry('CD/DICOMDIR', index)]);
    expect(arranged.problems).toEqual([]);
    expect(paths(arranged.entries)).toEqual(read.value.map((name) => `CD/${name}`));
  });
});
