import { describe, expect, it } from 'vitest';
import type { MammogramHeader, MammographyView, Side } from '../../core/dicom/mammogram-header.ts';
import { chestWallOf, layOut } from './hanging-layout.ts';
import type { ViewerImage } from './viewer-types.ts';

const imageOf = (sop: string, side?: Side, view?: MammographyView): ViewerImage => ({
  header: {
    sopInstanceUid: sop,
    laterality: { value: side, source: side ? 'ImageLaterality' : 'none' },
    view: { value: view, source: view ? 'ViewPosition' : 'none' },
    viewModifiers: [],
    studyDate: '',
    contentTime: '',
    instanceNumber: undefined,
    partialView: false,
    presentationIntentType: '',
  } as unknown as MammogramHeader,
  image: {} as ViewerImage['image'],
});

const all = [
  imageOf('lmlo', 'L', 'MLO'),
  imageOf('rcc', 'R', 'CC'),
  imageOf('rmlo', 'R', 'MLO'),
  imageOf('lcc', 'L', 'CC'),
];
const shown = (layout: ReturnType<typeof layOut>) =>
  layout.cells.map((cell) => cell.shown?.header.sopInstanceUid);

describe('layOut', () => {
  it('hangs RCC, LCC over RMLO, LMLO', () => {
    const layout = layOut(all, {});
    expect(shown(layout)).toEqual(['rcc', 'lcc', 'rmlo', 'lmlo']);
    expect(layout).toMatchObject({ rest: [], missing: [], suggested: 'grid' });
  });

  it('names missing views and suggests side by side for one breast', () => {
    const layout = layOut([all[0] as ViewerImage, all[3] as ViewerImage], {});
    expect(layout.missing).toEqual(['RCC', 'RMLO']);
    expect(layout.suggested).toBe('row');
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
