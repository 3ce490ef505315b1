import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ArchiveEntry } from './archive-entry.ts';
import { ARCHIVE_LIMITS } from './archive-limits.ts';
import { expandArchives } from './expand-archives.ts';
import { unpackArchives } from './unpack.ts';

const folder = new URL('../../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: ${folder.pathname} is absent; odd archives were not read.`);

const fileOf = (name: string): File => new File([readFileSync(new URL(name, folder))], name);
const unpack = async (name: string): Promise<readonly ArchiveEntry[]> => {
  const found: ArchiveEntry[] = [];
  await unpackArchives([{ path: name, file: fileOf(name) }], {
    limits: ARCHIVE_LIMITS,
    onEntry: (entry) => void found.push(entry),
    onProgress: () => undefined,
  });
  return found;
};

describe.skipIf(!present)('archives that others open', () => {
  it.each(['disc.tar', 'disc.tar.gz'])('%s is unpacked', async (name) => {
    const found = await unpack(name);
    expect(found.map(({ path }) => path.replace(/^disc\.tar\//, '')).sort()).toEqual([
      'DICOMDIR',
      'IMAGES/IM0001',
      'IMAGES/IM0002',
      'IMAGES/IM0003',
      'IMAGES/IM0004',
    ]);
    expect(found.every((entry) => 'file' in entry && entry.file.size > 2000)).toBe(true);
  });

  it.each(['a.7z', 'a.rar'])('%s must be unpacked first, and says so', async (name) => {
    const [entry] = await expandArchives([{ path: name, file: fileOf(name) }], {
      onProgress: () => undefined,
    });
    expect(entry && 'problem' in entry ? entry.problem.code : 'taken').toBe('archive.other-kind');
  });

  it('floor64.zip: blank files just under the floor are no way around the ratio', async () => {
    const found = await unpack('attack/floor64.zip');
    expect(found).toHaveLength(64);
    const size = found.reduce((sum, entry) => sum + ('file' in entry ? entry.file.size : 0), 0);
    expect(size).toBeLessThanOrEqual(9 * ARCHIVE_LIMITS.ratioFloor);
    expect(found.filter((entry) => 'problem' in entry).length).toBeGreaterThan(50);
  }, 120_000);
});
