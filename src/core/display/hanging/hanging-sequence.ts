import type { ArrangementWish } from './hanging-layout.ts';

/** The hangings that a sequence can be made of. */
export const HANGINGS = [
  'overview',
  'cc',
  'mlo',
  'right',
  'left',
  'compare',
  'compare-cc',
  'compare-mlo',
] as const;

export type Hanging = (typeof HANGINGS)[number];

/** All views, pairs, each breast large, and last the current study over the prior one. */
export const USUAL_SEQUENCE: readonly Hanging[] = [
  'overview',
  'cc',
  'mlo',
  'right',
  'left',
  'compare',
];

type Wish = Pick<ArrangementWish, 'mode' | 'times'>;

export const wishOf = (hanging: Hanging): Wish => {
  if (hanging === 'overview') return { mode: undefined, times: 'current' };
  if (hanging === 'compare') return { mode: undefined, times: 'both' };
  if (hanging === 'compare-cc') return { mode: 'cc', times: 'both' };
  if (hanging === 'compare-mlo') return { mode: 'mlo', times: 'both' };
  return { mode: hanging, times: 'current' };
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
    const { mode, times } = wishOf(each);
    return mode === now.mode && times === now.times;
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
