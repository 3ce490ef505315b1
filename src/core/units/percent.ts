interface HeldPercent {
  /** '< ' or '> ' where the share lies beyond the number, else ''. */
  readonly beyond: '' | '< ' | '> ';
  /** In percent, between one step of the last digit above 0 and one below 100. */
  readonly value: number;
}

/**
 * A likelihood in [0, 1] in percent, rounded to `digits` decimals, and never 0 or 100, which a model cannot know:
 * 0.9999 is "> 99", or with one digit "> 99.9".
 */
export const heldPercent = (likelihood: number, digits = 0): HeldPercent => {
  const steps = 10 ** digits;
  const rounded = Math.round(likelihood * 100 * steps);
  if (rounded < 1) return { beyond: '< ', value: 1 / steps };
  const last = 100 * steps - 1;
  return rounded > last
    ? { beyond: '> ', value: last / steps }
    : { beyond: '', value: rounded / steps };
};

/** The same as text, without the sign of percent: "34", "> 99.9". */
export const percentNumber = (likelihood: number, digits = 0): string => {
  const { beyond, value } = heldPercent(likelihood, digits);
  return `${beyond}${value.toFixed(digits)}`;
};

/**
 * A share in (0, 1) that somebody chose, in percent with the digits that it needs, four of its distance to the nearer
 * end where it is close to one: 0.6, 45.53, 0.05, 99.9999.
 */
export const exactPercent = (share: number): number => {
  const fourDigits = (part: number) => Number((part * 100).toPrecision(4));
  return share > 0.9 ? Number((100 - fourDigits(1 - share)).toFixed(12)) : fourDigits(share);
};
