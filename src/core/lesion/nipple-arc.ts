import { boxCentre, type Box } from '../geometry/box.ts';
import { insideOf } from '../geometry/polygon.ts';
import { type BreastView, columnDistance } from './breast-plane.ts';
import type { ImagePoint } from '../geometry/point.ts';

/**
 * A lesion keeps about its distance from the nipple on CC and MLO; the band to either side that it
 * is looked for in, mm.
 */
export const ARC_TOLERANCE_MM = 10;
/** Height of a film, mm: what an image without spacing is taken to show. */
const FILM_HEIGHT_MM = 240;

/** mm of one stored column: stated, or assumed from the height of a film. */
const columnMm = ({ columnSpacing, rows, pixelAspect }: BreastView): number =>
  columnSpacing ?? FILM_HEIGHT_MM / (rows * pixelAspect);

/** A mark on one view with the nipple of that view, both in stored pixels. */
export interface MarkedView extends BreastView {
  readonly box: Box;
  readonly nipple: ImagePoint;
}

export interface ArcDistance {
  readonly mm: number;
  /** False where it rests on an assumed film height, not on a stated spacing. */
  readonly calibrated: boolean;
}

/** Distance of a mark's middle from the nipple. */
export const nippleDistance = (from: MarkedView): ArcDistance => ({
  mm: columnDistance(from, from.nipple, boxCentre(from.box)) * columnMm(from),
  calibrated: from.columnSpacing !== undefined,
});

/** Two marks of one lesion whose distances from the nipple differ too much. */
export interface NippleDisagreement {
  /** By how much the shortest and the longest distance differ. */
  readonly mm: number;
  readonly views: readonly string[];
}

/** Part of a breast, or another scale: the distance is not that of the whole breast. */
const isPartial = ({ header }: BreastView): boolean =>
  header.partialView ||
  header.viewModifiers.some((m) => m === 'magnification' || m === 'spot compression');

/**
 * Whether the marks of one lesion lie at distances from the nipple that differ by more than the
 * tolerance. Views of part of a breast are left out, and so are all where some have a spacing and
 * some have none: those distances cannot be compared.
 */
export const nippleDisagreement = (
  views: readonly (MarkedView & { readonly name: string })[],
): NippleDisagreement | undefined => {
  const whole = views.filter((view) => !isPartial(view));
  const distances = whole.map(nippleDistance);
  if (new Set(distances.map((d) => d.calibrated)).size !== 1) return undefined;
  const all = distances.map((d) => d.mm);
  const mm = Math.max(...all) - Math.min(...all);
  return mm > ARC_TOLERANCE_MM ? { mm, views: whole.map((view) => view.name) } : undefined;
};

/** A distance in mm in units of a stored column of another view. */
export const columnsOf = (to: BreastView, mm: number): number => mm / columnMm(to);

const STEPS = 720;

/**
 * The parts of a circle about the nipple that lie in the breast, each a line of points (stored
 * pixels). `radius` is in units of a stored column, `outline` the closed outline of the breast.
 */
export const arcInBreast = (
  { pixelAspect }: Pick<BreastView, 'pixelAspect'>,
  nipple: ImagePoint,
  radius: number,
  outline: readonly ImagePoint[],
): readonly (readonly ImagePoint[])[] => {
  const points = Array.from({ length: STEPS }, (_, i) => {
    const angle = (i / STEPS) * 2 * Math.PI;
    return {
      x: nipple.x + radius * Math.cos(angle),
      y: nipple.y + (radius * Math.sin(angle)) / pixelAspect,
    };
  });
  const isInBreast = insideOf(outline);
  const inside = points.map((point) => isInBreast(point.x, point.y));
  // Begin outside, so that no part is cut in two at the start.
  const start = inside.indexOf(false);
  if (start < 0) return [[...points, points[0] as ImagePoint]];
  const parts: ImagePoint[][] = [];
  for (let i = 0; i < STEPS; i++) {
    const at = (start + i) % STEPS;
    if (!inside[at]) continue;
    if (inside[(at + STEPS - 1) % STEPS]) parts.at(-1)?.push(points[at] as ImagePoint);
    else parts.push([points[at] as ImagePoint]);
  }
  return parts.filter((part) => part.length > 1);
};
