import type { ViewCandidate, ViewCue } from '../view-cues.ts';
import { VIEW_CUES } from '../view-cues.ts';
import { FEATURE_CHANNELS, HEAD_CHANNELS, type FinderMaps } from '../finder-maps.ts';

/** Maps that show nothing (centre logit -9), for tests to put marks on. */
export const emptyMaps = (columns: number, rows: number): FinderMaps => {
  const head = new Float32Array(columns * rows * HEAD_CHANNELS);
  for (let i = 0; i < columns * rows; i++) head[i * HEAD_CHANNELS] = -9;
  return { columns, rows, head, features: new Float32Array(columns * rows * FEATURE_CHANNELS) };
};

/** Puts `values` (centre, width, height, right, down, malignant) at a cell. */
export const putMark = (
  maps: FinderMaps,
  x: number,
  y: number,
  values: readonly number[],
): void => {
  maps.head.set(values, (y * maps.columns + x) * HEAD_CHANNELS);
  maps.features[(y * maps.columns + x) * FEATURE_CHANNELS + 1] = 2;
};

/** A candidate with every cue 0 but those given. */
export const madeCandidate = (
  cues: Partial<Record<ViewCue, number>>,
  rest: Partial<ViewCandidate> = {},
): ViewCandidate => ({
  box: { x: 10, y: 10, width: 20, height: 20 },
  score: 0.5,
  outcome: cues.outcome ?? 0,
  features: Float32Array.of(1, 0),
  side: 15,
  nippleDistance: 50,
  ...rest,
  cues: {
    ...(Object.fromEntries(VIEW_CUES.map((name) => [name, 0])) as Record<ViewCue, number>),
    ...cues,
  },
});
