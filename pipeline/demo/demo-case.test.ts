import { describe, expect, it } from 'vitest';
import { isBoxInside } from '../../src/core/geometry/box.ts';
import { makeImage, makeStudy, planStudy } from './demo-case.ts';
import type { DemoImage, ViewPlan } from './demo-case.ts';
import { demoEntry } from './demo-index.ts';
import { patients } from './patients.ts';
import type { PatientSpec, StudySpec } from './patients.ts';
import { WHITE } from './detector.ts';

const SMALL = { pixel: 1.6, noiseSize: 16 };

const first = patients[0] as PatientSpec;
const current = first.studies[0] as StudySpec;
const images = makeStudy(first, current, SMALL);
const everyPlan = patients.flatMap((patient) =>
  patient.studies.flatMap((study) => planStudy(patient, study, 0.2)),
);

const boxOf = (plan: ViewPlan) => plan.marks[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
const centreOf = (plan: ViewPlan) => {
  const box = boxOf(plan);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

describe('makeStudy', () => {
  it('makes RCC, LCC, RMLO, LMLO', () => {
    expect(images.map((i) => i.side + i.view)).toEqual(['RCC', 'LCC', 'RMLO', 'LMLO']);
    for (const image of images) expect(image.pixels.length).toBe(image.rows * image.columns);
  });

  it('gives the same pixels for the same patient and others for another', () => {
    const [image] = images as [DemoImage];
    expect(makeImage(image, SMALL.noiseSize).pixels).toEqual(image.pixels);
    const other = { ...image, patient: { ...first, seed: 12 } };
    expect(makeImage(other, SMALL.noiseSize).pixels).not.toEqual(image.pixels);
  });

  it('has air exactly 0, the breast above it and nothing above white', () => {
    for (const { pixels, side, columns, rows } of images) {
      const air = side === 'R' ? 0 : columns - 1;
      const wall = side === 'R' ? columns - 1 : 0;
      const middle = Math.floor(rows / 2) * columns;
      expect(pixels[middle + air]).toBe(0);
      expect(pixels[middle + wall]).toBeGreaterThan(0);
      expect(pixels.reduce((a, b) => Math.max(a, b), 0)).toBeLessThanOrEqual(WHITE);
    }
  });

  it('shows the mass: its place is brighter than the same breast without it', () => {
    const bare = { ...first, lesions: { R: [], L: [] } };
    for (const image of images) {
      const without = makeImage({ ...image, patient: bare }, SMALL.noiseSize);
      const { x, y } = centreOf(image);
      const at = Math.round(y) * image.columns + Math.round(x);
      expect(image.pixels[at]).toBeGreaterThan((without.pixels[at] as number) + WHITE * 0.03);
    }
  });
});

describe('planStudy', () => {
  it('marks each lesion inside its image', () => {
    for (const plan of everyPlan)
      for (const { box } of plan.marks) {
        expect(isBoxInside(box, plan.columns, plan.rows)).toBe(true);
        expect(Math.min(box.width, box.height) * plan.pixel).toBeGreaterThan(4);
        expect(Math.max(box.width, box.height) * plan.pixel).toBeLessThan(30);
      }
  });

  it('projects a lesion to nipple distances that agree between CC and MLO', () => {
    const marked = everyPlan.filter((plan) => plan.marks.length > 0);
    for (const cc of marked.filter((plan) => plan.view === 'CC')) {
      const mlo = marked.find(
        (p) => p.view === 'MLO' && p.side === cc.side && p.study === cc.study,
      ) as ViewPlan;
      const [a, b] = [cc, mlo].map((plan) => {
        const { x, y } = centreOf(plan);
        return Math.hypot(x - plan.nipple.x, y - plan.nipple.y) * plan.pixel;
      });
      expect(Math.abs((a as number) - (b as number))).toBeLessThan(8);
    }
  });

  it('lets the mass of the patient with a prior grow between the exams', () => {
    const patient = patients.find((p) => p.studies.length > 1) as PatientSpec;
    const [now, before] = patient.studies.map((study) =>
      planStudy(patient, study, 0.2).find((plan) => plan.marks.length > 0),
    ) as [ViewPlan, ViewPlan];
    expect(before.study.role).toBe('prior');
    expect(before.study.date < now.study.date).toBe(true);
    expect(boxOf(before).width).toBeLessThan(0.8 * boxOf(now).width);
    expect(before.nipple).not.toEqual(now.nipple);
  });
});

describe('demoEntry', () => {
  it('lists four files and each lesion with a mark on two of them', () => {
    const entry = demoEntry(first, 0.2);
    expect(entry.files).toHaveLength(4);
    expect(entry.lesions.map((l) => [l.id, ...Object.keys(l.marks)])).toEqual([
      ['R1', 'demo-1-RCC.dcm', 'demo-1-RMLO.dcm'],
      ['L1', 'demo-1-LCC.dcm', 'demo-1-LMLO.dcm'],
    ]);
  });

  it('puts the current study first and gives one lesion marks in both studies', () => {
    const entry = demoEntry(patients[2] as PatientSpec, 0.2);
    expect(entry.studies.map((s) => s.role)).toEqual(['current', 'prior']);
    expect(entry.files).toEqual(entry.studies.flatMap((s) => s.files));
    expect(Object.keys(entry.lesions[0]?.marks ?? {})).toEqual([
      'demo-3-RCC.dcm',
      'demo-3-RMLO.dcm',
      'demo-3-prior-RCC.dcm',
      'demo-3-prior-RMLO.dcm',
    ]);
  });
});
