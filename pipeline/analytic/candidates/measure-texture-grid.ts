import type { Values } from '../../../src/core/features/analytic/definition.ts';
import { coOccurrence, offsetsAt } from '../../../src/core/features/analytic/glcm.ts';
import { haralick, HARALICK_NAMES } from '../../../src/core/features/analytic/haralick.ts';
import {
  NEIGHBOURHOODS,
  type LesionFrame,
} from '../../../src/core/features/analytic/lesion-frame.ts';
import { momentsIn } from '../../../src/core/features/analytic/moments.ts';
import { quantise } from '../../../src/core/features/analytic/quantise.ts';
import { gaussianSmooth } from '../../../src/core/segmentation/smooth.ts';

const LEVELS = 32;
/** Distances in cells of the lesion frame: 1.4, 2.75, 5.5 and 11 % of the longer side of the box. */
export const DISTANCES = [1, 2, 4, 8];
const SIGMAS = [0.7, 1.4, 2.8, 5.6, 11.2];
const FAINTEST = 1e-5;

/** Haralick's 13 features in every neighbourhood at every distance: none is picked. */
export const measureHaralickGrid = (frame: LesionFrame): Values => {
  const values: Values = {};
  for (const where of NEIGHBOURHOODS) {
    const grey = quantise(frame.raster.data, frame.cells[where], LEVELS);
    for (const d of DISTANCES) {
      const { width } = frame.raster;
      const p = coOccurrence(grey, frame.cells[where], width, offsetsAt(d), LEVELS);
      const h = haralick(p, LEVELS);
      HARALICK_NAMES.forEach((n, i) => (values[`glcm.${where}.${d}.${n}`] = h[i] as number));
    }
  }
  return values;
};

/** Strength of each band of detail, logarithm, in lesion, margin and surround; `unit` in cells. */
export const measureBandStrength = (frame: LesionFrame, name: string, unit: number): Values => {
  const values: Values = {};
  const smooth = SIGMAS.map((sigma) => gaussianSmooth(frame.raster, sigma * unit).data);
  smooth.slice(1).forEach((wide, k) => {
    const band = wide.map((v, i) => ((smooth[k] as Float32Array)[i] as number) - v);
    for (const where of ['lesion', 'margin', 'surround'] as const)
      values[`bandStrength.${name}.${k}.${where}`] = Math.log(
        momentsIn(band, frame.cells[where]).sd + FAINTEST,
      );
  });
  return values;
};
