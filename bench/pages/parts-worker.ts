/// <reference lib="webworker" />
import { makeDicomReader } from '../../src/adapters/dicom-io/read/dicom-reader.ts';
import { wasmFromOrigin } from '../../src/adapters/dicom-io/decode/wasm-from-origin.ts';
import { fetchPack } from '../../src/adapters/tfjs/load-pack.ts';
import { readPack } from '../../src/adapters/tfjs/engine.ts';
import { DESCRIBED_NAMES } from '../../src/core/features/analytic/described.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { toWorkingImage, type WorkingImage } from '../../src/core/image/working-image.ts';
import { measureLesion } from '../../src/core/lesion/measure-lesion.ts';
import { scoreLesion } from '../../src/core/lesion/score-lesion.ts';
import type { Pack } from '../../src/core/pack/parse-pack.ts';
import { boxCentre, type Box } from '../../src/core/geometry/box.ts';
import { extractPatch } from '../../src/core/features/extract-patch.ts';
import { segmentLesion } from '../../src/core/segmentation/segment-lesion.ts';
import type { Lent } from './measure-by-client.ts';
import { serveMessages } from './protocol.ts';

// The steps of the product by themselves, each timed alone in an otherwise idle worker.

type Message =
  | { readonly type: 'open'; readonly packUrl: string }
  /** Fetches and keeps a file; milliseconds of parsing and decoding it. */
  | { readonly type: 'decode'; readonly url: string }
  /** Milliseconds from the last decoded image to its working image. */
  | { readonly type: 'working' }
  | { readonly type: 'echo'; readonly values: Float32Array }
  /** The last working image, and the pack's rule for a view. */
  | { readonly type: 'lend' }
  /** Milliseconds of each step of one marked view of the last image. */
  | { readonly type: 'mark'; readonly box: Box };

const read = makeDicomReader(wasmFromOrigin);
const files = new Map<string, Uint8Array>();
let pack: Pack | undefined;
let image: MammogramImage | undefined;
let working: WorkingImage | undefined;

const open = async (packUrl: string): Promise<string> => {
  const fetched = await fetchPack(packUrl, { fetch: (url) => fetch(url) });
  if (!fetched.ok) throw new Error(fetched.error.code);
  const parsed = readPack(fetched.value);
  if (!parsed.ok) throw new Error(parsed.error.code);
  pack = parsed.value;
  return pack.manifest.id;
};

const bytesOf = async (url: string): Promise<Uint8Array> => {
  const known = files.get(url);
  if (known) return known;
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  files.clear();
  files.set(url, bytes);
  return bytes;
};

const decode = async (url: string): Promise<number> => {
  const bytes = await bytesOf(url);
  const start = performance.now();
  const result = await read(bytes, url);
  const ms = performance.now() - start;
  if (!result.ok) throw new Error(result.error.reason.code);
  ({ image } = result.value);
  return ms;
};

const prepare = (): number => {
  if (!pack || !image) throw new Error('no pack or no image');
  const start = performance.now();
  working = toWorkingImage(image, pack.manifest.working);
  return performance.now() - start;
};

const lend = (): Lent => {
  if (!pack || !working) throw new Error('no pack or no working image');
  const { patch, features } = pack.manifest;
  return { working, rule: { patch, features } };
};

const mark = (box: Box) => {
  if (!pack || !working) throw new Error('no pack or no working image');
  const { manifest, svms } = pack;
  const at = [performance.now()];
  const lap = () => void at.push(performance.now());
  extractPatch(working, box, manifest.patch);
  lap();
  const contour = segmentLesion(working, boxCentre(box), box);
  lap();
  const names = manifest.features.analytic?.names;
  const all = names && measureLesion(working, box, contour, [...names, ...DESCRIBED_NAMES]);
  const analytic = all && names ? { analytic: all.slice(0, names.length) } : {};
  lap();
  scoreLesion(manifest, svms, [
    { cnn: new Float32Array(manifest.features.cnn.length), ...analytic },
  ]);
  lap();
  const [patch, outline, features, machines] = at.slice(1).map((t, i) => t - (at[i] as number)) as [
    number,
    number,
    number,
    number,
  ];
  return { patch, outline, features, machines };
};

serveMessages(async (message: Message): Promise<unknown> => {
  switch (message.type) {
    case 'open':
      return open(message.packUrl);
    case 'decode':
      return decode(message.url);
    case 'working':
      return prepare();
    case 'echo':
      return message.values;
    case 'lend':
      return lend();
    case 'mark':
      return mark(message.box);
  }
});
