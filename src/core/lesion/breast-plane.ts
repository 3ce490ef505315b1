import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import { displayOrientation } from '../dicom/display-orientation.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** What of an image places a point in the breast. */
export interface BreastView {
  readonly header: MammogramHeader;
  readonly columns: number;
  readonly rows: number;
  /** Height of a stored pixel divided by its width. */
  readonly pixelAspect: number;
  /** Column spacing in mm, where the file states one. */
  readonly columnSpacing?: number | undefined;
}

/** A way across the image in units of a stored column: towards the chest wall, and up as it hangs. */
export interface PlaneOffset {
  readonly back: number;
  readonly up: number;
}

/** Straight distance of two points (stored pixels) in units of a stored column. */
export const columnDistance = (
  { pixelAspect }: Pick<BreastView, 'pixelAspect'>,
  a: ImagePoint,
  b: ImagePoint,
): number => Math.hypot(a.x - b.x, (a.y - b.y) * pixelAspect);

/**
 * The way from one point to another as the image hangs: `up` is lateral on a CC view and towards the
 * head on the others. Undefined where side or PatientOrientation is missing: it is never guessed.
 */
export const planeOffset = (
  { header, pixelAspect }: BreastView,
  from: ImagePoint,
  to: ImagePoint,
): PlaneOffset | undefined => {
  const { transpose, flipHorizontal, flipVertical, source } = displayOrientation(header);
  if (source !== 'PatientOrientation') return undefined;
  const [dx, dy] = [to.x - from.x, (to.y - from.y) * pixelAspect];
  const [across, along] = transpose ? [dy, dx] : [dx, dy];
  const right = flipHorizontal ? -across : across;
  const down = flipVertical ? -along : along;
  return { back: header.laterality.value === 'R' ? right : -right, up: -down };
};

/**
 * From the nipple straight back to the edge of the image at the chest wall, in units of a stored
 * column. It stands for the posterior nipple line, which on an MLO view ends at the pectoral muscle
 * and is therefore somewhat shorter.
 */
export const nippleLine = (view: BreastView, nipple: ImagePoint): number | undefined => {
  const edges: readonly ImagePoint[] = displayOrientation(view.header).transpose
    ? [
        { x: nipple.x, y: 0 },
        { x: nipple.x, y: view.rows },
      ]
    : [
        { x: 0, y: nipple.y },
        { x: view.columns, y: nipple.y },
      ];
  const back = edges.map((edge) => planeOffset(view, nipple, edge)?.back ?? 0);
  const length = Math.max(...back);
  return length > 0 ? length : undefined;
};
