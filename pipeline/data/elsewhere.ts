import type { WorkingImage } from '../../src/core/image/working-image.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import { RULES } from '../protocol/rules.ts';

/** Side of the network's patch over the box's longer side; no other lesion may reach into it. */
const CONTEXT = RULES.patch.context;
const LEAST_TISSUE = 0.9;
const TRIES = 400;

/** Share of breast in a box, on a grid of 12 x 12 points. */
const tissueShare = (image: WorkingImage, box: Box): number => {
  let inside = 0;
  for (let i = 0; i < 144; i++) {
    const x = (box.x + ((i % 12) + 0.5) * (box.width / 12)) / image.columnsPerPixel;
    const y = (box.y + (Math.floor(i / 12) + 0.5) * (box.height / 12)) / image.rowsPerPixel;
    if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
    inside += image.breast[Math.floor(y) * image.width + Math.floor(x)] as number;
  }
  return inside / 144;
};

/** The square that the patch of a box covers, in stored pixels. */
const patchArea = (image: WorkingImage, { x, y, width, height }: Box): Box => {
  const side = CONTEXT * Math.max(width / image.columnsPerPixel, height / image.rowsPerPixel);
  const [w, h] = [side * image.columnsPerPixel, side * image.rowsPerPixel];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
};

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * A box of the same size in tissue of the same image whose patch touches none of its lesions: a
 * control of what film and breast tell by themselves. Undefined where no such place was found.
 */
export const placeElsewhere = (
  image: WorkingImage,
  box: Box,
  lesions: readonly Box[],
  random: () => number,
): Box | undefined => {
  for (let i = 0; i < TRIES; i++) {
    const moved = {
      ...box,
      x: random() * (image.width * image.columnsPerPixel - box.width),
      y: random() * (image.height * image.rowsPerPixel - box.height),
    };
    const area = patchArea(image, moved);
    if (lesions.some((lesion) => overlap(lesion, area))) continue;
    if (tissueShare(image, area) >= LEAST_TISSUE) return moved;
  }
  return undefined;
};
