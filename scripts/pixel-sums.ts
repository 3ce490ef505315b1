// `npx tsx scripts/pixel-sums.ts FOLDER ...`: compares stored grey values of DICOM files, as they are read
// here, with pydicom's (Debian python3-pydicom). Exit code 1 where any file differs.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeFrame } from '../src/adapters/dicom-io/decode/decode-frame.ts';
import { framePayload } from '../src/adapters/dicom-io/decode/frame-payload.ts';
import { nativeLength, toStoredPixels } from '../src/adapters/dicom-io/decode/native-pixels.ts';
import { wasmFromPackages } from '../src/adapters/dicom-io/decode/wasm-from-packages.ts';
import { PIXEL_DATA, parseDataSet } from '../src/adapters/dicom-io/read/data-set.ts';
import { readFileMeta } from '../src/adapters/dicom-io/read/file-meta.ts';
import { codingOf } from '../src/adapters/dicom-io/read/frame-coding.ts';
import { readPixelFormat } from '../src/adapters/dicom-io/read/pixel-format.ts';
import { transferSyntaxOf } from '../src/adapters/dicom-io/read/transfer-syntax.ts';
import { number } from '../src/adapters/dicom-io/read/values.ts';
import { bytesOfParts } from '../src/adapters/dicom-io/stack/decode-slice.ts';
import { extendedOffsets, indexFrames } from '../src/adapters/dicom-io/stack/frame-index.ts';
import type { Message } from '../src/core/message/message.ts';
import type { Result } from '../src/core/message/result.ts';

/** Of each frame the sum of its values, and the sum of each times its place modulo 251. */
type Sums = readonly (readonly [sum: number, byPlace: number])[];

/** What a file's frames come to, and whether its streams are lossy: decoders may round these apart. */
interface Here {
  readonly sums: Sums;
  readonly lossy: boolean;
  readonly pixels: number;
}

class Refused extends Error {}

const valueOf = <T>(result: Result<T, Message>): T => {
  if (!result.ok) throw new Refused(result.error.code);
  return result.value;
};

const sumsOf = (pixels: ArrayLike<number>): Sums[number] => {
  let [sum, byPlace] = [0, 0];
  for (let i = 0; i < pixels.length; i++) {
    sum += pixels[i] as number;
    byPlace += (pixels[i] as number) * (i % 251);
  }
  return [sum, byPlace];
};

/** The frames of a file of any kind, in the product's own steps but for the question whether it is a mammogram. */
const readHere = async (path: string): Promise<Here> => {
  const bytes = new Uint8Array(readFileSync(path));
  const meta = valueOf(readFileMeta(bytes));
  const { dataSet, encoding } = valueOf(parseDataSet(bytes, meta));
  const format = valueOf(readPixelFormat(dataSet));
  const uid = meta.transferSyntaxUid;
  const count = number(dataSet, 'x00280008') ?? 1;
  const pixels = format.rows * format.columns;
  let lossy = false;
  const decoded = async (payload: Parameters<typeof decodeFrame>[0]) => {
    const coding = codingOf(payload, format, encoding, { uid, syntax: transferSyntaxOf(uid) });
    if (!coding) throw new Refused('file.unsupported-transfer-syntax');
    const frame = valueOf(await decodeFrame(payload, format, coding, wasmFromPackages));
    lossy ||= frame.lossy;
    return sumsOf(toStoredPixels(frame.samples, format, frame.shift).pixels);
  };
  if (count < 2) {
    const sums = [await decoded(valueOf(framePayload(dataSet, nativeLength(format))))];
    return { sums, lossy, pixels };
  }
  const element = dataSet.elements[PIXEL_DATA];
  if (!element) throw new Refused('file.no-pixel-data');
  const file = new Blob([dataSet.byteArray as Uint8Array<ArrayBuffer>]);
  const extended = extendedOffsets(dataSet);
  const of = { count, frameBytes: nativeLength(format), extended };
  const index = valueOf(await indexFrames(file, element.dataOffset, element, of));
  const frames: Sums[number][] = [];
  for (const parts of index.frames)
    frames.push(
      await decoded({
        bytes: await bytesOfParts(file, parts),
        ...{ encapsulated: index.encapsulated, inWords: element.vr !== 'OB', end: 0 },
      }),
    );
  return { sums: frames, lossy, pixels };
};

interface Theirs {
  readonly path: string;
  readonly skipped?: string;
  readonly frames?: Sums;
}

const readThere = (paths: readonly string[]): readonly Theirs[] => {
  const script = fileURLToPath(new URL('./pixel_sums.py', import.meta.url));
  const run = spawnSync('/usr/bin/python3', [script], {
    ...{ input: paths.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 28 },
  });
  if (run.status !== 0) throw new Error(run.stderr || 'Debian python3-pydicom is needed');
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Theirs);
};

const filesIn = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => join(path, name))
        .filter((name) => statSync(name).isFile())
        .sort();

/** A hundredth of a value in the mean of each frame: what rounding comes to, and no shift of a pixel. */
const isNear = ({ sums, pixels }: Here, theirs: Sums): boolean =>
  sums.length === theirs.length &&
  sums.every(([sum], i) => Math.abs(sum - (theirs[i]?.[0] ?? NaN)) <= pixels / 100);

const compare = async ({ path, skipped, frames }: Theirs): Promise<string> => {
  if (!frames) return `not compared: ${skipped}`;
  try {
    const here = await readHere(path);
    if (JSON.stringify(here.sums) === JSON.stringify(frames)) return 'equal';
    if (here.lossy && isNear(here, frames)) return 'equal but for rounding (lossy)';
    return `differs: ${JSON.stringify(here.sums)} here, ${JSON.stringify(frames)} by pydicom`;
  } catch (error) {
    if (error instanceof Refused) return `refused: ${error.message}`;
    throw error;
  }
};

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('npx tsx scripts/pixel-sums.ts FOLDER ...');
  process.exit(1);
}
const counts = new Map<string, number>();
for (const theirs of readThere(folders.flatMap(filesIn))) {
  const outcome = await compare(theirs);
  const kind = outcome.replace(/:.*$/s, '');
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  // What holds no grey pixels at all is no news.
  if (!kind.startsWith('equal') && !/no pixel data|in colours|no data set/.test(outcome))
    console.log(`${theirs.path}: ${outcome.slice(0, 160)}`);
}
console.log([...counts].map(([kind, count]) => `${count} ${kind}`).join(', '));
process.exit(counts.has('differs') ? 1 : 0);
