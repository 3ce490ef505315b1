import type { WorkingImage } from './working-image.ts';
import type { Box } from '../geometry/box.ts';

/** Share of a box (stored pixels) that lies on breast, 0 to 1; 0 for a box off the image. */
export const breastShare = (
  { width, height, breast, columnsPerPixel, rowsPerPixel }: WorkingImage,
  box: Box,
): number => {
  const clamp = (v: number, max: number) => Math.min(Math.max(Math.floor(v), 0), max);
  const [x0, y0] = [clamp(box.x / columnsPerPixel, width), clamp(box.y / rowsPerPixel, height)];
  const x1 = clamp((box.x + box.width) / columnsPerPixel + 1, width);
  const y1 = clamp((box.y + box.height) / rowsPerPixel + 1, height);
  let inside = 0;
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) inside += breast[y * width + x] as number;
  const cells = (x1 - x0) * (y1 - y0);
  return cells > 0 ? inside / cells : 0;
};
