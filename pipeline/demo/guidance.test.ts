import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { breastLandmarks, type BreastLandmarks } from '../../src/core/image/nipple.ts';
import { toWorkingImage, type WorkingRule } from '../../src/core/image/working-image.ts';
import { columnDistance, type BreastView } from '../../src/core/lesion/breast-plane.ts';
import { locateLesion } from '../../src/core/lesion/location.ts';
import { ARC_TOLERANCE_MM, nippleDistance } from '../../src/core/lesion/nipple-arc.ts';
import { boxCentre, type Box } from '../../src/core/geometry/box.ts';
import type { DemoIndex } from './demo-index.ts';

const folder = fileURLToPath(new URL('../../public/demo/', import.meta.url));
const { cases } = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as DemoIndex;
const nipples = Object.assign({}, ...cases.map((demo) => demo.nipples)) as Record<
  string,
  { readonly x: number; readonly y: number }
>;
const manifest = new URL('../../public/models/tandem-m2/manifest.json', import.meta.url);
const { working: rule } = JSON.parse(readFileSync(manifest, 'utf8')) as { working: WorkingRule };

interface Demo {
  readonly view: BreastView;
  readonly landmarks: BreastLandmarks;
}
const demos = new Map<string, Demo>();

const demoOf = (name: string): Demo => {
  const demo = demos.get(name);
  if (!demo) throw new Error(`${name} is not among the demo files`);
  return demo;
};
const marked = (name: string, box: Box) => {
  const { view, landmarks } = demoOf(name);
  if (!landmarks.nipple) throw new Error(`no nipple in ${name}`);
  return { ...view, box, nipple: landmarks.nipple, nippleConfirmed: false };
};

beforeAll(async () => {
  for (const name of cases.flatMap((demo) => demo.files)) {
    const read = await readDicom(readFileSync(folder + name), name);
    if (!read.ok) throw new Error(read.error.reason.code);
    const { header, image } = read.value;
    const { rows, columns, pixelAspect, spacing } = image;
    demos.set(name, {
      view: { header, rows, columns, pixelAspect, columnSpacing: spacing?.column },
      landmarks: breastLandmarks(toWorkingImage(image, rule)),
    });
  }
}, 120_000);

describe('guidance on the synthetic cases', () => {
  it('finds the nipple within 2.5 mm of where the phantom has it', () => {
    const errors = [...demos].map(([name, { view, landmarks }]) => {
      const truth = nipples[name];
      if (!landmarks.nipple || !truth) return Number.POSITIVE_INFINITY;
      return columnDistance(view, landmarks.nipple, truth) * (view.columnSpacing ?? Number.NaN);
    });
    expect(errors).toHaveLength(16);
    expect(Math.max(...errors)).toBeLessThan(2.5);
  });

  it('draws the arc of every lesion through its place on the other view', () => {
    for (const { marks } of cases.flatMap((demo) => demo.lesions)) {
      const names = Object.keys(marks);
      for (const from of names)
        for (const to of names.filter(
          (n) => n.replace(/CC|MLO/, '') === from.replace(/CC|MLO/, ''),
        ))
          if (from !== to) {
            const there = marked(to, marks[to] as Box);
            const carried = nippleDistance(marked(from, marks[from] as Box)).mm;
            const off = Math.abs(carried - nippleDistance(there).mm);
            expect(off, `${from} to ${to}`).toBeLessThan(ARC_TOLERANCE_MM);
          }
    }
  });

  it('has the nipple and every lesion inside the outline of the breast', () => {
    for (const { marks } of cases.flatMap((demo) => demo.lesions))
      for (const [name, box] of Object.entries(marks)) {
        const xs = demoOf(name).landmarks.outline.map(({ x }) => x);
        const { x } = boxCentre(box as Box);
        expect(x).toBeGreaterThan(Math.min(...xs));
        expect(x).toBeLessThan(Math.max(...xs));
      }
  });

  // The places that pipeline/demo/patients.ts puts the lesions at, in words.
  it.each([
    ['demo-1', 'R1', { vertical: 'upper', horizontal: 'outer', clock: 10, depth: 'posterior' }],
    ['demo-1', 'L1', { vertical: 'lower', horizontal: 'inner', clock: 8, depth: 'middle' }],
    ['demo-2', 'L1', { vertical: 'upper', horizontal: 'outer', clock: 2, depth: 'posterior' }],
    ['demo-3', 'R1', { vertical: 'upper', horizontal: 'outer', clock: 10, depth: 'middle' }],
  ])('says where lesion %s %s was put', (id, lesion, words) => {
    const demo = cases.find((one) => one.id === id);
    const found = demo?.lesions.find((one) => one.id === lesion);
    const views = Object.entries(found?.marks ?? {})
      .filter(([name]) => !name.includes('prior'))
      .map(([name, box]) => marked(name, box as Box));
    const location = locateLesion(views);
    expect(location).toMatchObject({ side: lesion[0], ...words });
  });
});
