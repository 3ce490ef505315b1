import { boxCentre, type Box } from '../geometry/box.ts';
import { exponential } from '../units/portable-math.ts';
import type { FinderInput } from './finder-input.ts';
import {
  CELL,
  FEATURE_CHANNELS,
  HEAD_CHANNELS,
  SIZE_UNIT,
  type FinderMaps,
} from './finder-maps.ts';

/** A place that looks like a mass to the network. */
export interface Candidate {
  /** Stored pixels of the image; inside it. */
  readonly box: Box;
  /** Height of the centre map there, 0 to 1: a rank among candidates, no probability. */
  readonly score: number;
  /** The network's own malignancy, a logit: higher is more malignant. */
  readonly outcome: number;
  /** What the place looks like, FEATURE_CHANNELS values; comparable between views by cosine. */
  readonly features: Float32Array;
}

/** Candidates of one view that are kept, best first. */
export const MOST_CANDIDATES = 20;
/** Two boxes that overlap more than this (intersection over union) mark one place. */
const OVERLAP = 0.25;

const overlap = (a: Box, b: Box): number => {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a.width * a.height + b.width * b.height - w * h);
};

const holdsCentreOf = (box: Box, other: Box): boolean => {
  const { x, y } = boxCentre(other);
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
};

/** Whether two boxes mark one place. */
export const isSamePlace = (a: Box, b: Box): boolean =>
  holdsCentreOf(a, b) || holdsCentreOf(b, a) || overlap(a, b) > OVERLAP;

/** Whether a mark counts as a hit of a lesion: its centre in the lesion's box, or overlap above 0.25. */
export const isHit = (mark: Box, lesion: Box): boolean =>
  holdsCentreOf(lesion, mark) || overlap(mark, lesion) > OVERLAP;

/** Cells whose centre value no neighbour (of eight) exceeds, highest first. */
const peaks = ({ columns, rows, head }: FinderMaps): { cell: number; score: number }[] => {
  const at = (x: number, y: number) => head[(y * columns + x) * HEAD_CHANNELS] as number;
  const found: { cell: number; score: number }[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const score = at(x, y);
      let highest = true;
      for (let v = Math.max(y - 1, 0); highest && v <= Math.min(y + 1, rows - 1); v++)
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, columns - 1); u++)
          if (at(u, v) > score) highest = false;
      if (highest) found.push({ cell: y * columns + x, score });
    }
  return found.sort((a, b) => b.score - a.score).slice(0, 3 * MOST_CANDIDATES);
};

/** The box of a cell in input pixels. */
const boxAt = ({ columns, head }: FinderMaps, cell: number): Box => {
  const value = (channel: number) => head[cell * HEAD_CHANNELS + channel] as number;
  const width = SIZE_UNIT * exponential(value(1));
  const height = SIZE_UNIT * exponential(value(2));
  const x = ((cell % columns) + 0.5 + value(3)) * CELL;
  const y = (Math.floor(cell / columns) + 0.5 + value(4)) * CELL;
  return { x: x - width / 2, y: y - height / 2, width, height };
};

/** From input pixels to stored pixels, cut at the edge of the image of columns x rows pixels. */
const asStored = (
  box: Box,
  input: Omit<FinderInput, 'data'>,
  columns: number,
  rows: number,
): Box => {
  const clamp = (v: number, most: number) => Math.min(Math.max(v, 0), most);
  const x0 = clamp(input.left + box.x * input.columnsPerPixel, columns);
  const y0 = clamp(input.top + box.y * input.rowsPerPixel, rows);
  const x1 = clamp(input.left + (box.x + box.width) * input.columnsPerPixel, columns);
  const y1 = clamp(input.top + (box.y + box.height) * input.rowsPerPixel, rows);
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
};

/**
 * Candidates of a view from its merged maps (see mergeMaps), most suspicious first, one a place, at
 * most MOST_CANDIDATES. `image` is the stored size. Boxes that lie off the image are left out.
 */
export const candidatesOf = (
  maps: FinderMaps,
  input: Omit<FinderInput, 'data'>,
  image: { readonly columns: number; readonly rows: number },
): Candidate[] => {
  const kept: { box: Box; cell: number; score: number }[] = [];
  for (const { cell, score } of peaks(maps)) {
    const box = boxAt(maps, cell);
    if (kept.some((other) => isSamePlace(other.box, box))) continue;
    kept.push({ box, cell, score });
    if (kept.length === MOST_CANDIDATES) break;
  }
  return kept.flatMap(({ box, cell, score }) => {
    const stored = asStored(box, input, image.columns, image.rows);
    if (stored.width <= 0 || stored.height <= 0) return [];
    const outcome = maps.head[cell * HEAD_CHANNELS + 5] as number;
    const start = cell * FEATURE_CHANNELS;
    const features = maps.features.slice(start, start + FEATURE_CHANNELS);
    return [{ box: stored, score, outcome, features }];
  });
};
