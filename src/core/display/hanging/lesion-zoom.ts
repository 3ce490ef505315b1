import type { Box } from '../../geometry/box.ts';
import type { ImageGeometry } from '../../image/image-geometry.ts';

/** A mark in a view: CSS pixels of the view, and the box in stored pixels. */
export interface MarkInView {
  readonly box: Box;
  readonly geometry: ImageGeometry;
  readonly width: number;
  readonly height: number;
}

/** The shorter side of a view over the longer side of its mark: a lesion is judged with its surround. */
const SURROUND = 3;
/** Device pixels of an image column beyond which nothing more is to be seen. */
const MOST = 4;

/**
 * The one scale, in CSS pixels per world unit (mm, or columns where spacing is unknown), at which each
 * mark is seen with its surround in its view. The views must have world units of one kind.
 */
export const lesionScale = (marks: readonly MarkInView[], devicePixelRatio: number): number =>
  Math.min(
    ...marks.map(({ box, geometry, width, height }) => {
      const side = Math.max(box.width * geometry.columnSpacing, box.height * geometry.rowSpacing);
      const finest = MOST / devicePixelRatio / geometry.columnSpacing;
      return Math.min(Math.min(width, height) / (SURROUND * side), finest);
    }),
  );
