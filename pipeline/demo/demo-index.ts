import type { Box } from '../../src/core/geometry/box.ts';
import { planStudy } from './demo-case.ts';
import type { ViewPlan } from './demo-case.ts';
import type { PatientSpec, StudySpec } from './patients.ts';

export interface DemoLesion {
  /** Side and number; the same lesion in every view and study. */
  readonly id: string;
  readonly side: string;
  readonly kind: string;
  /** File name to the mark in pixels of the stored image. */
  readonly marks: Readonly<Record<string, Box>>;
}

export interface DemoEntry {
  readonly id: string;
  readonly title: string;
  readonly synthetic: true;
  /** Current study first. */
  readonly files: readonly string[];
  readonly studies: readonly {
    readonly role: StudySpec['role'];
    /** DICOM DA. */
    readonly date: string;
    readonly files: readonly string[];
  }[];
  readonly lesions: readonly DemoLesion[];
  /** File name to the nipple in pixels of the stored image. */
  readonly nipples: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

/** public/demo/index.json: what the program needs to open a case and to offer its marks. */
export interface DemoIndex {
  readonly cases: readonly DemoEntry[];
}

type Named = Pick<ViewPlan, 'patient' | 'study' | 'side' | 'view'>;

export const fileNameOf = ({ patient, study, side, view }: Named): string =>
  `${patient.id}-${study.role === 'prior' ? 'prior-' : ''}${side}${view}.dcm`;

const lesionsOfPlans = (plans: readonly ViewPlan[]): DemoLesion[] => {
  const found = new Map<string, DemoLesion>();
  for (const plan of plans)
    for (const { lesion, kind, box } of plan.marks) {
      const marks = { ...found.get(lesion)?.marks, [fileNameOf(plan)]: box };
      found.set(lesion, { id: lesion, side: plan.side, kind, marks });
    }
  return [...found.values()];
};

const round = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x), y: Math.round(y) });

export const demoEntry = (patient: PatientSpec, pixel: number): DemoEntry => {
  const studies = patient.studies.map((study) => ({
    study,
    plans: planStudy(patient, study, pixel),
  }));
  const plans = studies.flatMap((s) => s.plans);
  return {
    id: patient.id,
    title: patient.title,
    synthetic: true,
    files: plans.map(fileNameOf),
    studies: studies.map((s) => ({
      role: s.study.role,
      date: s.study.date,
      files: s.plans.map(fileNameOf),
    })),
    lesions: lesionsOfPlans(plans),
    nipples: Object.fromEntries(plans.map((plan) => [fileNameOf(plan), round(plan.nipple)])),
  };
};
