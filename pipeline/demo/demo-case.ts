import type { Box } from '../../src/core/geometry/box.ts';
import { DETECTOR, detect } from './detector.ts';
import { FIELD, viewGeometry } from './geometry.ts';
import type { PlanePoint, ViewName } from './geometry.ts';
import type { LesionKind } from './lesions.ts';
import { markOf, toPixels } from './marks.ts';
import { breastOf, lesionsOf, shapeOf } from './patients.ts';
import type { PatientSpec, Side, StudySpec } from './patients.ts';
import { project } from './project.ts';
import { createRandom } from './random.ts';

/** What is known of one view before it is projected. */
export interface ViewPlan {
  readonly patient: PatientSpec;
  readonly study: StudySpec;
  readonly side: Side;
  readonly view: ViewName;
  /** 1 to 4, the place of the image in the study. */
  readonly number: number;
  readonly columns: number;
  readonly rows: number;
  /** Mm a pixel on the detector. */
  readonly pixel: number;
  /** Compressed thickness in mm. */
  readonly thickness: number;
  /** In pixels of the stored image. */
  readonly nipple: PlanePoint;
  readonly marks: readonly {
    readonly lesion: string;
    readonly kind: LesionKind;
    readonly box: Box;
  }[];
}

/** One synthetic mammogram as it is stored; row-major presentation values. */
export interface DemoImage extends ViewPlan {
  readonly pixels: Uint16Array;
}

export interface CaseOptions {
  /** Mm a pixel; 0.1 for the delivered cases, coarser for tests. */
  readonly pixel: number;
  /** Voxels a side of the noise fields, a power of two. */
  readonly noiseSize: number;
}

export const DELIVERED: CaseOptions = { pixel: 0.1, noiseSize: 128 };

const mirror = (pixels: Uint16Array, columns: number): Uint16Array => {
  const out = pixels.slice();
  for (let start = 0; start < out.length; start += columns)
    out.subarray(start, start + columns).reverse();
  return out;
};

const planView = (
  patient: PatientSpec,
  study: StudySpec,
  [side, name]: readonly [Side, ViewName],
  number: number,
  pixel: number,
): ViewPlan => {
  const view = viewGeometry(name, shapeOf(patient, side, study));
  return {
    patient,
    study,
    side,
    view: name,
    number,
    pixel,
    columns: Math.round(FIELD.width / pixel),
    rows: Math.round(FIELD.height / pixel),
    thickness: view.thickness,
    nipple: toPixels(view.nipple, side, pixel),
    marks: lesionsOf(patient, side, study).map((lesion, i) => ({
      lesion: `${side}${i + 1}`,
      kind: lesion.kind,
      box: markOf(view, lesion, side, pixel),
    })),
  };
};

const VIEWS = [
  ['R', 'CC'],
  ['L', 'CC'],
  ['R', 'MLO'],
  ['L', 'MLO'],
] as const;

/** The four views of a study in the order RCC, LCC, RMLO, LMLO, without pixels. */
export const planStudy = (patient: PatientSpec, study: StudySpec, pixel: number): ViewPlan[] =>
  VIEWS.map((view, i) => planView(patient, study, view, i + 1, pixel));

/** Projects a planned view. The same plan gives the same pixels. */
export const makeImage = (plan: ViewPlan, noiseSize: number): DemoImage => {
  const { patient, study, side, view: name, pixel, columns, number } = plan;
  const view = viewGeometry(name, shapeOf(patient, side, study));
  const projection = project(view, breastOf(patient, side, study, noiseSize), pixel);
  const noise = createRandom(patient.seed + 31 * number + Number(study.date));
  const pixels = detect(projection, noise, { ...DETECTOR, pixel });
  return { ...plan, pixels: side === 'R' ? mirror(pixels, columns) : pixels };
};

export const makeStudy = (
  patient: PatientSpec,
  study: StudySpec,
  { pixel, noiseSize }: CaseOptions,
): DemoImage[] => planStudy(patient, study, pixel).map((plan) => makeImage(plan, noiseSize));
