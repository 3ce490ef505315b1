import type { ArrangementWish } from './hanging-layout.ts';

/** The hangings that a sequence can be made of. */
export const HANGINGS = [
  'overview',
  'cc',
  'mlo',
  'right',
  'left',
  'quadrants',
  'compare',
  'compare-cc',
  'compare-mlo',
] as const;

export type Hanging = (typeof HANGINGS)[number];

/** All views, pairs, each breast large, each view at 1:1, and last the current study over the prior one. */
export const USUAL_SEQUENCE: readonly Hanging[] = [
  'overview',
  'cc',
  'mlo',
  'right',
  'left',
  'quadrants',
  'compare',
];

interface Wish extends Pick<ArrangementWish, 'mode' | 'times'> {
  /** Whether the views are led over one after the other, one image pixel to one screen pixel. */
  readonly quadrants: boolean;
}

export const wishOf = (hanging: Hanging): Wish => {
  const overview = { mode: undefined, times: 'current', quadrants: false } as const;
  if (hanging === 'overview') return overview;
  if (hanging === 'quadrants') return { ...overview, quadrants: true };
  if (hanging === 'compare') return { ...overview, times: 'both' };
  if (hanging === 'compare-cc') return { ...overview, mode: 'cc', times: 'both' };
  if (hanging === 'compare-mlo') return { ...overview, mode: 'mlo', times: 'both' };
  return { ...overview, mode: hanging };
};

/**
 * The hanging after (1) or before (-1) the one on screen, round the sequence: the next one for which
 * `shows` says something, and something else than what is there. From a hanging outside the sequence
 * it goes to its first or last. Undefined where there is no other.
 */
export const nextHanging = (
  sequence: readonly Hanging[],
  now: Wish,
  direction: 1 | -1,
  shows: (wish: Wish) => string | undefined,
): Wish | undefined => {
  const at = sequence.findIndex((each) => {
    const { mode, times, quadrants } = wishOf(each);
    return mode === now.mode && times === now.times && quadrants === now.quadrants;
  });
  const start = at < 0 && direction < 0 ? 0 : at;
  const seen = shows(now);
  for (let i = 1; i <= sequence.length; i++) {
    const hanging = sequence[(start + direction * i + 2 * sequence.length) % sequence.length];
    const wish = hanging && wishOf(hanging);
    const shown = wish && shows(wish);
    if (shown !== undefined && shown !== seen) return wish;
  }
  return undefined;
};
