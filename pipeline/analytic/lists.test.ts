import { beforeAll, describe, expect, it } from 'vitest';
import { ANALYTIC_FEATURES } from '../../src/core/features/analytic/schema.ts';
import type { Row } from '../cv/search.ts';
import { startLibsvm, type Libsvm } from '../svm/libsvm.ts';
import { LEFT_OUT } from './candidates/candidates.ts';
import { columnsByFamily, familyOf } from './families.ts';
import { cutFamilies, designLists, prune } from './lists.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

describe('families', () => {
  it('cover every feature that is measured, each once', () => {
    const names = [...ANALYTIC_FEATURES.map((f) => f.name), ...LEFT_OUT];
    expect(new Set(names).size).toBe(names.length);
    const columns = columnsByFamily(names).flatMap((f) => f.columns);
    expect(columns.sort((a, b) => a - b)).toEqual([...names.keys()]);
    expect(() => familyOf('unheard.of')).toThrow('no family');
  });
});

describe('pruning', () => {
  const random = seededRandom(4);
  const table = Array.from({ length: 50 }, () => {
    const [a, b] = [random(), random()];
    return [a, 3 - 2 * a, b, a + 0.01 * random(), random()];
  });
  const all = [...table.keys()];

  it('keeps the first of features that say the same, whatever their sign and scale', () => {
    expect(prune(table, all, [0, 1, 2, 3, 4])).toEqual([0, 2, 4]);
    expect(prune(table, all, [3, 2, 0])).toEqual([3, 2]);
  });

  it('looks at the rows it is told only', () => {
    const strange = table.map((row, i) => (i < 40 ? row : [100 * random(), ...row.slice(1)]));
    expect(prune(strange, all.slice(0, 40), [0, 1, 2])).toEqual([0, 2]);
  });
});

/** 60 lesions of two views; shape tells, margin and Haralick do not. */
const NAMES = ['shape.a', 'shape.b', 'margin.sharpness', 'density.mean', 'haralick.x', 'fwhm.x'];
const make = (flip: (lesion: number) => boolean) => {
  const random = seededRandom(31);
  const rows: Row[] = [];
  const table: Float64Array[] = [];
  for (let lesion = 0; lesion < 60; lesion++)
    for (let view = 0; view < 2; view++) {
      const truth = lesion % 2 === 0;
      rows.push({ lesion: `l${lesion}`, patient: `p${lesion}`, malignant: truth !== flip(lesion) });
      table.push(Float64Array.from(NAMES, (_, f) => 2 * random() - 1 + (truth && f < 2 ? 1.2 : 0)));
    }
  return { rows, table, seed: 5 };
};

describe('the lists', () => {
  it('of the design hold what the design names, and look at no outcome', () => {
    const { table } = make(() => false);
    const [pruned, whole] = designLists(table, NAMES);
    expect(whole?.columns([], 0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pruned?.columns([...table.keys()], 0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(designLists(table, ['spicules.x', 'pattern.1', 'band.x'])[1]?.columns([], 0)).toEqual(
      [],
    );
  });
});

describe('the cut by families', () => {
  let libsvm: Libsvm;
  beforeAll(async () => {
    libsvm = await startLibsvm();
  });
  const training = Array.from({ length: 80 }, (_, i) => i);

  it('keeps the family that tells', () => {
    const kept = cutFamilies(
      libsvm,
      make(() => false),
      NAMES,
      training,
      0,
    );
    expect(kept).toEqual(expect.arrayContaining([0, 1]));
    expect(kept.length).toBeLessThan(NAMES.length);
  });

  it('does not see the outcomes of the held-out side', () => {
    const plain = cutFamilies(
      libsvm,
      make(() => false),
      NAMES,
      training,
      0,
    );
    const turned = cutFamilies(
      libsvm,
      make((lesion) => lesion >= 40),
      NAMES,
      training,
      0,
    );
    expect(turned).toEqual(plain);
  });
});
