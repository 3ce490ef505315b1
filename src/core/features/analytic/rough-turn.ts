/** How far from the edge of a sector a rough turn must be, as a share of one of at most 100 sectors. */
const UNSURE = 0.02;

/** Angle of the point (x, y), not the origin, in turns from the negative x axis on, to 0.0002. */
const roughTurn = (y: number, x: number): number => {
  const [a, b] = [Math.abs(x), Math.abs(y)];
  const ratio = a > b ? b / a : a / b;
  const square = ratio * ratio;
  const eighth =
    (((-0.0464964749 * square + 0.15931422) * square - 0.327622764) * square * ratio + ratio) /
    (2 * Math.PI);
  const quarter = a > b ? eighth : 0.25 - eighth;
  const half = x < 0 ? 0.5 - quarter : quarter;
  return y < 0 ? 0.5 - half : 0.5 + half;
};

/**
 * Which of `count` (at most 100) equal sectors about the origin, from the negative x axis on, the point
 * (x, y) surely lies in; -1 near to their edges, where only an exact angle can tell.
 */
export const surelyInSector = (y: number, x: number, count: number): number => {
  const at = roughTurn(y, x) * count;
  const sector = Math.floor(at);
  const beyond = at - sector;
  return beyond > UNSURE && beyond < 1 - UNSURE ? sector : -1;
};
