import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { loadNetwork, type Network } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import type { MammogramHeader } from '../../src/core/dicom/mammogram-header.ts';
import { breastShape } from '../../src/core/image/breast-shape.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { breastLandmarks } from '../../src/core/image/nipple.ts';
import { toThumbnail } from '../../src/core/display/thumbnail.ts';
import { toWorkingImage, type WorkingImage } from '../../src/core/image/working-image.ts';
import { locateLesion, type LocatedView } from '../../src/core/lesion/location.ts';
import { scoreLesion, type ViewFeatures } from '../../src/core/lesion/score-lesion.ts';
import { viewInput } from '../../src/core/lesion/view-input.ts';
import { boxCentre, type Box } from '../../src/core/geometry/box.ts';
import { segmentLesion } from '../../src/core/segmentation/segment-lesion.ts';
import type { DemoIndex } from '../demo/demo-index.ts';
import { readPack, type DiskPack } from '../pack/read-pack.ts';
import { DISPLAY_STATES, fileInState } from './display-states.ts';

const cases = fileURLToPath(new URL('../../../shared/cases/', import.meta.url));
const demo = fileURLToPath(new URL('../../public/demo/', import.meta.url));
const models = fileURLToPath(new URL('../../public/models/', import.meta.url));
const present = existsSync(cases);
if (!present) console.warn(`SKIPPED: ${cases} is absent; display states of real cases not tried.`);

interface MarkedLesion {
  readonly name: string;
  readonly marks: readonly (readonly [path: string, box: Box])[];
}

const filmLesions = (): MarkedLesion[] =>
  readdirSync(cases)
    .filter((name) => name.startsWith('cbis'))
    .map((name) => {
      const truth = JSON.parse(readFileSync(`${cases}${name}/truth.json`, 'utf8')) as {
        boxes: Record<string, [number, number, number, number]>;
      };
      const marks = Object.entries(truth.boxes).map(
        ([file, [x, y, width, height]]) =>
          [`${cases}${name}/${file}`, { x, y, width, height }] as const,
      );
      return { name, marks };
    });

/** The digital exam has no known lesion: a density of either breast that a reader might mark. */
const digitalLesions: readonly MarkedLesion[] = [
  {
    name: 'ffdm-4view, right',
    marks: [
      [`${cases}ffdm-4view/RCC.dcm`, { x: 960, y: 1300, width: 250, height: 300 }],
      [`${cases}ffdm-4view/RMLO.dcm`, { x: 900, y: 1780, width: 180, height: 230 }],
    ],
  },
  {
    name: 'ffdm-4view, left',
    marks: [
      [`${cases}ffdm-4view/LCC.dcm`, { x: 400, y: 1120, width: 150, height: 150 }],
      [`${cases}ffdm-4view/LMLO.dcm`, { x: 700, y: 1290, width: 140, height: 140 }],
    ],
  },
];

const demoLesions = (): MarkedLesion[] => {
  const index = JSON.parse(readFileSync(`${demo}index.json`, 'utf8')) as DemoIndex;
  return index.cases.flatMap(({ id, lesions }) =>
    lesions.map((lesion) => ({
      name: `${id} ${lesion.id}`,
      marks: Object.entries(lesion.marks)
        .filter(([file]) => !file.includes('prior'))
        .map(([file, box]) => [demo + file, box] as const),
    })),
  );
};

const read = async (bytes: Uint8Array, name: string) => {
  const result = await readDicom(bytes, name);
  if (!result.ok) throw new Error(`${name}: ${result.error.reason.code}`);
  return result.value;
};
const readPath = (path: string) => read(new Uint8Array(readFileSync(path)), path);

const digest = (...arrays: readonly (Float32Array | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
};

/** All that is made of one marked view of a working image. */
interface Seen {
  readonly features: ViewFeatures;
  readonly breast: Uint8Array;
  readonly lesion: ReturnType<typeof segmentLesion>['polygon'];
  readonly proposed: ReturnType<typeof segmentLesion>['polygon'];
  readonly landmarks: ReturnType<typeof breastLandmarks>;
  readonly fit: Box;
  readonly thumbnail: string;
}

let pack: DiskPack;
let network: Network;

const see = async (
  working: WorkingImage,
  { columns, rows }: MammogramImage,
  box: Box,
): Promise<Seen> => {
  const { patch, analytic, contour } = viewInput(working, box, pack.manifest);
  const [cnn] = await network.features([patch]);
  return {
    features: { cnn: cnn as Float32Array, ...(analytic ? { analytic } : {}) },
    breast: working.breast,
    lesion: contour.polygon,
    proposed: segmentLesion(working, boxCentre(box)).polygon,
    landmarks: breastLandmarks(working),
    fit: breastShape(working, columns, rows).box,
    thumbnail: digest(Uint8Array.from(toThumbnail(working).grey)),
  };
};

/** Sees a marked view; pictures that are the same to the last bit are looked at once. */
const seeingOnce = (box: Box) => {
  const known = new Map<string, Promise<Seen>>();
  return (image: MammogramImage): Promise<Seen> => {
    const working = toWorkingImage(image, pack.manifest.working);
    const { width, height, columnsPerPixel, rowsPerPixel, mmPerPixel } = working;
    const size = [width, height, columnsPerPixel, rowsPerPixel, mmPerPixel].join();
    const key = `${size} ${digest(working.data, working.breast)}`;
    const seen = known.get(key) ?? see(working, image, box);
    known.set(key, seen);
    return seen;
  };
};

const overlap = (a: Uint8Array, b: Uint8Array): number => {
  let [both, either] = [0, 0];
  a.forEach((v, i) => {
    both += v & (b[i] as number);
    either += v | (b[i] as number);
  });
  return both / either;
};

/** The views of a lesion are of one breast; each is a projection of its own. */
const ONE_BREAST = { person: '', exam: '', side: 'R', view: undefined, name: '' };

const likelihood = (views: readonly Seen[]): number => {
  const score = scoreLesion(
    pack.manifest,
    pack.svms,
    views.map(({ features }) => ({ ...features, origin: ONE_BREAST })),
  );
  if (!score.ok) throw new Error(score.error.code);
  return score.value.likelihood.value;
};

interface Source {
  readonly image: MammogramImage;
  readonly header: MammogramHeader;
  readonly box: Box;
  readonly see: (image: MammogramImage) => Promise<Seen>;
}

const words = (sources: readonly Source[], views: readonly Seen[]) => {
  const located = sources.flatMap(({ header, image, box }, i): LocatedView[] => {
    const nipple = views[i]?.landmarks.nipple;
    const { rows, columns, pixelAspect, spacing } = image;
    const view = { header, rows, columns, pixelAspect, columnSpacing: spacing?.column };
    return nipple ? [{ ...view, box, nipple, nippleConfirmed: false }] : [];
  });
  return locateLesion(located);
};

const expectSame = (sources: readonly Source[], was: readonly Seen[], is: readonly Seen[]) => {
  expect(Math.abs(likelihood(is) - likelihood(was))).toBeLessThanOrEqual(0.005);
  was.forEach((before, i) => {
    const after = is[i] as Seen;
    expect(overlap(before.breast, after.breast)).toBe(1);
    const { features: _f, breast: _b, ...shown } = before;
    const { features: _g, breast: _c, ...shownNow } = after;
    expect(shownNow).toEqual(shown);
  });
  expect(words(sources, is)).toEqual(words(sources, was));
};

const index = JSON.parse(readFileSync(`${models}index.json`, 'utf8')) as { packs: string[] };

beforeAll(async () => {
  const found = readPack(`${models}${index.packs[0]}`);
  if (!found.ok) throw new Error(found.error);
  pack = found.value;
  await useWasmInNode();
  network = await loadNetwork(pack.manifest, pack.graph.files);
}, 300_000);

const lesions = [...(present ? [...filmLesions(), ...digitalLesions] : []), ...demoLesions()];

describe('the score does not depend on how the picture is shown', () => {
  it('has at least 20 states to try', () => {
    expect(new Set(DISPLAY_STATES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20);
  });

  it.each(lesions)('$name', { timeout: 300_000 }, async ({ marks }) => {
    const sources = await Promise.all(
      marks.map(async ([path, box]): Promise<Source> => {
        const { image, header } = await readPath(path);
        return { image, header, box, see: seeingOnce(box) };
      }),
    );
    const stored = await Promise.all(sources.map(({ image, see }) => see(image)));
    for (const state of DISPLAY_STATES) {
      const shown: Seen[] = [];
      for (const { image, see } of sources)
        shown.push(await see((await read(fileInState(image, state), state.name)).image));
      try {
        expectSame(sources, stored, shown);
      } catch (error) {
        throw new Error(`in the state "${state.name}"`, { cause: error });
      }
    }
  });
});
