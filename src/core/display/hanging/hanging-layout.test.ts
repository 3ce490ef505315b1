import { describe, expect, it } from 'vitest';
import type { MammogramHeader, MammographyView, Side } from '../../dicom/mammogram-header.ts';
import { arrange, chestWallOf, layOut, type ArrangementWish } from './hanging-layout.ts';

type Image = ReturnType<typeof imageOf>;
const imageOf = (sop: string, side?: Side, view?: MammographyView) => ({
  header: {
    sopInstanceUid: sop,
    laterality: { value: side, source: side ? 'ImageLaterality' : 'none' },
    view: { value: view, source: view ? 'ViewPosition' : 'none' },
    viewModifiers: [],
    kind: 'mammogram',
    magnification: {},
    studyDate: '',
    contentTime: '',
    instanceNumber: undefined,
    partialView: false,
    presentationIntentType: '',
  } as unknown as MammogramHeader,
});

const all = [
  imageOf('lmlo', 'L', 'MLO'),
  imageOf('rcc', 'R', 'CC'),
  imageOf('rmlo', 'R', 'MLO'),
  imageOf('lcc', 'L', 'CC'),
];
const shown = (layout: ReturnType<typeof layOut<Image>>) =>
  layout.cells.map((cell) => cell.shown?.header.sopInstanceUid);

describe('layOut', () => {
  it('hangs RCC, LCC over RMLO, LMLO', () => {
    const layout = layOut(all, {});
    expect(shown(layout)).toEqual(['rcc', 'lcc', 'rmlo', 'lmlo']);
    expect(layout).toMatchObject({ rest: [], missing: [], suggested: 'four' });
  });

  it('names missing views and suggests side by side for one breast', () => {
    const layout = layOut([all[0] as Image, all[3] as Image], {});
    expect(layout.missing).toEqual(['RCC', 'RMLO']);
    expect(layout.suggested).toBe('row');
  });

  it('says of no view that it is absent that an image in doubt may be of', () => {
    const doubtful = imageOf('cc', undefined, 'CC');
    expect(layOut([doubtful], {}).absent).toEqual(['RMLO', 'LMLO']);
    const disputed = imageOf('r', 'R', 'MLO');
    Object.assign(disputed.header.laterality, { against: [{ value: 'L', source: 'Laterality' }] });
    expect(layOut([disputed], {}).absent).toEqual(['RCC', 'LCC']);
    expect(layOut([imageOf('?')], {}).absent).toEqual([]);
    expect(layOut([all[0] as Image], {}).absent).toEqual(['RCC', 'LCC', 'RMLO']);
  });

  it('offers the rest, and puts a chosen one in its place', () => {
    const extra = imageOf('spot', 'R', 'CC');
    const images = [...all, extra];
    expect(layOut(images, {}).rest).toHaveLength(1);
    const layout = layOut(images, { LMLO: 'spot' });
    expect(shown(layout)[3]).toBe('spot');
    expect(layout.rest.map((image) => image.header.sopInstanceUid)).toEqual(['lmlo']);
  });

  it('shows an image once only', () => {
    const layout = layOut(all, { LMLO: 'rcc' });
    expect(shown(layout)).toEqual([undefined, 'lcc', 'rmlo', 'rcc']);
  });

  it('is never blank: unknown views fill the places when nothing hangs', () => {
    const layout = layOut([imageOf('a'), imageOf('b')], {});
    expect(shown(layout)).toEqual(['a', 'b', undefined, undefined]);
    expect(layOut([...all.slice(0, 1), imageOf('a')], {}).rest).toHaveLength(1);
  });
});

describe('chestWallOf', () => {
  it('puts chest walls back to back', () => {
    expect([chestWallOf('RCC'), chestWallOf('LCC')]).toEqual(['right', 'left']);
  });
});

describe('arrange', () => {
  const hung = (images: readonly Image[] = all) => layOut(images, {});
  const wish = (change: Partial<ArrangementWish> = {}): ArrangementWish => ({
    mode: undefined,
    roomier: 'four',
    filling: false,
    times: 'current',
    alone: undefined,
    ...change,
  });
  const keys = ({ cells }: ReturnType<typeof arrange<Image>>) => cells.map((cell) => cell.key);

  it('folds four views into two rows', () => {
    const four = arrange(hung(), undefined, wish());
    expect(keys(four)).toEqual(['RCC', 'LCC', 'RMLO', 'LMLO']);
    expect(four).toMatchObject({ columns: 2, rows: 2, mode: 'four' });
  });

  it.each([
    ['cc', ['RCC', 'LCC']],
    ['mlo', ['RMLO', 'LMLO']],
    ['right', ['RCC', 'RMLO']],
    ['left', ['LCC', 'LMLO']],
    ['row', ['RCC', 'LCC', 'RMLO', 'LMLO']],
  ] as const)('puts %s side by side', (mode, expected) => {
    const arranged = arrange(hung(), undefined, wish({ mode }));
    expect(keys(arranged)).toEqual(expected);
    expect(arranged).toMatchObject({ columns: expected.length, rows: 1, mode });
  });

  it('keeps the places of all four while views may still come, unless others were asked for', () => {
    const first = hung(all.slice(0, 1));
    for (const roomier of ['four', 'row'] as const) {
      expect(keys(arrange(first, undefined, wish({ roomier, filling: true })))).toHaveLength(4);
      expect(keys(arrange(first, undefined, wish({ roomier })))).toHaveLength(1);
    }
    expect(keys(arrange(first, undefined, wish({ mode: 'mlo', filling: true })))).toHaveLength(2);
  });

  it('keeps the place of a missing view in a pair, not in a row', () => {
    const lacking = hung(all.filter((image) => image.header.sopInstanceUid !== 'rcc'));
    expect(keys(arrange(lacking, undefined, wish({ mode: 'cc' })))).toEqual(['RCC', 'LCC']);
    expect(keys(arrange(lacking, undefined, wish({ mode: 'row' })))).toEqual([
      'LCC',
      'RMLO',
      'LMLO',
    ]);
  });

  it('shows what is there where nothing of the wanted pair is', () => {
    const onlyMlo = hung([all[0] as Image, all[2] as Image]);
    const arranged = arrange(onlyMlo, undefined, wish({ mode: 'cc' }));
    expect(arranged.mode).toBe('row');
    expect(keys(arranged)).toEqual(['RMLO', 'LMLO']);
  });

  it('puts each view above the same view of the prior study', () => {
    const prior = hung([imageOf('old', 'L', 'CC'), imageOf('older', 'R', 'MLO')]);
    const both = arrange(hung(), prior, wish({ mode: 'cc', times: 'both' }));
    expect(keys(both)).toEqual(['RCC', 'LCC', 'prior-RCC', 'prior-LCC']);
    expect(both).toMatchObject({ columns: 2, rows: 2 });
    expect(both.cells.map((cell) => cell.shown?.header.sopInstanceUid)).toEqual([
      'rcc',
      'lcc',
      undefined,
      'old',
    ]);
    const four = arrange(hung(), prior, wish({ times: 'both' }));
    expect(four).toMatchObject({ columns: 4, rows: 2 });
  });

  it('can put the prior study in place of the current one', () => {
    const prior = hung([imageOf('old', 'L', 'CC'), imageOf('older', 'R', 'MLO')]);
    const arranged = arrange(hung(), prior, wish({ times: 'prior' }));
    expect(keys(arranged)).toEqual(['prior-RCC', 'prior-LCC', 'prior-RMLO', 'prior-LMLO']);
  });

  it('knows no prior where there is none', () => {
    expect(keys(arrange(hung(), undefined, wish({ times: 'both' })))).toHaveLength(4);
    expect(keys(arrange(hung(), undefined, wish({ times: 'prior' })))).toContain('RCC');
  });

  it('shows one view alone, beside its prior', () => {
    expect(keys(arrange(hung(), undefined, wish({ alone: 'LCC' })))).toEqual(['LCC']);
    const both = arrange(hung(), hung(), wish({ alone: 'LCC', times: 'both' }));
    expect(keys(both)).toEqual(['LCC', 'prior-LCC']);
    expect(both).toMatchObject({ columns: 2, rows: 1 });
  });
});
