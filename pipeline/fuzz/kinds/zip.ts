import { sayIn } from '../../../src/i18n/say.ts';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { ArchiveEntry } from '../../../src/adapters/archive/archive-entry.ts';
import { ARCHIVE_LIMITS } from '../../../src/adapters/archive/archive-limits.ts';
import { unpackArchives } from '../../../src/adapters/archive/unpack.ts';
import { mammogramFile } from '../../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { createDice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Answer, type Kind } from '../kind.ts';
import {
  EXTREMES,
  mutateBytes,
  mutateRepeatedly,
  writeNumber,
  type ByteMutation,
} from '../mutate-bytes.ts';

type Contents = Readonly<Record<string, Uint8Array>>;

const zipOf = async (contents: Contents, options = {}): Promise<Uint8Array> => {
  const writer = new ZipWriter(new BlobWriter());
  for (const [name, bytes] of Object.entries(contents))
    await writer.add(name, new Uint8ArrayReader(bytes), options);
  return new Uint8Array(await (await writer.close()).arrayBuffer());
};

const image = mammogramFile();
const exam: Contents = { 'DICOM/IM1': image, 'DICOM/IM2': image, 'README.TXT': new Uint8Array(40) };
const deflated = await zipOf(exam);
const originals = [
  deflated,
  await zipOf(exam, { level: 0 }),
  await zipOf(exam, { zip64: true }),
  await zipOf(exam, { password: 'secret' }),
  await zipOf({ 'inner.zip': deflated, 'other/IM3': image }),
  await zipOf(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}`, image]))),
];
/** 80 MB of nothing in 80 kB. */
const bomb = await zipOf({ bomb: new Uint8Array(80_000_000) });
/** Unpacking it takes as long as a hundred others. */
const BOMB_SHARE = 0.02;

/** Signatures of local header, central header, end of the directory and its 64-bit form (APPNOTE 4.3). */
const SIGNATURES = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50];

const recordsIn = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at++)
    if (SIGNATURES.includes(view.getUint32(at, true))) found.push(at);
  return found;
};

/** Damage to a field of a header: flags, method, sizes, lengths, offsets, counts. */
const mutateRecord: ByteMutation = (bytes, dice) => {
  const records = recordsIn(bytes);
  if (records.length === 0) return mutateBytes(bytes, dice);
  // The directory is at the end, and it is what readers go by.
  const at = dice.chance(0.7)
    ? records[records.length - 1 - dice.int(Math.min(records.length, 6))]
    : dice.pick(records);
  return writeNumber(
    bytes,
    (at as number) + 4 + 2 * dice.int(21),
    dice.pick([2, 4] as const),
    dice.pick(EXTREMES),
  );
};

const mutateZip: ByteMutation = (bytes, dice) =>
  (dice.chance(0.6) ? mutateRecord : mutateBytes)(bytes, dice);

const answerOf = (entries: readonly ArchiveEntry[]): Answer => {
  if (entries.length === 0) throw new Error('neither a file nor a problem came out');
  const problems = entries.flatMap((entry) =>
    'problem' in entry ? [sayIn('en', entry.problem)] : [],
  );
  const [first] = problems;
  // Each must name its reason: the longest stands for all, an empty one for itself.
  if (first === undefined) return accepted;
  return refused(problems.reduce((a, b) => (a.trim() === '' || a.length > b.length ? a : b)));
};

/** Zip archives through the function that unpacks them in the page's worker. */
export const zip: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    const original = dice.chance(BOMB_SHARE) ? bomb : dice.pick(originals);
    return oneFile('hostile.zip', mutateRepeatedly(original, dice, mutateZip));
  },
  run: async (input) => {
    const [path, bytes] = onlyFile(input);
    const entries: ArchiveEntry[] = [];
    await unpackArchives([{ path, file: new File([bytes.slice()], path) }], {
      limits: ARCHIVE_LIMITS,
      onEntry: (entry) => void entries.push(entry),
      onProgress: () => {},
    });
    return answerOf(entries);
  },
};
