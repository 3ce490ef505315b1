import { join } from 'node:path';
import { measureLesion } from '../../src/core/lesion/measure-lesion.ts';
import type { Extractor } from '../../src/core/lesion/measured-arms.ts';
import { measureOf as measuring } from '../../src/core/lesion/measures.ts';
import { segmentLesion } from '../../src/core/segmentation/segment-lesion.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import {
  toWorkingImage,
  type WorkingImage,
  type WorkingRule,
} from '../../src/core/image/working-image.ts';
import { groupBy } from '../../src/core/units/group-by.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';
import { boxCentre, clipBox, isBoxInside, type Box } from '../../src/core/geometry/box.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import type { Problem, Roi } from '../data/rois.ts';
import { fileCache, hashOf } from '../features/file-cache.ts';
import { progress } from '../progress.ts';

export interface AnalyticRow<T extends Roi> {
  readonly roi: T;
  /** In the order of the measure's features, rounded to 32-bit floats. */
  readonly vector: Float32Array;
}

/** What is measured of a box (stored pixels, inside the image). */
export interface Measure {
  /** Changes whenever a kept vector must not be used any more: raise with the features' code. */
  readonly key: readonly (string | object)[];
  readonly of: (image: WorkingImage, box: Box, roi: Roi) => Float32Array;
}

/** The product's features, in the order of ANALYTIC_FEATURES. */
export const ANALYTIC: Measure = {
  key: ['analytic 2', ANALYTIC_SCHEMA_ID, ANALYTIC_FEATURES],
  of: (image, box) => measureLesion(image, box),
};

/** All features of an extractor, in the order of its names. */
export const measureOf = ({ schemaId, names }: Extractor): Measure =>
  schemaId === ANALYTIC_SCHEMA_ID
    ? ANALYTIC
    : {
        key: [schemaId, names],
        of: (image, box) => {
          const contour = segmentLesion(image, boxCentre(box), box);
          return measuring(schemaId).whole(image, box, contour, names);
        },
      };

const keyOf = ({ key }: Measure, content: string, roi: Roi, rule: WorkingRule): string =>
  hashOf(...key, content, { box: roi.box, aspect: roi.pixelAspect, rule });

type Cache = ReturnType<typeof fileCache>;

/** Vectors of the boxes of one image, which is decoded only when one of them is not kept. */
const vectorsOfImage = async (
  rois: readonly Roi[],
  path: string,
  rule: WorkingRule,
  cache: Cache,
  measure: Measure,
): Promise<Result<Float32Array, string>[]> => {
  const refuse = (reason: string) => rois.map(() => err(`${rois[0]?.image}: ${reason}`));
  const bytes = await readBytes(path);
  if (!bytes.ok) return refuse(bytes.error);
  const content = hashOf(bytes.value);
  const kept = rois.map((roi) => cache.get(keyOf(measure, content, roi, rule)));
  if (kept.every((vector) => vector !== undefined)) return kept.map(ok);
  const image = await decodeImage(bytes.value, rois[0]?.image ?? '', rois[0]?.pixelAspect);
  if (!image.ok) return refuse(image.error);
  const working = toWorkingImage(image.value, rule);
  const { columns, rows } = image.value;
  return rois.map((roi) => {
    const box = clipBox(roi.box, columns, rows);
    if (!isBoxInside(box, columns, rows)) return err('the box is outside the image or too small');
    const vector = measure.of(working, box, roi);
    cache.put(keyOf(measure, content, roi, rule), vector);
    return ok(vector);
  });
};

/**
 * Analytic features of every box, through the page's own code, in the order of `rois`. Kept under
 * `cacheFolder` by image, box and rule, so that an interrupted run goes on where it stopped.
 */
export const extractAnalytic = async <T extends Roi>(
  rois: readonly T[],
  imagesFolder: string,
  rule: WorkingRule,
  cacheFolder: string,
  measure: Measure = ANALYTIC,
): Promise<{ rows: AnalyticRow<T>[]; problems: Problem[] }> => {
  const cache = fileCache(cacheFolder);
  const bar = progress('analytic features', rois.length, 'boxes');
  const found = new Map<T, Float32Array>();
  const problems: Problem[] = [];
  for (const group of groupBy(rois, (roi) => `${roi.image}|${roi.pixelAspect ?? ''}`)) {
    const path = join(imagesFolder, group[0]?.image ?? '');
    const vectors = await vectorsOfImage(group, path, rule, cache, measure);
    vectors.forEach((vector, i) => {
      const roi = group[i] as T;
      if (vector.ok) found.set(roi, vector.value);
      else problems.push({ line: roi.line, reason: vector.error });
    });
    bar.step(group.length);
  }
  bar.done();
  const rows = rois.flatMap((roi) => {
    const vector = found.get(roi);
    return vector ? [{ roi, vector }] : [];
  });
  return { rows, problems };
};
