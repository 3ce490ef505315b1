import { cutLesion, gridOf } from '../../../src/core/features/analytic/lesion-cut.ts';
import { SIZE_CELLS } from '../../../src/core/features/analytic/measure-cut.ts';
import type { Values } from '../../../src/core/features/analytic/definition.ts';
import { layFrame } from '../../../src/core/features/analytic/lesion-frame.ts';
import type { WorkingImage } from '../../../src/core/image/working-image.ts';
import { boxCentre, type Box } from '../../../src/core/geometry/box.ts';
import { segmentLesion } from '../../../src/core/segmentation/segment-lesion.ts';
import type { Measure } from '../extract.ts';
import { measureRings } from './measure-rings.ts';
import { measureHaralickGrid } from './measure-texture-grid.ts';
import { layWideFrame } from './wide-frame.ts';

/**
 * What was tried for the analytic arm and left out when its list was cut, by name: lines and edges
 * by angle and ring, lines about the box, the finest local patterns, grey by ring; and Haralick's features in all neighbourhoods at all distances. Measured so that lists can
 * be compared which owe nothing to the outcomes. All finite.
 */
const leftOutValues = (image: WorkingImage, box: Box): Values => {
  const contour = segmentLesion(image, boxCentre(box), box);
  const frame = layFrame(image, box, contour, gridOf(cutLesion(image, box), SIZE_CELLS));
  return {
    ...measureHaralickGrid(frame),
    ...measureRings(layWideFrame(image, box, contour)),
  };
};

const blank: WorkingImage = {
  width: 64,
  height: 64,
  data: new Float32Array(64 * 64),
  breast: new Uint8Array(64 * 64).fill(1),
  columnsPerPixel: 1,
  rowsPerPixel: 1,
};

/** Names of the features that were left out, in the order of `leftOut`. */
export const LEFT_OUT: readonly string[] = Object.keys(
  leftOutValues(blank, { x: 24, y: 24, width: 16, height: 16 }),
);

/** For extractAnalytic: the features that were left out, in the order of LEFT_OUT. */
export const leftOut: Measure = {
  key: ['left out 3', LEFT_OUT],
  of: (image, box) => {
    const values = leftOutValues(image, box);
    return Float32Array.from(LEFT_OUT, (name) => values[name] as number);
  },
};
