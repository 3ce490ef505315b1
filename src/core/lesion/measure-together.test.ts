import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutLesion } from '../features/analytic/lesion-cut.ts';
import { boxCentre } from '../geometry/box.ts';
import { segmentLesion } from '../segmentation/segment-lesion.ts';
import { lesionImage, spiculated } from '../segmentation/testing.ts';
import { divideView, putTogether } from './measure-together.ts';
import { measurePart } from './measures.ts';
import { measureView, type ViewRule } from './view-input.ts';

const PACKS = ['tandem-m1', 'tandem-m2'];
const ruleOf = (pack: string): ViewRule => {
  const file = join(import.meta.dirname, '../../../public/models', pack, 'manifest.json');
  return JSON.parse(readFileSync(file, 'utf8')) as ViewRule;
};

const image = lesionImage(spiculated(120, 118, 28, 9), { width: 240, height: 220 });
const BOXES = [
  { x: 76, y: 76, width: 88, height: 84 },
  { x: 80.5, y: 70.25, width: 81, height: 95.5 },
  { x: 0, y: 90, width: 60, height: 60 },
];

const bitsOf = (vector: Float32Array | undefined) => vector && [...new Uint32Array(vector.buffer)];

describe.each(PACKS)('the view of a lesion, as %s has it measured', (pack) => {
  const rule = ruleOf(pack);
  const { features } = rule;

  it.each([2, 3, 4])('in %i parts has the digits that it has in one go', (count) => {
    const parts = divideView(features, count);
    expect(parts).toHaveLength(count);
    for (const box of BOXES) {
      const { contour: _, problem: _p, ...whole } = measureView(image, box, rule);
      const contour = segmentLesion(image, boxCentre(box), box);
      // As it comes to another worker.
      const cut = structuredClone(cutLesion(image, box));
      const values = parts.map((part) => measurePart(part, cut, box, contour));
      const together = putTogether(features, parts, values);
      expect(Object.keys(together)).toEqual(Object.keys(whole));
      expect(bitsOf(together.analytic)).toEqual(bitsOf(whole.analytic));
      expect(bitsOf(together.described)).toEqual(bitsOf(whole.described));
    }
  });

  it('is not put together without one of its parts', () => {
    const parts = divideView(features, 3);
    const values = parts.map(({ names }) => new Float32Array(names.length));
    expect(() => putTogether(features, parts, values.slice(1))).toThrow('no part has measured');
    expect(() => putTogether(features, parts.slice(1), values.slice(1))).toThrow('no part has');
  });

  it('is left whole for one worker', () => {
    expect(divideView(features, 1)).toEqual([]);
  });
});

it('a view of which nothing is measured has no parts', () => {
  expect(divideView({ cnn: { schemaId: 'x', length: 1 } }, 4)).toEqual([]);
});
