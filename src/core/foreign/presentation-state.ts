import { isInSight, type SliceSpan } from '../dicom/slices.ts';
import type { Turn } from '../geometry/screen-axes.ts';
import type { ImagePoint } from '../geometry/point.ts';
import type { Voi } from '../image/mammogram-image.ts';
import type { Shape } from './shape.ts';

/** What a part of a state applies to; absent: all images of the state. */
interface Scoped {
  readonly images?: readonly string[];
  /** Of images of several frames those that it applies to, counted from 1; an image not here: all. */
  readonly frames?: Readonly<Record<string, readonly number[]>>;
}

/** A line or area that is drawn, in stored pixels. */
export interface StateGraphic {
  readonly shape: Shape;
  readonly filled: boolean;
}

/** A text of a state: in a box, at an anchor, or both; stored pixels. */
export interface StateText {
  readonly text: string;
  readonly at: ImagePoint;
  /** Where a line runs to from the text; absent where none is drawn. */
  readonly anchor?: ImagePoint;
}

export interface StateAnnotation extends Scoped {
  readonly layer: string;
  readonly graphics: readonly StateGraphic[];
  readonly texts: readonly StateText[];
}

/** The part of the picture that is shown, stored pixels, (0, 0) the outer corner of the first. */
export interface StateArea extends Scoped {
  readonly from: ImagePoint;
  readonly to: ImagePoint;
}

/** A Softcopy Presentation State of another program (PS3.3 A.33). */
export interface PresentationState {
  readonly kind: 'presentation';
  readonly label: string;
  readonly description: string;
  readonly creator: string;
  readonly images: readonly string[];
  readonly voi: readonly (Scoped & { readonly voi: Voi })[];
  /** PresentationLUTShape (2050,0020); undefined where it has a table or says nothing. */
  readonly lutShape: 'IDENTITY' | 'INVERSE' | undefined;
  /** How the stored image is turned; undefined where the state leaves it as it hangs. */
  readonly turn: Turn | undefined;
  readonly areas: readonly StateArea[];
  /** What stays to be seen: each shape leaves its inside. */
  readonly shutters: readonly Shape[];
  readonly annotations: readonly StateAnnotation[];
  /** Parts that are not followed, by what they are. */
  readonly left: readonly (
    'rescale' | 'presentation LUT' | 'bitmap shutter' | 'mask' | 'graphics' | 'ornaments'
  )[];
}

const applies = ({ images, frames }: Scoped, sop: string, sight?: SliceSpan): boolean =>
  (!images || images.includes(sop)) && isInSight(frames?.[sop], sight);

/** What a state does to one image; of a volume to the slices in sight. */
export const stateFor = (state: PresentationState, sop: string, sight?: SliceSpan) => ({
  voi: state.voi.find((each) => applies(each, sop, sight))?.voi,
  area: state.areas.find((each) => applies(each, sop, sight)),
  annotations: state.annotations.filter((each) => applies(each, sop, sight)),
});

/**
 * ImageRotation (0070,0042), clockwise by 0, 90, 180 or 270 degrees, then ImageHorizontalFlip
 * (0070,0041), as a turn of the stored image (PS3.3 C.10.6). Undefined where both leave it as it is.
 */
export const turnOf = (rotation: number, flip: boolean): Turn | undefined => {
  const quarter = ((Math.round(rotation / 90) % 4) + 4) % 4;
  if (quarter === 0 && !flip) return undefined;
  const transpose = quarter % 2 === 1;
  // A quarter clockwise: what was left is at the top, and the lower edge comes to the left.
  const mirrored = quarter === 1 || quarter === 2;
  return {
    transpose,
    flipHorizontal: mirrored !== flip,
    flipVertical: quarter === 2 || quarter === 3,
  };
};

/**
 * A place in fractions of the displayed area as it is seen (units DISPLAY, PS3.3 C.10.5.1.1), in stored
 * pixels.
 */
export const fromDisplay = (
  { x, y }: ImagePoint,
  { from, to }: StateArea,
  turn: Turn | undefined,
): ImagePoint => {
  const { transpose, flipHorizontal, flipVertical } = turn ?? {
    transpose: false,
    flipHorizontal: false,
    flipVertical: false,
  };
  const across = flipHorizontal ? 1 - x : x;
  const down = flipVertical ? 1 - y : y;
  const [u, v] = transpose ? [down, across] : [across, down];
  return { x: from.x + u * (to.x - from.x), y: from.y + v * (to.y - from.y) };
};
