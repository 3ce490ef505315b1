import { z } from 'zod';
import { boxCentre, type Box } from '../geometry/box.ts';
import { type BreastView, columnDistance, nippleLine, planeOffset } from './breast-plane.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** One marked view of a lesion with the nipple of its breast (stored pixels). */
export interface LocatedView extends BreastView {
  readonly box: Box;
  readonly nipple: ImagePoint;
  /** Whether the reader set or confirmed the nipple; else it was found by the program. */
  readonly nippleConfirmed: boolean;
}

/**
 * Where in the breast a lesion lies, in the words of the ACR BI-RADS Atlas, 5th edition (2013),
 * "Location of lesion": side, quadrant or region, clock face, depth, distance from the nipple. Each
 * is absent where the marks do not tell it.
 */
export const locationSchema = z.object({
  side: z.enum(['L', 'R']),
  vertical: z.enum(['upper', 'lower', 'level']).optional(),
  horizontal: z.enum(['outer', 'inner', 'level']).optional(),
  region: z.enum(['central', 'subareolar', 'axillary tail']).optional(),
  /** Hour on the clock face as seen from in front of the patient. */
  clock: z.int().min(1).max(12).optional(),
  depth: z.enum(['anterior', 'middle', 'posterior']).optional(),
  /** From the nipple to the middle of the mark, in the plane of each calibrated view. */
  nippleDistances: z.array(z.object({ view: z.string(), mm: z.number().nonnegative() })),
  /** The views that it was read from. */
  views: z.array(z.string()),
  nipples: z.enum(['set by the reader', 'detected']),
});
export type LesionLocation = Readonly<z.infer<typeof locationSchema>>;

/** Off the nipple's level by less than this share of the nipple line: neither above nor below. */
const LEVEL = 0.06;
/** Around the line straight back from the nipple, share of the nipple line (about 1 cm): central. */
const CENTRAL = 0.12;
/** Central and no deeper than this share (about 2.5 cm): subareolar. */
const SUBAREOLAR = 0.28;
/** This far above the nipple on an MLO view, in nipple lines, and outer: the axillary tail. */
const TAIL = 0.85;

/** A mark in units of its own nipple line, so that views at unlike scales can be joined. */
interface Placed {
  readonly kind: 'CC' | 'MLO' | 'lateral';
  readonly back: number;
  readonly up: number;
}

const KINDS = { CC: 'CC', MLO: 'MLO', ML: 'lateral', LM: 'lateral' } as const;

/** Part of a breast, or another scale: the nipple line means nothing there. */
const isPartial = ({ header }: BreastView): boolean =>
  header.partialView ||
  header.viewModifiers.some((m) => m === 'magnification' || m === 'spot compression');

const place = (view: LocatedView): Placed | undefined => {
  const name = view.header.view.value;
  const kind = name && name in KINDS ? KINDS[name as keyof typeof KINDS] : undefined;
  const line = nippleLine(view, view.nipple);
  const offset = planeOffset(view, view.nipple, boxCentre(view.box));
  if (!kind || !line || !offset || isPartial(view)) return undefined;
  return { kind, back: offset.back / line, up: offset.up / line };
};

/**
 * Height above the nipple. A true lateral view shows it. An MLO view, whose beam runs from upper
 * inner to lower outer, shows (height + lateral offset) / sqrt(2) at 45 degrees (a lateral lesion
 * stands lower, a medial one higher, than the MLO shows); with the CC view it can be solved.
 */
const heightOf = (
  lateral: Placed | undefined,
  mlo: Placed | undefined,
  outward: number | undefined,
): number | undefined => {
  if (lateral) return lateral.up;
  if (!mlo) return undefined;
  return outward === undefined ? mlo.up : Math.SQRT2 * mlo.up - outward;
};

const named = <T>(value: number | undefined, plus: T, minus: T): T | 'level' | undefined => {
  if (value === undefined) return undefined;
  if (Math.abs(value) < LEVEL) return 'level';
  return value > 0 ? plus : minus;
};

const hour = (side: 'L' | 'R', outward: number, height: number): number => {
  // Seen from the front the left breast lies on the right: its outer side is at 3 o'clock.
  const x = side === 'L' ? outward : -outward;
  const hours = Math.round((Math.atan2(x, height) / (2 * Math.PI)) * 12);
  return ((hours + 11) % 12) + 1;
};

const depthOf = (back: number): NonNullable<LesionLocation['depth']> => {
  if (back < 1 / 3) return 'anterior';
  return back < 2 / 3 ? 'middle' : 'posterior';
};

const regionOf = (
  outward: number | undefined,
  height: number | undefined,
  back: number,
  mlo: Placed | undefined,
): LesionLocation['region'] => {
  if (outward === undefined || height === undefined) return undefined;
  if (Math.hypot(outward, height) < CENTRAL) return back < SUBAREOLAR ? 'subareolar' : 'central';
  return mlo && mlo.up > TAIL && outward > LEVEL ? 'axillary tail' : undefined;
};

/** The newest of each kind: a lesion may be marked in an earlier study too. */
const newestFirst = (a: LocatedView, b: LocatedView): number =>
  b.header.studyDate.localeCompare(a.header.studyDate);

/**
 * The place of a lesion, estimated from its marks and the nipples of their views. Undefined where
 * the side is unknown or the views name different sides.
 */
export const locateLesion = (views: readonly LocatedView[]): LesionLocation | undefined => {
  const sides = new Set(views.map(({ header }) => header.laterality.value));
  const [side] = sides;
  if (sides.size !== 1 || !side) return undefined;
  const found = views
    .toSorted(newestFirst)
    .map((view) => ({ view, placed: place(view) }))
    .filter((one): one is { view: LocatedView; placed: Placed } => one.placed !== undefined);
  const first = (kind: Placed['kind']) => found.find(({ placed }) => placed.kind === kind);
  const used = [first('CC'), first('MLO'), first('lateral')].filter((one) => one !== undefined);
  const [cc, mlo, lateral] = (['CC', 'MLO', 'lateral'] as const).map((k) => first(k)?.placed);
  const outward = cc?.up;
  const height = heightOf(lateral, mlo, outward);
  // On a CC view the nipple line ends at the edge of the image, elsewhere at the pectoral muscle.
  const back = used[0]?.placed.back;
  const region = back === undefined ? undefined : regionOf(outward, height, back, mlo);
  const [vertical, horizontal] = [
    named(height, 'upper' as const, 'lower' as const),
    named(outward, 'outer' as const, 'inner' as const),
  ];
  const isCentral = region === 'central' || region === 'subareolar';
  return {
    side,
    ...(vertical && { vertical }),
    ...(horizontal && { horizontal }),
    ...(region && { region }),
    ...(outward !== undefined &&
      height !== undefined &&
      !isCentral && { clock: hour(side, outward, height) }),
    ...(back !== undefined && { depth: depthOf(back) }),
    nippleDistances: used.flatMap(({ view }) =>
      view.columnSpacing === undefined
        ? []
        : [
            {
              view: `${side}${view.header.view.value}`,
              mm: columnDistance(view, view.nipple, boxCentre(view.box)) * view.columnSpacing,
            },
          ],
    ),
    views: used.map(({ view }) => `${side}${view.header.view.value}`),
    nipples: used.every(({ view }) => view.nippleConfirmed) ? 'set by the reader' : 'detected',
  };
};
