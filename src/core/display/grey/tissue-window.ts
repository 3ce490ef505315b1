import type { BreastShape } from '../../image/breast-shape.ts';
import type { MammogramImage, Voi } from '../../image/mammogram-image.ts';
import {
  inPadding,
  isInverted,
  modalityTransform,
  voiTransform,
} from '../../image/presentation-values.ts';
import { quantile } from '../../stats/bootstrap.ts';

/** Name of the preset; the interface translates it. */
export const TISSUE_PRESET = 'Breast tissue (auto)';

/** About as many pixels as are looked at; percentiles of a sample this large are steady. */
const SAMPLE = 60_000;

/** Fewer values of tissue say nothing. */
const LEAST_SAMPLE = 50;

/** Percentiles of tissue that become black and white. */
const LOW = 1;
const HIGH = 99.5;

/** Cells wholly in the breast whose neighbours are too: without the skin line and its blur. */
const isDeep = ({ cells, columns, rows }: BreastShape, x: number, y: number): boolean => {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const [cx, cy] = [x + dx, y + dy];
      // Beyond the edge of the image the breast goes on: the chest wall is no skin line.
      if (cx < 0 || cy < 0 || cx >= columns || cy >= rows) continue;
      if ((cells[cy * columns + cx] as number) < 250) return false;
    }
  return true;
};

/** Stored values of a regular sample of the pixels deep in the breast, without padding. */
const sampleTissue = (image: MammogramImage, shape: BreastShape): number[] => {
  const { columns, rows, pixels } = image;
  const step = Math.max(1, Math.round(Math.sqrt((columns * rows) / SAMPLE)));
  const deep = Uint8Array.from({ length: shape.cells.length }, (_, i) =>
    Number(isDeep(shape, i % shape.columns, Math.floor(i / shape.columns))),
  );
  const values: number[] = [];
  for (let y = step >> 1; y < rows; y += step) {
    const cells = Math.floor((y * shape.rows) / rows) * shape.columns;
    for (let x = step >> 1; x < columns; x += step) {
      if (!deep[cells + Math.floor((x * shape.columns) / columns)]) continue;
      const stored = pixels[y * columns + x] as number;
      if (!inPadding(image, stored)) values.push(stored);
    }
  }
  return values;
};

/** What sampleTissue finds, in modality values and rising order. */
export const tissueOf = (image: MammogramImage, shape: BreastShape): Float64Array =>
  Float64Array.from(sampleTissue(image, shape), modalityTransform(image)).sort();

/**
 * The window over the breast tissue of one image: the 1st percentile of its brightness becomes black
 * and the 99.5th white, whichever way round its values run. The skin line is left out, because its
 * blur runs down to air. Undefined where there is no tissue to speak of.
 */
export const tissueWindow = (
  image: MammogramImage,
  shape: BreastShape,
  tissue = tissueOf(image, shape),
): Voi | undefined => {
  if (tissue.length < LEAST_SAMPLE) return undefined;
  const [from, to] = isInverted(image) ? [100 - HIGH, 100 - LOW] : [LOW, HIGH];
  const [low, high] = [quantile(tissue, from / 100), quantile(tissue, to / 100)];
  if (!(high > low)) return undefined;
  return {
    kind: 'window',
    center: (low + high) / 2,
    width: high - low,
    fn: 'LINEAR_EXACT',
    explanation: TISSUE_PRESET,
  };
};

/** Greys that are nearer than this look alike. */
const ONE_GREY = 1 / 100;

/** The presets of an image without the first ones that make all of its tissue (`tissueOf`) one grey. */
export const tellingPresets = (image: MammogramImage, tissue: Float64Array): readonly Voi[] => {
  if (tissue.length < LEAST_SAMPLE) return image.voi;
  const inputs = [LOW, 50, HIGH].map((percent) => quantile(tissue, percent / 100));
  if (inputs[0] === inputs[2]) return image.voi;
  const first = image.voi.findIndex((voi) => {
    const greys = inputs.map(voiTransform(voi));
    return Math.max(...greys) - Math.min(...greys) >= ONE_GREY;
  });
  return first < 0 ? [] : image.voi.slice(first);
};

/** Whether most of the tissue would be padding, without its commonest value: `shape` is that of the breast without padding. */
export const isPaddingOfTissue = (
  { padding, ...image }: MammogramImage,
  shape: BreastShape,
): boolean => {
  const values = sampleTissue(image, shape);
  const padded = values.filter((value) =>
    inPadding({ ...image, ...(padding && { padding }) }, value),
  );
  const often = new Map<number, number>();
  for (const value of padded) often.set(value, (often.get(value) ?? 0) + 1);
  return 2 * (padded.length - Math.max(0, ...often.values())) > values.length;
};
