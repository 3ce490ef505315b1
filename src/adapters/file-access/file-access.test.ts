import { describe, expect, it } from 'vitest';
import type { Handle } from './api.ts';
import { collectFromHandles, Gone } from './collect-from-handles.ts';
import { handlesOfDrop, mayRead } from './pick.ts';

const failure = (name: string) => Object.assign(new Error(name), { name });

const file = (name: string, error?: Error) =>
  ({
    kind: 'file',
    name,
    getFile: async () => {
      if (error) throw error;
      return new File(['x'], name);
    },
  }) as unknown as Handle;

const folder = (name: string, children: readonly Handle[], error?: Error) =>
  ({
    kind: 'directory',
    name,
    values: async function* () {
      if (error) throw error;
      yield* children;
    },
  }) as unknown as Handle;

describe('collectFromHandles', () => {
  it('walks folders in natural order and names files by their path', async () => {
    const disc = folder('CD', [
      file('IM10'),
      file('IM2'),
      folder('A', [file('x'), file('locked', failure('NotReadableError'))]),
    ]);
    const found = await collectFromHandles([disc, file('single.dcm')]);
    expect(found.map((e) => [e.path, 'file' in e])).toEqual([
      ['CD/A/locked', false],
      ['CD/A/x', true],
      ['CD/IM2', true],
      ['CD/IM10', true],
      ['single.dcm', true],
    ]);
  });

  it('tells what is gone from what cannot be read', async () => {
    const missing = failure('NotFoundError');
    await expect(collectFromHandles([file('a', missing)])).rejects.toBeInstanceOf(Gone);
    await expect(collectFromHandles([folder('CD', [], missing)])).rejects.toThrow('CD');
    const other = collectFromHandles([file('a', failure('NotAllowedError'))]);
    await expect(other).rejects.not.toBeInstanceOf(Gone);
    expect(await collectFromHandles([folder('CD', [file('a', missing)])])).toHaveLength(1);
  });
});

describe('mayRead', () => {
  const guarded = (now: PermissionState, asked: PermissionState) => {
    const handle = { queryPermission: async () => now, requestPermission: async () => asked };
    return handle as unknown as Handle;
  };
  it('asks again only where the permission has lapsed', async () => {
    expect(await mayRead([guarded('granted', 'denied')])).toBe(true);
    expect(await mayRead([guarded('prompt', 'granted')])).toBe(true);
    expect(await mayRead([guarded('granted', 'granted'), guarded('prompt', 'denied')])).toBe(false);
    expect(await mayRead([{} as Handle])).toBe(true);
  });
});

describe('handlesOfDrop', () => {
  const drop = (items: readonly (() => Promise<Handle | null>)[]) =>
    ({
      items: items.map((getAsFileSystemHandle) => ({ kind: 'file', getAsFileSystemHandle })),
    }) as unknown as DataTransfer;
  it('gives all handles or none', async () => {
    const one = async () => file('a');
    expect(await handlesOfDrop(drop([one, one]))).toHaveLength(2);
    expect(await handlesOfDrop(drop([one, async () => null]))).toEqual([]);
    const refusing = () => Promise.reject(failure('NotAllowedError'));
    expect(await handlesOfDrop(drop([one, refusing]))).toEqual([]);
  });
});
