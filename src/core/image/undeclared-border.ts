import type { Level } from './brightness-levels.ts';

/** A border is drawn in one value, or in a few; tissue has many. */
const MOST_VALUES = 4;
/** What so few of the pixels have is a defect of the detector. */
const STRAY = 1e-4;
/** Tissue that is told from a border has at least so many values. */
const LEAST_TISSUE = 16;
/** A gap narrower than this, in levels, is found in any picture of 8 bits. */
const LEAST_GAP = 256;
/** One value on so much of the rim, set off by this share of all tissue, is a border at any depth. */
const RIM = { share: 0.1, gap: 1 / 16 };
/** Air is the darkest sixteenth of the levels, and so much of a picture at least. */
const AIR = { levels: 1 / 16, share: 0.15 };

const sum = (levels: readonly Level[], of: 'pixels' | 'rim'): number =>
  levels.reduce((total, level) => total + level[of], 0);

const spanOf = (levels: readonly Level[]): number =>
  (levels.at(-1)?.at ?? 0) - (levels[0]?.at ?? 0);

const isSmall = (group: readonly Level[], all: number): boolean =>
  group.length <= MOST_VALUES || sum(group, 'pixels') <= STRAY * all;

/** Without the bright values that lie as far above the rest as the rest is wide, or frame the picture. */
const belowBrightBorder = (levels: readonly Level[]): readonly Level[] => {
  const [all, rim] = [sum(levels, 'pixels'), sum(levels, 'rim')];
  let kept = levels;
  for (let n = levels.length - 1; n >= LEAST_TISSUE; n--) {
    const [rest, group] = [levels.slice(0, n), levels.slice(n)];
    if (!isSmall(group, all)) break;
    const gap = (group[0] as Level).at - (rest.at(-1) as Level).at;
    const span = spanOf(rest);
    const isFrame =
      group.length === 1 && sum(group, 'rim') >= RIM.share * rim && gap >= RIM.gap * span;
    if (isFrame || gap >= Math.max(span, LEAST_GAP)) kept = rest;
  }
  return kept;
};

/** Whether some of the levels are a picture's air: much of it, in the darkest of its range. */
const haveAir = (levels: readonly Level[]): boolean => {
  const to = (levels[0]?.at ?? 0) + AIR.levels * spanOf(levels);
  const dark = levels.filter(({ at }) => at <= to);
  return sum(dark, 'pixels') >= AIR.share * sum(levels, 'pixels');
};

/** Without the dark values far below a picture that has its own air: air is kept, however far it lies. */
const aboveDarkBorder = (levels: readonly Level[]): readonly Level[] => {
  const all = sum(levels, 'pixels');
  let kept = levels;
  for (let n = 1; n <= levels.length - LEAST_TISSUE; n++) {
    const [group, rest] = [levels.slice(0, n), levels.slice(n)];
    if (!isSmall(group, all)) break;
    const gap = (rest[0] as Level).at - (group.at(-1) as Level).at;
    if (gap >= Math.max(2 * spanOf(rest), LEAST_GAP) && haveAir(rest)) kept = rest;
  }
  return kept;
};

/**
 * The levels of the picture itself, without borders, shutters and defects that no attribute declares
 * (65535 around a picture of 12 bits). `levels` are sorted, darkest first. What is left is decided by
 * how the values lie, never by what the file says of their depth.
 */
export const levelsOfPicture = (levels: readonly Level[]): readonly Level[] =>
  aboveDarkBorder(belowBrightBorder(levels));
