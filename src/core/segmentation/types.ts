import type { Box } from '../geometry/box.ts';
import type { ImagePoint } from '../geometry/point.ts';

/**
 * A raster laid over a part of the image: cell (column, row) covers stored pixels from
 * (x + column * columnStep, y + row * rowStep). Cells are square in space (mm), not in stored pixels.
 */
export interface MaskGrid {
  readonly x: number;
  readonly y: number;
  readonly columnStep: number;
  readonly rowStep: number;
  readonly width: number;
  readonly height: number;
}

/** The outline of a lesion in one view, one piece and without holes. */
export interface LesionContour {
  /** Closed outline in stored pixels, in order; the last point joins the first. */
  readonly polygon: readonly ImagePoint[];
  readonly grid: MaskGrid;
  /** 1 where the cell's centre is inside the polygon, row-major, width * height of the grid. */
  readonly mask: Uint8Array;
  /**
   * Mean radial gradient index along the outline, 0 to 1: 1 where grey falls straight outward
   * everywhere, 0 where nothing says that this is an edge (also: nothing could be segmented, and
   * the outline is a mere ellipse).
   */
  readonly quality: number;
  /** The box that stands for the lesion as a reader would mark it, stored pixels, inside the image. */
  readonly box: Box;
}
