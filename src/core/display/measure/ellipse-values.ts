import type { MammogramImage } from '../../image/mammogram-image.ts';
import { modalityTransform } from '../../image/presentation-values.ts';
import type { ImagePoint } from '../../geometry/point.ts';

/** Values of the pixels whose centres lie inside an ellipse. Padding is no breast and is left out. */
export interface EllipseValues {
  readonly count: number;
  readonly mean: number;
  /** Of the pixels as a population: divided by their number. */
  readonly sd: number;
  /** 'stored' where the file's modality transform changes nothing, so that both are the same. */
  readonly of: 'stored' | 'modality';
}

const isIdentity = ({ modality }: MammogramImage): boolean =>
  'slope' in modality && modality.slope === 1 && modality.intercept === 0;

/** First and last pixel whose centre lies in [low, high], inside the image. */
const span = (low: number, high: number, length: number) =>
  [Math.max(Math.ceil(low - 0.5), 0), Math.min(Math.floor(high - 0.5), length - 1)] as const;

const ellipseOf = (a: ImagePoint, b: ImagePoint) => ({
  x: (a.x + b.x) / 2,
  y: (a.y + b.y) / 2,
  rx: Math.abs(a.x - b.x) / 2,
  ry: Math.abs(a.y - b.y) / 2,
});

/** Calls with every stored value inside the ellipse, row by row. */
const visit = (image: MammogramImage, a: ImagePoint, b: ImagePoint, see: (v: number) => void) => {
  const { x, y, rx, ry } = ellipseOf(a, b);
  const [top, bottom] = span(y - ry, y + ry, image.rows);
  for (let row = top; row <= bottom; row++) {
    const half = rx * Math.sqrt(Math.max(1 - ((row + 0.5 - y) / ry) ** 2, 0));
    const [left, right] = span(x - half, x + half, image.columns);
    const start = row * image.columns;
    for (let column = left; column <= right; column++) see(image.pixels[start + column] as number);
  }
};

/**
 * Mean and standard deviation of modality values (PS3.3 C.11.1) in the ellipse between two corners,
 * in stored pixels; undefined where it holds no pixel. Not a density: values of different detectors
 * and exposures cannot be compared.
 */
export const ellipseValues = (
  image: MammogramImage,
  a: ImagePoint,
  b: ImagePoint,
): EllipseValues | undefined => {
  const toModality = modalityTransform(image);
  const { low, high } = image.padding ?? { low: Infinity, high: -Infinity };
  // Welford's running mean: sums of squares of 16-bit values would lose digits.
  let [count, mean, squares] = [0, 0, 0];
  visit(image, a, b, (stored) => {
    if (stored >= low && stored <= high) return;
    const value = toModality(stored);
    const off = value - mean;
    count++;
    mean += off / count;
    squares += off * (value - mean);
  });
  if (count === 0) return undefined;
  const of = isIdentity(image) ? 'stored' : 'modality';
  return { count, mean, sd: Math.sqrt(squares / count), of };
};
