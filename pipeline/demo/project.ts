import { FIELD } from './geometry.ts';
import type { ViewGeometry } from './geometry.ts';
import type { Lesion } from './lesions.ts';
import type { NoiseField } from './noise-field.ts';
import { createPlane, distanceInside, resize } from './raster.ts';
import type { Plane } from './raster.ts';
import { drawStrand } from './strands.ts';
import type { Strand } from './strands.ts';
import { MU, smoothStep } from './tissue.ts';
import type { Tissue } from './tissue.ts';

/** One breast: what fills it and the thin tubes in it. */
export interface Breast {
  readonly tissue: Tissue;
  readonly strands: readonly Strand[];
  readonly lesions: readonly Lesion[];
  /** Field for the striation of the pectoral muscle. */
  readonly muscle: NoiseField;
}

/** What a beam of parallel rays meets, in full resolution. */
export interface Projection {
  /** Mm of breast along the ray; 0 is air. */
  readonly thickness: Plane;
  /** Line integral of the attenuation above fat, without dimension. */
  readonly excess: Plane;
  /** Mm under the outline on the image. */
  readonly depth: Plane;
}

/** Height of the rounded rim of the compressed breast, `depth` mm inside the outline. */
const rim = (depth: number, thickness: number): number => {
  if (depth <= 0) return 0;
  const radius = thickness * 0.42;
  const t = Math.max(1 - depth / radius, 0);
  return thickness * Math.sqrt(1 - t * t);
};

const outlineMask = (view: ViewGeometry, width: number, height: number, pixel: number) => {
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const ymm = (y + 0.5) * pixel;
    const skin = view.skin(ymm);
    for (let x = 0; x < width; x++) {
      const xmm = (x + 0.5) * pixel;
      mask[y * width + x] = xmm < skin ? 1 : 0;
    }
  }
  return mask;
};

/** Muscle in the ray: thin at its outline, most of the thickness further back. */
const muscleLength = (view: ViewGeometry, x: number, y: number, thickness: number): number => {
  const inside = view.pectoralDepth(x, y);
  if (inside <= 0) return 0;
  const t = Math.min(inside / 40, 1);
  return thickness * (0.12 * smoothStep(0, 4, inside) + 0.36 * Math.sqrt(t * (2 - t)));
};

interface March {
  readonly view: ViewGeometry;
  readonly breast: Breast;
  readonly step: number;
}

/** Line integral of excess attenuation at one point of the image, skin and muscle included. */
const integrate = (
  { view, breast, step }: March,
  x: number,
  y: number,
  depth: number,
  jitter: number,
): number => {
  const outer = rim(depth, view.thickness);
  const areola = Math.hypot(x - view.nipple.x, y - view.nipple.y) / 13;
  const skin =
    1.5 + 0.15 * breast.muscle.at(x * 0.12, y * 0.12, 3) + 0.9 * Math.exp(-(areola ** 4));
  const inner = Math.max(rim(depth - skin, view.thickness) - 2 * skin, 0);
  let sum = (outer - inner) * (MU.skin - MU.fat);
  const muscle = muscleLength(view, x, y, inner);
  if (muscle > 0) {
    const stripe =
      breast.muscle.at(x * 0.35 + y * 0.1, y * 1.3 - x * 0.5, 7) +
      0.6 * breast.muscle.at(x * 0.9, y * 3.1 - x * 1.1, 31);
    sum += muscle * (MU.muscle - MU.fat) * (0.93 + 0.016 * stripe);
  }
  const rest = inner - muscle;
  const steps = Math.ceil(rest / step);
  const dw = rest / Math.max(steps, 1);
  let tissue = 0;
  for (let i = 0; i < steps; i++) {
    const w = -inner / 2 + (i + jitter) * dw;
    const { d, u, v } = view.toPlace(x, y, w);
    const under = Math.min(depth, inner / 2 - Math.abs(w) + 4);
    let value = breast.tissue.excess(d, u, v, under);
    for (const lesion of breast.lesions) {
      const { centre, bodyRadius } = lesion;
      const near =
        Math.abs(d - centre.d) < bodyRadius &&
        Math.abs(u - centre.u) < bodyRadius &&
        Math.abs(v - centre.v) < bodyRadius;
      if (!near) continue;
      // A mass grows around the tissue; it does not thin what is denser.
      const part = lesion.body(d, u, v);
      value += part * Math.max(lesion.excess - value, 0);
    }
    tissue += value;
  }
  // What lies on the muscle is mostly plain fat.
  const plain = 0.45 * smoothStep(0, 10, view.pectoralDepth(x, y));
  return sum + tissue * dw * (1 - plain);
};

/**
 * Projects a breast. Rays are marched on a grid twice as coarse as the detector, because the
 * tissue holds nothing finer; outline, skin and strands are drawn at the detector's resolution.
 * `pixel` in mm.
 */
export const project = (view: ViewGeometry, breast: Breast, pixel: number): Projection => {
  const width = Math.round(FIELD.width / pixel);
  const height = Math.round(FIELD.height / pixel);
  const depth = distanceInside(outlineMask(view, width, height, pixel), width, height);
  for (let i = 0; i < depth.data.length; i++) depth.data[i] = (depth.data[i] as number) * pixel;

  const coarse = createPlane(Math.ceil(width / 2), Math.ceil(height / 2));
  const march: March = { view, breast, step: Math.max(0.65, pixel * 2) };
  for (let y = 0; y < coarse.height; y++)
    for (let x = 0; x < coarse.width; x++) {
      const at = Math.min(2 * y, height - 1) * width + Math.min(2 * x, width - 1);
      const under = depth.data[at] as number;
      if (under <= 0) continue;
      coarse.data[y * coarse.width + x] = integrate(
        march,
        (2 * x + 1) * pixel,
        (2 * y + 1) * pixel,
        under,
        0.5,
      );
    }
  const excess = resize(coarse, width, height);
  const thickness = createPlane(width, height);
  for (let i = 0; i < thickness.data.length; i++)
    thickness.data[i] = rim(depth.data[i] as number, view.thickness);
  const strands = [...breast.strands, ...breast.lesions.flatMap((lesion) => lesion.strands)];
  for (const strand of strands) drawStrand(excess, depth, view, pixel, strand);
  return { thickness, excess, depth };
};
