import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS } from '../adapters/archive/archive-limits.ts';
import { unpackArchives } from '../adapters/archive/unpack.ts';
import { arrangeDisc } from '../adapters/dicom-io/intake/arrange-disc.ts';
import type { FileEntry } from '../adapters/dicom-io/intake/collect-entries.ts';
import { openOne } from '../adapters/dicom-io/pool/open-one.ts';
import { readDicom } from '../adapters/dicom-io/read/read-dicom.ts';
import { parseMultipart } from '../adapters/dicomweb/multipart.ts';

const folder = new URL('../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: ${folder.pathname} is absent; hostile files were not opened.`);

const DEFAULT_RULE = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 1360,
  lowPercentile: 2,
  highPercentile: 99.5,
};
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const open = (path: string, file = new File([bytesOf(path)], path)) =>
  openOne({ path, file, rule: DEFAULT_RULE, allowance: 2 ** 30 }, readDicom);

describe.skipIf(!present)('hostile files, from the bytes to what the page gets', () => {
  it.each(['aspect4.dcm', 'blank100Mpx.dcm'])(
    '%s is refused before a picture of gigabytes is made',
    async (name) => {
      const answer = await open(`attack/${name}`);
      // Not "decoder-crashed": that is what running out of memory comes to.
      expect(answer).toMatchObject({ failure: { reason: { code: 'file.mask' } } });
    },
    300_000,
  );

  it('multipart-bomb.gz is left at its second part', () => {
    const message = new Uint8Array(gunzipSync(bytesOf('attack/multipart-bomb.gz')));
    expect(message.length).toBeGreaterThan(1e8);
    const parsed = parseMultipart(message, 'b', 1);
    expect(parsed).toMatchObject({
      error: { values: { why: { code: 'server.malformed.parts' } } },
    });
  });

  it('discext.zip is a whole disc: its four images open in order, and none is said to be missing', async () => {
    const found: FileEntry[] = [];
    const file = new File([bytesOf('discext.zip')], 'discext.zip');
    await unpackArchives([{ path: file.name, file }], {
      limits: ARCHIVE_LIMITS,
      onEntry: (entry) => void found.push(entry),
      onProgress: () => undefined,
    });
    const { entries, problems } = await arrangeDisc(found);
    expect(problems).toEqual([]);
    expect(entries.map(({ path }) => path.replace(/^.*(?=IM0)/, ''))).toEqual(
      [1, 2, 3, 4].map((n) => `IM000${n}.dcm`),
    );
    for (const entry of entries) {
      const answer = await open(entry.path, 'file' in entry ? entry.file : undefined);
      expect(answer.ok ? '' : answer.failure.reason.code).toBe('');
    }
  });
});
