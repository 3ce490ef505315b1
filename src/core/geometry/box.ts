/**
 * An axis-aligned region in image pixels of the stored image (not of the screen, not of a resampled
 * copy). Origin top left, x along columns, y along rows; (0, 0) is the outer corner of the first
 * pixel, so the whole image is { x: 0, y: 0, width: columns, height: rows }.
 */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box side that still counts as a lesion mark, in image pixels. */
export const MIN_BOX_SIDE = 4;

export const boxFromCorners = (x0: number, y0: number, x1: number, y1: number): Box => ({
  x: Math.min(x0, x1),
  y: Math.min(y0, y1),
  width: Math.abs(x1 - x0),
  height: Math.abs(y1 - y0),
});

export const boxCentre = (box: Box): { readonly x: number; readonly y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

/** Whether the box lies wholly inside an image of that size and is large enough to be a mark. */
export const isBoxInside = (box: Box, columns: number, rows: number): boolean =>
  box.width >= MIN_BOX_SIDE &&
  box.height >= MIN_BOX_SIDE &&
  box.x >= 0 &&
  box.y >= 0 &&
  box.x + box.width <= columns &&
  box.y + box.height <= rows;

/** The part of the box that lies inside the image; its sides may be 0. */
export const clipBox = (box: Box, columns: number, rows: number): Box => {
  const clamp = (v: number, max: number) => Math.min(Math.max(v, 0), max);
  return boxFromCorners(
    clamp(box.x, columns),
    clamp(box.y, rows),
    clamp(box.x + box.width, columns),
    clamp(box.y + box.height, rows),
  );
};
