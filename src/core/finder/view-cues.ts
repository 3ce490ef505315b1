import { breastLandmarks } from '../image/nipple.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { boxCentre, type Box } from '../geometry/box.ts';
import { breastShare } from '../image/breast-share.ts';
import type { Candidate } from './candidates.ts';
import { logit } from './logistic.ts';
import type { ImagePoint } from '../geometry/point.ts';
import { exponential, hypotenuse, logarithm } from '../units/portable-math.ts';

/** Working pixels per mm where no spacing is known: that of the training archive, by its rule. */
const USUAL_PITCH = 0.2;
/** Distances to skin and chest wall count up to this, mm. */
const FAR = 40;
/** The size about which masses lie, mm. */
const USUAL_SIDE = 16;
/** How far from the upper corner at the chest wall a pectoral muscle is usual, mm. */
const PECTORAL = 45;

/** What tells a mass from a false mark within one view; each a plain number. */
export const VIEW_CUES = [
  'score',
  'lead',
  'outcome',
  'size',
  'sizeSquared',
  'aspect',
  'breast',
  'skin',
  'wall',
  'nipple',
  'contrast',
  'grey',
  'pectoral',
] as const;
export type ViewCue = (typeof VIEW_CUES)[number];

/** A candidate with what is known of it from its own view. */
export interface ViewCandidate extends Candidate {
  readonly cues: Readonly<Record<ViewCue, number>>;
  /** Longer side, mm (by the archive's pitch where the spacing is unknown). */
  readonly side: number;
  /** Distance to the nipple, mm likewise; undefined where no nipple was found. */
  readonly nippleDistance: number | undefined;
}

interface Frame {
  readonly image: WorkingImage;
  readonly pitch: number;
  readonly skin: readonly ImagePoint[];
  readonly nipple: ImagePoint | undefined;
  readonly wallOnLeft: boolean;
  readonly depth: number;
  readonly isMlo: boolean;
}

/** Distance of two points of the stored image, mm. */
const distance = ({ image, pitch }: Frame, a: ImagePoint, b: ImagePoint): number =>
  pitch * hypotenuse((a.x - b.x) / image.columnsPerPixel, (a.y - b.y) / image.rowsPerPixel);

/** Mean grey inside the ellipse of a box, and in the ring around it of half its radius; working grey. */
const greyOf = (image: WorkingImage, box: Box): { inside: number; around: number } => {
  const { width, height, data, columnsPerPixel: kx, rowsPerPixel: ky } = image;
  const c = boxCentre(box);
  const [cx, cy] = [c.x / kx, c.y / ky];
  const [rx, ry] = [Math.max(box.width / kx / 2, 1), Math.max(box.height / ky / 2, 1)];
  const clamp = (v: number, most: number) => Math.min(Math.max(Math.round(v), 0), most);
  let [sumIn, nIn, sumOut, nOut] = [0, 0, 0, 0];
  for (let y = clamp(cy - 1.5 * ry, height); y < clamp(cy + 1.5 * ry, height); y++)
    for (let x = clamp(cx - 1.5 * rx, width); x < clamp(cx + 1.5 * rx, width); x++) {
      const [u, v] = [(x + 0.5 - cx) / rx, (y + 0.5 - cy) / ry];
      const r = u * u + v * v;
      if (r > 2.25) continue;
      const value = data[y * width + x] as number;
      if (r < 0.64) {
        sumIn += value;
        nIn++;
      } else if (r > 1) {
        sumOut += value;
        nOut++;
      }
    }
  return { inside: nIn ? sumIn / nIn : 0, around: nOut ? sumOut / nOut : 0 };
};

const frameOf = (image: WorkingImage, isMlo: boolean): Frame => {
  const { outline, nipple } = breastLandmarks(image);
  const skin = outline.slice(1, -1);
  const wall = outline[0]?.x ?? 0;
  const wallOnLeft = wall === 0;
  const pitch = image.mmPerPixel ?? USUAL_PITCH;
  const reach = skin.reduce((most, p) => Math.max(most, Math.abs(p.x - wall)), 0);
  const depth = Math.max((reach / image.columnsPerPixel) * pitch, 1);
  return { image, pitch, skin, nipple, wallOnLeft, depth, isMlo };
};

/** Each candidate with its lead over the best other of the list, a logit. Does not mutate. */
export const withLeads = (candidates: readonly ViewCandidate[]): ViewCandidate[] =>
  candidates.map((candidate) => {
    const best = candidates.reduce((m, o) => (o === candidate ? m : Math.max(m, o.score)), 0);
    const lead = logit(candidate.score) - logit(best);
    return { ...candidate, cues: { ...candidate.cues, lead } };
  });

/** What a candidate's own place tells; its lead is not known yet. */
const describe = (frame: Frame, candidate: Candidate): ViewCandidate => {
  const { image, pitch } = frame;
  const { box, score, outcome } = candidate;
  const centre = boxCentre(box);
  const width = (box.width / image.columnsPerPixel) * pitch;
  const height = (box.height / image.rowsPerPixel) * pitch;
  const side = Math.max(width, height);
  const skin = frame.skin.reduce((m, p) => Math.min(m, distance(frame, p, centre)), FAR);
  const edge = frame.wallOnLeft ? 0 : image.width * image.columnsPerPixel;
  const wall = (Math.abs(centre.x - edge) / image.columnsPerPixel) * pitch;
  const top = (centre.y / image.rowsPerPixel) * pitch;
  const nippleDistance = frame.nipple && distance(frame, frame.nipple, centre);
  const grey = greyOf(image, box);
  const size = logarithm(side / USUAL_SIDE);
  return {
    ...candidate,
    side,
    nippleDistance,
    cues: {
      score: logit(score),
      lead: 0,
      outcome,
      size,
      sizeSquared: size * size,
      aspect: Math.abs(logarithm(width / height)),
      breast: breastShare(image, box),
      skin: skin / FAR,
      wall: Math.min(wall, FAR) / FAR,
      nipple: Math.min((nippleDistance ?? frame.depth / 2) / frame.depth, 2),
      contrast: grey.inside - grey.around,
      grey: grey.inside,
      pectoral: frame.isMlo ? exponential(-(wall + top) / PECTORAL) : 0,
    },
  };
};

/** Candidates of a view with their cues; `view` is CC, MLO or anything else. Does not mutate. */
export const withViewCues = (
  candidates: readonly Candidate[],
  image: WorkingImage,
  view: string,
): ViewCandidate[] => {
  const frame = frameOf(image, view === 'MLO');
  return withLeads(candidates.map((candidate) => describe(frame, candidate)));
};
