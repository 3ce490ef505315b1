import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import { measureLesion } from '../../src/core/lesion/measure-lesion.ts';
import { placeElsewhere } from '../data/elsewhere.ts';
import type { Roi } from '../data/rois.ts';
import { SEED } from '../protocol/rules.ts';
import type { Measure } from './extract.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

/**
 * The product's features of breast tissue away from every lesion of the image, in a box as large as
 * the lesion's: one place a box, drawn by a seed of its line. Empty where no place was found.
 */
export const elsewhere = (rois: readonly Roi[]): Measure => {
  const marked = new Map<string, Roi[]>();
  for (const roi of rois) marked.set(roi.image, [...(marked.get(roi.image) ?? []), roi]);
  return {
    key: ['elsewhere 1', ANALYTIC_SCHEMA_ID, ANALYTIC_FEATURES],
    of: (image, box, roi) => {
      const lesions = (marked.get(roi.image) ?? []).map((r) => r.box);
      const place = placeElsewhere(image, box, lesions, seededRandom(SEED + roi.line));
      return place ? measureLesion(image, place) : new Float32Array(0);
    },
  };
};
