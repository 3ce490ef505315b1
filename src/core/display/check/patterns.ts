import { filled, type GreyPicture, linePairs, paint, squareAt } from './grey-picture.ts';
import { MEASURED_LEVELS } from './luminance-response.ts';

/** The patterns that are judged by eye. `ramp` goes the way of a mammogram and is not drawn here. */
export const PATTERNS = [
  'qc',
  'patches',
  'contrast',
  'lines-down',
  'lines-across',
  'uniform-dark',
  'uniform-bright',
  'ramp',
] as const;
export type PatternId = (typeof PATTERNS)[number];
export type DrawnPattern = Exclude<PatternId, 'ramp'>;

const percent = (share: number): number => Math.round((255 * share) / 100);

/** A square of one grey with a smaller one of another in its middle. */
const patch = (
  to: GreyPicture,
  x: number,
  y: number,
  side: number,
  outer: number,
  inner: number,
) => {
  paint(to, squareAt(x, y, side), outer);
  paint(to, squareAt(x, y, side / 2), inner);
};

/** Line pairs of one and of two pixels, upright and level, at full contrast; side by side. */
const resolution = (to: GreyPicture, x: number, y: number, side: number) => {
  const [half, quarter] = [side / 2, side / 4];
  ([1, 2] as const).forEach((width, row) =>
    (['down', 'across'] as const).forEach((direction, column) =>
      paint(
        to,
        {
          x: x - half + column * half,
          y: y - half + row * half,
          width: Math.floor(half - quarter / 4),
          height: Math.floor(half - quarter / 4),
        },
        linePairs(direction, width, 0, 255),
      ),
    ),
  );
};

/** A square of one level whose corners are 4 levels darker and brighter, in turn. */
const levelPatch = (to: GreyPicture, x: number, y: number, side: number, level: number) => {
  paint(to, squareAt(x, y, side), level);
  const [corner, off] = [side / 5, side * 0.4];
  [-1, 1].forEach((dx) =>
    [-1, 1].forEach((dy) =>
      paint(to, squareAt(x + dx * off, y + dy * off, corner), level + 4 * dx * dy),
    ),
  );
};

/** A frame on the outermost pixels, and a grid of lines of one pixel. */
const frameAndGrid = (to: GreyPicture, cell: number) => {
  const { width, height } = to;
  const [columns, rows] = [Math.round(width / cell), Math.round(height / cell)];
  for (let i = 1; i < columns; i++)
    paint(to, { x: (i * width) / columns, y: 0, width: 1, height }, 191);
  for (let i = 1; i < rows; i++) paint(to, { x: 0, y: (i * height) / rows, width, height: 1 }, 191);
  paint(to, { x: 0, y: 0, width, height: 1 }, 255);
  paint(to, { x: 0, y: height - 1, width, height: 1 }, 255);
  paint(to, { x: 0, y: 0, width: 1, height }, 255);
  paint(to, { x: width - 1, y: 0, width: 1, height }, 255);
};

/** All at a glance, after the description of TG18-QC (AAPM OR-03, 3.2.1.1). */
const qc = (width: number, height: number): GreyPicture => {
  const to = filled(width, height, 128);
  const unit = Math.min(width, height) / 12;
  const [cx, cy] = [width / 2, height / 2];
  frameAndGrid(to, unit);
  Array.from({ length: 16 }, (_, i) => 8 + 16 * i).forEach((level, i) => {
    const [column, row] = [(i % 8) - 3.5, i < 8 ? -1 : 1];
    levelPatch(to, cx + column * 1.3 * unit, cy + row * 2 * unit, unit * 1.1, level);
  });
  patch(to, cx - 2.2 * unit, cy, 1.6 * unit, 0, percent(5));
  patch(to, cx + 2.2 * unit, cy, 1.6 * unit, 255, percent(95));
  resolution(to, cx, cy, 1.6 * unit);
  for (const x of [1.2 * unit, width - 1.2 * unit])
    for (const y of [1.2 * unit, height - 1.2 * unit]) resolution(to, x, y, 1.6 * unit);
  const bar = { x: 2.6 * unit, width: width - 5.2 * unit, height: 0.6 * unit };
  const ramp = (x: number) => Math.floor((256 * x) / Math.round(bar.width));
  paint(to, { ...bar, y: 0.6 * unit }, ramp);
  paint(to, { ...bar, y: height - 1.2 * unit }, (x) => 255 - ramp(x));
  // A sharp step at full contrast: it shows smearing and ringing of the way to the screen.
  paint(to, { x: cx - 4 * unit, y: cy + 3.1 * unit, width: 8 * unit, height: 0.7 * unit }, 0);
  paint(to, { x: cx - 2 * unit, y: cy + 3.2 * unit, width: 4 * unit, height: 0.5 * unit }, 255);
  return to;
};

/** 5 % in black beside 95 % in white, over the whole screen. */
const patches = (width: number, height: number): GreyPicture => {
  const to = filled(width, height, 0);
  paint(to, { x: width / 2, y: 0, width, height }, 255);
  const side = Math.min(width / 2, height) / 3;
  paint(to, squareAt(width / 4, height / 2, side), percent(5));
  paint(to, squareAt((3 * width) / 4, height / 2, side), percent(95));
  return to;
};

/** Eighteen levels, each with line pairs that differ by 2, 4 and 6 levels, after TG270-pQC. */
const contrast = (width: number, height: number): GreyPicture => {
  const to = filled(width, height, 0);
  const [w, h] = [width / 6, height / 3];
  MEASURED_LEVELS.forEach((level, i) => {
    const [x, y] = [(i % 6) * w, Math.floor(i / 6) * h];
    // Up to the next field's edge, so that no pixel between two is left out by rounding.
    const field = { x: Math.round(x), y: Math.round(y) };
    const size = { width: Math.round(x + w) - field.x, height: Math.round(y + h) - field.y };
    paint(to, { ...field, ...size }, level);
    [2, 4, 6].forEach((difference, row) => {
      const other = level + (level < 128 ? difference : -difference);
      const group = { y: y + ((row + 0.5) * h) / 3.5, width: w / 4, height: h / 6 };
      paint(to, { x: x + w / 6, ...group }, linePairs('down', 2, level, other));
      paint(to, { x: x + (7 * w) / 12, ...group }, linePairs('across', 2, level, other));
    });
  });
  return to;
};

const lines =
  (direction: 'across' | 'down') =>
  (width: number, height: number): GreyPicture => {
    const to = filled(width, height, 0);
    paint(to, { x: 0, y: 0, width, height }, linePairs(direction, 1, 0, 255));
    return to;
  };

const DRAWINGS: Record<DrawnPattern, (width: number, height: number) => GreyPicture> = {
  qc,
  patches,
  contrast,
  'lines-down': lines('down'),
  'lines-across': lines('across'),
  'uniform-dark': (width, height) => filled(width, height, percent(10)),
  'uniform-bright': (width, height) => filled(width, height, percent(80)),
};

/** A pattern for a screen of that many pixels (200 and more either way). */
export const drawPattern = (id: DrawnPattern, width: number, height: number): GreyPicture =>
  DRAWINGS[id](width, height);

/** Grey about the patch that is measured: 20 % of the brightest on a calibrated display, as in TG18-LN. */
const SURROUND = 153;

/** What the photometer is held against: a level over the middle tenth of the screen, after TG18-LN. */
export const drawLevel = (level: number, width: number, height: number): GreyPicture => {
  const to = filled(width, height, SURROUND);
  paint(to, squareAt(width / 2, height / 2, Math.sqrt((width * height) / 10)), level);
  return to;
};
