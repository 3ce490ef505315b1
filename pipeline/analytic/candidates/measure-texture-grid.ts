import type { Values } from '../../../src/core/features/analytic/definition.ts';
import { coOccurrence, offsetsAt } from '../../../src/core/features/analytic/glcm.ts';
import { haralick, HARALICK_NAMES } from '../../../src/core/features/analytic/haralick.ts';
import {
  NEIGHBOURHOODS,
  type LesionFrame,
} from '../../../src/core/features/analytic/lesion-frame.ts';
import { quantise } from '../../../src/core/features/analytic/quantise.ts';

const LEVELS = 32;
/** Distances in cells of the lesion frame: 1.4, 2.75, 5.5 and 11 % of the longer side of the box. */
export const DISTANCES = [1, 2, 4, 8];

/** Haralick's 13 features in every neighbourhood at every distance: none is picked. */
export const measureHaralickGrid = (frame: LesionFrame): Values => {
  const values: Values = {};
  for (const where of NEIGHBOURHOODS) {
    const cells = frame.cellsIn(where);
    const grey = quantise(frame.raster.data, cells, LEVELS);
    for (const d of DISTANCES) {
      const { width } = frame.raster;
      const p = coOccurrence(grey, cells, width, offsetsAt(d), LEVELS);
      const h = haralick(p, LEVELS);
      HARALICK_NAMES.forEach((n, i) => (values[`glcm.${where}.${d}.${n}`] = h[i] as number));
    }
  }
  return values;
};
