import type { Raster } from '../image/resample.ts';
import { exponential } from '../units/portable-math.ts';

/** Input pixels between the centres of two neighbouring cells of the maps. */
export const CELL = 8;
/** Channels of the head, in this order, each a number a cell. */
export const HEAD_CHANNELS = 6;
/** Channels of the features that the head reads, one vector a cell. */
export const FEATURE_CHANNELS = 96;
/** Sizes are the logarithm of a side in this many input pixels. */
export const SIZE_UNIT = 64;

/**
 * What the network gives for one input, a value a cell, row-major. `head` holds HEAD_CHANNELS a cell:
 * centre (logit as the network gives it, probability once merged), log width, log height (of
 * SIZE_UNIT pixels), the centre's offset right and down of the cell's own (cells), malignancy (logit).
 */
export interface FinderMaps {
  readonly columns: number;
  readonly rows: number;
  readonly head: Float32Array;
  /** FEATURE_CHANNELS a cell. */
  readonly features: Float32Array;
}

const sigmoid = (x: number): number => 1 / (1 + exponential(-x));

/** The input seen in a mirror (left and right exchanged). Does not mutate. */
export const mirrorInput = ({ width, height, data }: Raster): Raster => {
  const turned = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      turned[y * width + x] = data[y * width + width - 1 - x] as number;
  return { width, height, data: turned };
};

/**
 * Mean of the maps of a view and of its mirror image, the latter turned back; the centre becomes a
 * probability first. Without `mirror` only that is done. Does not mutate.
 */
export const mergeMaps = (maps: FinderMaps, mirror?: FinderMaps): FinderMaps => {
  const { columns, rows } = maps;
  const head = new Float32Array(maps.head.length);
  const features = new Float32Array(maps.features.length);
  const share = mirror ? 0.5 : 1;
  const add = (from: FinderMaps, cell: number, to: number, right: number) => {
    for (let c = 0; c < HEAD_CHANNELS; c++) {
      const value = from.head[cell * HEAD_CHANNELS + c] as number;
      const turned = c === 0 ? sigmoid(value) : c === 3 ? right * value : value;
      head[to * HEAD_CHANNELS + c] = (head[to * HEAD_CHANNELS + c] as number) + share * turned;
    }
    for (let c = 0; c < FEATURE_CHANNELS; c++) {
      const at = to * FEATURE_CHANNELS + c;
      const value = from.features[cell * FEATURE_CHANNELS + c] as number;
      features[at] = (features[at] as number) + share * value;
    }
  };
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const cell = y * columns + x;
      add(maps, cell, cell, 1);
      if (mirror) add(mirror, y * columns + columns - 1 - x, cell, -1);
    }
  return { columns, rows, head, features };
};
