import { message } from '../../../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import { collectFromDrop, collectFromFiles } from './collect-entries.ts';

const fileEntry = (fullPath: string, error?: Error) =>
  ({
    isFile: true,
    name: fullPath.split('/').at(-1),
    fullPath,
    file: (yes: (f: File) => void, no: (e: Error) => void) =>
      error ? no(error) : yes(new File(['x'], fullPath)),
  }) as unknown as FileSystemEntry;

/** Hands out its children in batches of 100, as browsers do. */
const folderEntry = (fullPath: string, children: readonly FileSystemEntry[]) =>
  ({
    isFile: false,
    name: fullPath.split('/').at(-1),
    fullPath,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (yes: (batch: readonly FileSystemEntry[]) => void) => {
          yes(children.slice(at, at + 100));
          at += 100;
        },
      };
    },
  }) as unknown as FileSystemEntry;

const drop = (entries: readonly (FileSystemEntry | File)[]) =>
  ({
    items: [
      { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null },
      ...entries.map((entry) => ({
        kind: 'file',
        webkitGetAsEntry: () => (entry instanceof File ? null : entry),
        getAsFile: () => (entry instanceof File ? entry : null),
      })),
    ],
  }) as unknown as DataTransfer;

describe('collectFromDrop', () => {
  it('walks folders of more than a hundred files, at any depth, in natural order', async () => {
    const inner = Array.from({ length: 250 }, (_, i) => fileEntry(`/study/deep/IM${249 - i}`));
    const tree = folderEntry('/study', [folderEntry('/study/deep', inner), fileEntry('/study/a')]);
    const found = await collectFromDrop(drop([tree, fileEntry('/single.dcm')]));
    expect(found).toHaveLength(252);
    expect(found.map((e) => e.path).slice(0, 4)).toEqual([
      'study/a',
      'study/deep/IM0',
      'study/deep/IM1',
      'study/deep/IM2',
    ]);
    expect(found.at(-1)?.path).toBe('single.dcm');
  });

  it('keeps a file that cannot be read, with the reason', async () => {
    const tree = folderEntry('/s', [
      fileEntry('/s/locked', new Error('denied')),
      fileEntry('/s/ok'),
    ]);
    const found = await collectFromDrop(drop([tree]));
    expect(found[0]).toEqual({
      path: 's/locked',
      problem: message('file.unreadable-file', { reason: 'denied' }),
    });
    expect(found[1]).toHaveProperty('file');
  });

  it('takes plain files where the browser has no entries', async () => {
    const found = await collectFromDrop(drop([new File(['x'], 'plain.dcm')]));
    expect(found.map((e) => e.path)).toEqual(['plain.dcm']);
  });
});

describe('collectFromFiles', () => {
  it('names a file of a chosen folder by its path', () => {
    const inFolder = new File(['x'], 'IM1');
    Object.defineProperty(inFolder, 'webkitRelativePath', { value: 'study/IM1' });
    const found = collectFromFiles([inFolder, new File(['x'], 'lone.dcm')]);
    expect(found.map((e) => e.path)).toEqual(['study/IM1', 'lone.dcm']);
  });
});
