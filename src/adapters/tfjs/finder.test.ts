import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { HEAD_CHANNELS } from '../../core/finder/finder-maps.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import {
  finderGoldenProblem,
  loadFinder,
  loadLook,
  type FinderNetwork,
  type Look,
} from './finder.ts';
import { useWasmInNode } from './node-backend.ts';
import { tinyFinderFiles } from './testing/tiny-finder.ts';

const GRAPH = { file: 'model.json', input: 'view' };

const open = (mirror: boolean, other?: Promise<Look | undefined>): Promise<FinderNetwork> =>
  loadFinder({ ...GRAPH, mirror }, tinyFinderFiles(), other);

/** Black but for a bright 8 x 8 square at cell (x, y). */
const view = (width: number, height: number, x: number, y: number) => {
  const data = new Float32Array(width * height);
  for (let v = 0; v < 8; v++) for (let u = 0; u < 8; u++) data[(y * 8 + v) * width + x * 8 + u] = 1;
  return { width, height, data };
};

const brightest = async (network: FinderNetwork, input: ReturnType<typeof view>) => {
  const { columns, rows, head } = await network.maps(input);
  const centres = Array.from({ length: columns * rows }, (_, i) => head[i * HEAD_CHANNELS] ?? 0);
  const at = centres.indexOf(Math.max(...centres));
  return { columns, rows, x: at % columns, y: Math.floor(at / columns), top: centres[at] };
};

describe('loadFinder', () => {
  beforeAll(useWasmInNode);

  it('takes inputs of any size, and finds the cell whichever way it is looked at', async () => {
    for (const mirror of [false, true]) {
      const network = await open(mirror);
      for (const [width, height] of [
        [64, 96],
        [128, 32],
      ] as const) {
        const { columns, rows, x, y, top } = await brightest(network, view(width, height, 6, 2));
        expect([columns, rows, x, y]).toEqual([width / 8, height / 8, 6, 2]);
        expect(top).toBeCloseTo(1 / (1 + Math.exp(-10)));
      }
      network.dispose();
    }
  });

  it('lets another worker look at the mirror image, and does it itself from its first failure on', async () => {
    const { look, dispose } = await loadLook(GRAPH, tinyFinderFiles());
    const input = view(64, 96, 6, 2);
    const alone = await open(true);
    const wanted = await alone.maps(input);
    const seen: number[] = [];
    const other: Look = (turned) => {
      seen.push(turned.data.indexOf(1) % turned.width);
      return seen.length < 2 ? look(turned) : Promise.reject(new Error('gone'));
    };
    const network = await open(true, Promise.resolve(other));
    for (let i = 0; i < 3; i++) expect(await network.maps(input)).toEqual(wanted);
    // The square of cell 6 of 8 lies in cell 1 of the mirror image; the third look is not asked for.
    expect(seen).toEqual([8, 8]);
    const late = await open(true, new Promise(() => undefined));
    expect(await late.maps(input)).toEqual(wanted);
    const straight = await open(false, Promise.resolve(other));
    await straight.maps(input);
    expect(seen).toEqual([8, 8]);
    for (const it of [alone, network, late, straight]) it.dispose();
    dispose();
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const network = await open(true);
    await network.maps(view(64, 64, 1, 1));
    const loaded = tf.memory().numTensors;
    await network.maps(view(64, 64, 1, 1));
    await network.maps(view(96, 64, 1, 1));
    expect(tf.memory().numTensors).toBe(loaded);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('tells by the golden view whether it is the same network', async () => {
    const network = await open(false);
    const data = goldenPatch(3, 64);
    const { head } = await network.maps({ width: 64, height: 64, data });
    const centre = Array.from({ length: 64 }, (_, i) => head[i * HEAD_CHANNELS] as number);
    const golden = { seed: 3, size: 64, centre, tolerance: 0.01 };
    expect(await finderGoldenProblem(network, golden)).toBeUndefined();
    const other = { ...golden, centre: centre.map((v, i) => (i === 5 ? v + 0.02 : v)) };
    expect(await finderGoldenProblem(network, other)).toMatchObject({ values: { cell: 5 } });
    const broken = { ...golden, centre: centre.map((v, i) => (i === 9 ? Number.NaN : v)) };
    expect(await finderGoldenProblem(network, broken)).toMatchObject({ values: { cell: 9 } });
    network.dispose();
  });
});
