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

/** Detector size in mm: 1914 x 2294 pixels of 0.1 mm, a common full-field detector. */
export const FIELD = { width: 191.4, height: 229.4 } as const;

/** A slice of relaxed breast is about this much thicker than the compressed one. */
const RELAXATION = 1.35;

const superellipse = (t: number, power: number, root: number): number =>
  t >= 1 ? 0 : (1 - t ** power) ** root;

/** Wrinkles of the outline, so that no edge is a perfect curve. */
const waviness = (y: number, phase: number): number =>
  0.8 * Math.sin(y / 19 + phase) + 0.25 * Math.sin(y / 8.3 + 2.1 * phase);

/** How far the nipple stands out of the outline, `y` mm off its middle. */
const teat = (y: number): number => 2.1 * Math.exp(-((y / 5) ** 4));

export interface BreastShape {
  /** Distance of the nipple from the chest wall edge in CC and MLO. */
  readonly reach: { readonly CC: number; readonly MLO: number };
  /** Height of the nipple on the image. */
  readonly level: { readonly CC: number; readonly MLO: number };
  readonly thickness: { readonly CC: number; readonly MLO: number };
  /** Length of the breast along the chest wall, as a share of a mean one. */
  readonly span: number;
  readonly phase: number;
}

const ccView = (shape: BreastShape): ViewGeometry => {
  const { reach, level, thickness, span, phase } = shape;
  const nipple = { x: reach.CC, y: level.CC };
  return {
    name: 'CC',
    nipple,
    thickness: thickness.CC,
    skin: (y) => {
      const lateral = y < nipple.y;
      const t = Math.abs(y - nipple.y) / (span * (lateral ? 116 : 96));
      const base = nipple.x * superellipse(t, lateral ? 1.75 : 2.1, lateral ? 0.78 : 0.52);
      if (base <= 0) return 0;
      return base + waviness(y, phase) * Math.min(t * 3, 1) + teat(y - nipple.y);
    },
    toPlane: ({ d, u }) => ({ x: nipple.x - d, y: nipple.y - u }),
    toPlace: (x, y, w) => ({ d: nipple.x - x, u: nipple.y - y, v: w * RELAXATION }),
    pectoralDepth: (x, y) => 2.5 + 3 * Math.sin(phase) - ((y - nipple.y - 12) / 22) ** 2 - x,
  };
};

/** The plane of the mediolateral oblique view, 45 degrees between lateral and up. */
const OBLIQUE = Math.SQRT1_2;

const mloView = (shape: BreastShape): ViewGeometry => {
  const { reach, level, thickness, span, phase } = shape;
  const nipple = { x: reach.MLO, y: level.MLO };
  const below = 84 * span;
  const top = nipple.x * 0.62;
  const pectoralTop = 0.52 * nipple.x;
  const pectoralEnd = nipple.y - 4;
  const outline = (y: number): number => {
    const t = (y - nipple.y) / (y < nipple.y ? -nipple.y : below);
    if (y < nipple.y) {
      // The upper breast runs out straight towards the armpit.
      const s = t * t * (3 - 2 * t) * 0.35 + 0.65 * t ** 1.9;
      return nipple.x - (nipple.x - top) * s;
    }
    return nipple.x * superellipse(t, 2.05, 0.56);
  };
  return {
    name: 'MLO',
    nipple,
    thickness: thickness.MLO,
    skin: (y) => {
      const fold = nipple.y + below - 7;
      const belly = y > fold ? 0.4 * (y - fold) : 0;
      const off = Math.min(Math.abs(y - nipple.y) / 30, 1);
      const curve = outline(y);
      // A smooth maximum rounds the fold between breast and abdomen.
      const merged =
        y > fold - 25 ? 8 * Math.log(Math.exp(curve / 8) + Math.exp((belly + 2) / 8)) : curve;
      return merged + waviness(y, phase) * off + teat(y - nipple.y);
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
      const bulge = (1 - t) * (1 + 0.42 * t + 0.1 * Math.sin(phase));
      return (pectoralTop * bulge + 0.9 * Math.sin(y / 31 + phase) - x) * 0.9;
    },
  };
};

export const viewGeometry = (name: ViewName, shape: BreastShape): ViewGeometry =>
  name === 'CC' ? ccView(shape) : mloView(shape);
