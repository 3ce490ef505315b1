/**
 * A place in the breast in mm: `d` behind the nipple (towards the chest wall), `u` lateral of it,
 * `v` above it. The same for both breasts: right images are mirrored at the end.
 */
export interface Place {
  readonly d: number;
  readonly u: number;
  readonly v: number;
}

export type ViewName = 'CC' | 'MLO';

/** A point of the image plane in mm: x from the chest wall edge, y from the upper edge. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** How one view lays the compressed breast on the detector. Lengths in mm. */
export interface ViewGeometry {
  readonly name: ViewName;
  readonly nipple: PlanePoint;
  /** Thickness between the paddle and the table. */
  readonly thickness: number;
  /** Distance of the skin from the chest wall edge at the height y; 0 where there is no breast. */
  skin(y: number): number;
  toPlane(place: Place): PlanePoint;
  /** The place at (x, y) and height `w` above the middle plane. */
  toPlace(x: number, y: number, w: number): Place;
  /** How deep (x, y) lies inside the pectoral muscle's outline; negative outside. */
  pectoralDepth(x: number, y: number): number;
}

/** Detector size of the demo case in mm. */
export const FIELD = { width: 179.2, height: 230.4 } as const;

/** A slice of relaxed breast is about this much thicker than the compressed one. */
const RELAXATION = 1.35;

const superellipse = (t: number, power: number, root: number): number =>
  t >= 1 ? 0 : (1 - t ** power) ** root;

/** Wrinkles of the outline, so that no edge is a perfect curve. */
const waviness = (y: number, phase: number): number =>
  0.9 * Math.sin(y / 17 + phase) + 0.5 * Math.sin(y / 7.3 + 2.1 * phase);

export interface BreastShape {
  /** Distance of the nipple from the chest wall edge in CC and MLO. */
  readonly reach: { readonly CC: number; readonly MLO: number };
  /** Height of the nipple on the image. */
  readonly level: { readonly CC: number; readonly MLO: number };
  readonly thickness: { readonly CC: number; readonly MLO: number };
  readonly phase: number;
}

const ccView = (shape: BreastShape): ViewGeometry => {
  const { reach, level, thickness, phase } = shape;
  const nipple = { x: reach.CC, y: level.CC };
  return {
    name: 'CC',
    nipple,
    thickness: thickness.CC,
    skin: (y) => {
      const lateral = y < nipple.y;
      const t = Math.abs(y - nipple.y) / (lateral ? 103 : 92);
      const base = nipple.x * superellipse(t, lateral ? 1.85 : 2.25, lateral ? 0.8 : 0.62);
      return base <= 0 ? 0 : base + waviness(y, phase) * Math.min(t * 3, 1);
    },
    toPlane: ({ d, u }) => ({ x: nipple.x - d, y: nipple.y - u }),
    toPlace: (x, y, w) => ({ d: nipple.x - x, u: nipple.y - y, v: w * RELAXATION }),
    pectoralDepth: () => -1e3,
  };
};

/** The plane of the mediolateral oblique view, 45 degrees between lateral and up. */
const OBLIQUE = Math.SQRT1_2;

const mloView = (shape: BreastShape): ViewGeometry => {
  const { reach, level, thickness, phase } = shape;
  const nipple = { x: reach.MLO, y: level.MLO };
  const fold = { x: 24, y: nipple.y + 66 };
  const top = nipple.x * 0.66;
  const pectoralTop = 66;
  const pectoralEnd = nipple.y + 18;
  return {
    name: 'MLO',
    nipple,
    thickness: thickness.MLO,
    skin: (y) => {
      const t = (y - nipple.y) / (y < nipple.y ? -nipple.y : fold.y - nipple.y);
      const wave = waviness(y, phase) * Math.min(t * 3, 1);
      if (y < nipple.y) return nipple.x - (nipple.x - top) * t ** 2.1 + wave;
      const below = fold.x + Math.max(y - fold.y, 0) * 0.5;
      const curve = fold.x + (nipple.x - fold.x) * superellipse(t, 2.1, 0.66);
      return Math.max(curve, below) + wave * 0.6;
    },
    toPlane: ({ d, u, v }) => ({ x: nipple.x - d, y: nipple.y - (u + v) * OBLIQUE }),
    toPlace: (x, y, w) => {
      const m = nipple.y - y;
      const n = w * RELAXATION;
      return { d: nipple.x - x, u: (m + n) * OBLIQUE, v: (m - n) * OBLIQUE };
    },
    pectoralDepth: (x, y) => {
      const t = y / pectoralEnd;
      if (t >= 1) return -1e3;
      const edge = pectoralTop * (1 - t) * (1 + 0.42 * t) + 1.2 * Math.sin(y / 19 + phase);
      return (edge - x) * 0.9;
    },
  };
};

export const viewGeometry = (name: ViewName, shape: BreastShape): ViewGeometry =>
  name === 'CC' ? ccView(shape) : mloView(shape);

/** Distance from the nipple on the image in mm: what a reader carries from CC to MLO. */
export const nippleDistance = (view: ViewGeometry, place: Place): number => {
  const at = view.toPlane(place);
  return Math.hypot(at.x - view.nipple.x, at.y - view.nipple.y);
};
