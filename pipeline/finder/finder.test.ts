import { describe, expect, it } from 'vitest';
import { probability } from '../../src/core/finder/logistic.ts';
import { fitLogistic } from './fit-logistic.ts';
import { froc, marksAnImage, type MarkedImage } from './froc.ts';
import { readFinderTable } from './table.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const HEAD = 'image,pixel_aspect,patient,side,view,lesion,x,y,width,height,pathology';

describe('readFinderTable', () => {
  it('gathers the lesions of an image, and takes an empty box as an image without one', () => {
    const table = readFinderTable(
      [
        HEAD,
        'a.png,1.7,p1,L,CC,p1_L_1,1,2,30,40,malignant',
        'a.png,1.7,p1,L,CC,p1_L_2,5,6,30,40,benign',
        'b.png,,p2,R,MLO,,,,,,',
        'c.png,,p3,R,MLO,p3_R_1,1,2,30,,benign',
        ',,p4,R,MLO,,,,,,',
      ].join('\n'),
    );
    if (!table.ok) throw new Error(table.error);
    const { images, problems } = table.value;
    expect(images.map((i) => [i.image, i.side, i.view, i.pixelAspect, i.lesions.length])).toEqual([
      ['a.png', 'L', 'CC', 1.7, 2],
      ['b.png', 'R', 'MLO', undefined, 0],
    ]);
    expect(problems.map((p) => p.line)).toEqual([5, 6]);
    expect(problems[0]?.reason).toContain('height is ""');
  });

  it('refuses an image under two patients and a wrong aspect', () => {
    const table = readFinderTable(
      [HEAD, 'a.png,,p1,L,CC,,,,,,', 'a.png,,p2,L,CC,,,,,,', 'b.png,-1,p1,L,CC,,,,,,'].join('\n'),
    );
    if (!table.ok) throw new Error(table.error);
    expect(table.value.images.map((i) => i.image)).toEqual(['a.png']);
    expect(table.value.problems.map((p) => [p.line, p.reason])).toEqual([
      [3, 'a.png belongs to patient p1 on line 2'],
      [4, 'pixel_aspect is "-1", expected a number above 0'],
    ]);
  });
});

const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
const lesion = (x: number, malignant: boolean) => ({
  line: 0,
  lesion: `${x}`,
  box: box(x),
  malignant,
});

/** Two images: a lesion each, at 0; and one without. */
const IMAGES: MarkedImage[] = [
  {
    patient: 'a',
    lesions: [lesion(0, true)],
    candidates: [
      { box: box(0), score: 0.9 },
      { box: box(2), score: 0.3 },
      { box: box(100), score: 0.5 },
    ],
  },
  {
    patient: 'b',
    lesions: [lesion(0, false), lesion(50, true)],
    candidates: [
      { box: box(1), score: 0.4 },
      { box: box(100), score: 0.8 },
    ],
  },
  { patient: 'c', lesions: [], candidates: [{ box: box(100), score: 0.2 }] },
];

describe('froc', () => {
  it('counts lesions hit at a mean number of false marks over all images', () => {
    // False marks 0.8, 0.5, 0.2; lesions' best 0.9, 0.4 and none.
    const at = (point: number) => froc(IMAGES).find((p) => p.falseMarks === point);
    expect(at(0.25)).toMatchObject({ threshold: 0.8, sensitivity: 1 / 3 });
    expect(at(0.5)).toMatchObject({ threshold: 0.5, sensitivity: 1 / 3 });
    expect(at(1)).toMatchObject({ threshold: 0, sensitivity: 2 / 3 });
  });

  it('asks for malignant ones alone, where a mark on a benign one is not false', () => {
    const malignant = froc(IMAGES, (l) => l.malignant === true);
    expect(malignant.map((p) => p.sensitivity)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('resamples patients for its interval', () => {
    const [first] = froc(IMAGES);
    expect(first?.interval?.[0]).toBe(0);
    expect(first?.interval?.[1]).toBe(1);
  });

  it('has no sensitivity without lesions, and counts marks', () => {
    expect(froc(IMAGES.slice(2))[0]).toMatchObject({ sensitivity: null, interval: null });
    expect(marksAnImage(IMAGES, 0.45)).toBeCloseTo(1);
  });
});

describe('fitLogistic', () => {
  it('finds the model that made the labels, and shrinks with the ridge', () => {
    const random = seededRandom(4);
    const examples = Array.from({ length: 4000 }, () => {
      const cues = { a: 10 * random(), b: random(), noise: random() };
      const z = 0.8 * (cues.a - 5) - 3 * (cues.b - 0.5);
      return { cues, label: random() < 1 / (1 + Math.exp(-z)) };
    });
    const model = fitLogistic(examples, ['a', 'b', 'noise']);
    const raw = model.weights.map((w, i) => w / (model.scale[i] as number));
    expect(raw[0]).toBeCloseTo(0.8, 1);
    expect(raw[1]).toBeCloseTo(-3, 0);
    expect(Math.abs(model.weights[2] as number)).toBeLessThan(0.1);
    expect(probability(model, { a: 5, b: 0.5, noise: 0.5 })).toBeCloseTo(0.5, 1);
    const tight = fitLogistic(examples, ['a', 'b', 'noise'], 1e6);
    expect(Math.abs(tight.weights[0] as number)).toBeLessThan(0.01);
  });
});
