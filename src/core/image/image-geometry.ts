import type { MammogramImage } from './mammogram-image.ts';

/** Size of the image and of its pixels in world units (mm, or columns where spacing is unknown). */
export interface ImageGeometry {
  readonly columns: number;
  readonly rows: number;
  readonly columnSpacing: number;
  readonly rowSpacing: number;
}

export const geometryOf = (
  image: Pick<MammogramImage, 'columns' | 'rows' | 'spacing' | 'pixelAspect'>,
): ImageGeometry => ({
  columns: image.columns,
  rows: image.rows,
  columnSpacing: image.spacing?.column ?? 1,
  rowSpacing: image.spacing?.row ?? image.pixelAspect,
});
