import type { BreastShape } from './geometry.ts';
import { createLesion } from './lesions.ts';
import type { Lesion, LesionSpec } from './lesions.ts';
import { createNoiseField, powerLaw } from './noise-field.ts';
import type { Breast } from './project.ts';
import { createRandom } from './random.ts';
import { calcifications, ducts, ligaments, vessels } from './strands.ts';
import { createTissue } from './tissue.ts';
import type { GlandShape } from './tissue.ts';

export type Side = 'R' | 'L';

export interface StudySpec {
  readonly role: 'current' | 'prior';
  /** DICOM DA, and the patient's age on that day as DICOM AS. */
  readonly date: string;
  readonly age: string;
  /** Radius of every lesion, as a share of what is given; 0 where it is not there yet. */
  readonly growth: number;
  /** Moves the breast on the detector by about this many mm: no two exams are alike. */
  readonly shift: number;
}

export interface PatientSpec {
  readonly id: string;
  /** DICOM PN; begins with SYNTHETIC. */
  readonly name: string;
  readonly birthDate: string;
  readonly title: string;
  readonly seed: number;
  readonly shape: Omit<BreastShape, 'phase'>;
  readonly gland: GlandShape;
  readonly lesions: Readonly<Record<Side, readonly LesionSpec[]>>;
  readonly studies: readonly StudySpec[];
}

const now = (age: string): StudySpec => ({
  role: 'current',
  date: '20260101',
  age,
  growth: 1,
  shift: 0,
});

/** The patients of public/demo. Lengths in mm; places as in geometry.ts. */
export const patients: readonly PatientSpec[] = [
  {
    id: 'demo-1',
    name: 'SYNTHETIC^DEMO ONE',
    birthDate: '19660101',
    title: 'Synthetic patient 1: a mass in each breast',
    seed: 20160,
    shape: {
      reach: { CC: 90, MLO: 98 },
      level: { CC: 116, MLO: 157 },
      thickness: { CC: 50, MLO: 53 },
      span: 0.86,
    },
    gland: { centre: { d: 32, u: 6, v: 4 }, axes: { d: 46, u: 44, v: 36 }, density: -0.42 },
    lesions: {
      R: [{ kind: 'spiculated irregular mass', centre: { d: 64, u: 40, v: 23 }, radius: 7 }],
      L: [{ kind: 'circumscribed oval mass', centre: { d: 58, u: -30, v: -14 }, radius: 6.5 }],
    },
    studies: [now('060Y')],
  },
  {
    id: 'demo-2',
    name: 'SYNTHETIC^DEMO TWO',
    birthDate: '19800101',
    title: 'Synthetic patient 2: dense breasts, a mass on the left',
    seed: 40961,
    shape: {
      reach: { CC: 72, MLO: 80 },
      level: { CC: 112, MLO: 164 },
      thickness: { CC: 46, MLO: 48 },
      span: 0.75,
    },
    gland: { centre: { d: 30, u: 5, v: 4 }, axes: { d: 48, u: 50, v: 40 }, density: -0.08 },
    lesions: {
      R: [],
      L: [{ kind: 'microlobulated mass', centre: { d: 50, u: 24, v: 10 }, radius: 7 }],
    },
    studies: [now('046Y')],
  },
  {
    id: 'demo-3',
    name: 'SYNTHETIC^DEMO THREE',
    birthDate: '19620101',
    title: 'Synthetic patient 3: a mass that grew since the exam of two years before',
    seed: 77003,
    shape: {
      reach: { CC: 80, MLO: 88 },
      level: { CC: 118, MLO: 161 },
      thickness: { CC: 52, MLO: 54 },
      span: 0.8,
    },
    gland: { centre: { d: 30, u: 6, v: 3 }, axes: { d: 42, u: 40, v: 32 }, density: -0.62 },
    lesions: {
      R: [{ kind: 'indistinct irregular mass', centre: { d: 44, u: 22, v: 16 }, radius: 6.5 }],
      L: [],
    },
    studies: [
      now('064Y'),
      { role: 'prior', date: '20240110', age: '062Y', growth: 0.55, shift: 2.5 },
    ],
  },
];

export const shapeOf = (patient: PatientSpec, side: Side, study: StudySpec): BreastShape => {
  const random = createRandom(patient.seed + (side === 'R' ? 0 : 7));
  const move = createRandom(patient.seed + (side === 'R' ? 3 : 5));
  const { reach, level, thickness, span } = patient.shape;
  const off = () => random.between(-2, 2) + study.shift * move.between(-1, 1);
  return {
    reach: { CC: reach.CC + off(), MLO: reach.MLO + off() },
    level: { CC: level.CC + off(), MLO: level.MLO + off() },
    thickness: {
      CC: Math.round(thickness.CC + study.shift * move.between(-1, 1)),
      MLO: Math.round(thickness.MLO + study.shift * move.between(-1, 1)),
    },
    span,
    phase: random.between(0, 6),
  };
};

/** The masses of one breast on the day of a study. */
export const lesionsOf = (patient: PatientSpec, side: Side, study: StudySpec): Lesion[] =>
  patient.lesions[side]
    .map((spec) => ({ ...spec, radius: spec.radius * study.growth }))
    .filter(({ radius }) => radius > 0)
    .map((spec, i) => createLesion(createRandom(patient.seed + 5000 + i), spec));

/**
 * What fills one breast on the day of a study. The tissue is the same on every day. `noiseSize`:
 * voxels a side of the noise fields, a power of two.
 */
export const breastOf = (
  patient: PatientSpec,
  side: Side,
  study: StudySpec,
  noiseSize: number,
): Breast => {
  const random = createRandom(patient.seed + (side === 'R' ? 1000 : 2000));
  const tissue = createTissue(random, patient.gland, noiseSize);
  const strands = [
    ...ligaments(random, 1200),
    ...ducts(random, 12),
    ...vessels(random, 5),
    ...calcifications(random, 4),
  ];
  const muscle = createNoiseField(random, noiseSize, powerLaw(2.4));
  return { tissue, strands, lesions: lesionsOf(patient, side, study), muscle };
};
