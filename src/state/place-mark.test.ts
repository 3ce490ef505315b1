import { spelled } from '../core/message/testing.ts';
import { describe, expect, it } from 'vitest';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { createLesionsStore } from './lesions-store.ts';
import { placeMark } from './place-mark.ts';
import type { OpenImage } from '../ports/analysis.ts';

const box = { x: 10, y: 20, width: 30, height: 40 };
const image = (sop: string, changes: Parameters<typeof testHeader>[0], digest = 'd'): OpenImage => {
  const header = { ...testHeader(changes), sopInstanceUid: sop };
  return { path: sop, header, asRead: header, rows: 500, columns: 400, digest, scopeNotes: [] };
};
const images = [
  image('rcc', { side: 'R', view: 'CC' }),
  image('rmlo', { side: 'R', view: 'MLO' }),
  image('lcc', { side: 'L', view: 'CC' }),
  image('prior', { side: 'R', view: 'CC', studyInstanceUid: '9', studyDate: '20200101' }),
];

const setUp = () => {
  let n = 0;
  const store = createLesionsStore(() => `id-${++n}`);
  const place = (id: string | undefined, sop: string, at = box, open = images) =>
    placeMark(store, open, id, sop, at);
  return { store, place, lesions: () => store.getState().lesions };
};

describe('a mark placed by hand', () => {
  it('begins a lesion, then joins the other views of its breast, with the pixels it was made on', () => {
    const { place, lesions } = setUp();
    expect(place(undefined, 'rcc')).toEqual({ kind: 'placed', lesionId: 'id-1' });
    expect(place('id-1', 'rmlo').kind).toBe('placed');
    expect(lesions()).toHaveLength(1);
    expect(lesions()[0]?.pixels?.['rmlo']).toEqual({ rows: 500, columns: 400, digest: 'd' });
  });

  it('is of the patient of its image', () => {
    const { place, lesions } = setUp();
    const other = image('other', { side: 'R', view: 'CC', patientId: 'B', personName: 'B^B' });
    const open = [...images, other];
    place(undefined, 'other', box, open);
    expect(lesions()[0]?.patientKey).toBe(patientKeyIn(open, 'other'));
    expect(lesions()[0]?.patientKey).not.toBe(patientKeyIn(open, 'rcc'));
  });

  it('is refused on tomosynthesis, which is not scored', () => {
    const { place, lesions } = setUp();
    const volume = image('volume', { side: 'R', view: 'CC', numberOfFrames: 40 });
    const placed = place(undefined, 'volume', box, [...images, volume]);
    expect(placed.kind === 'refused' && placed.text.code).toBe('mark.volume');
    expect(lesions()).toEqual([]);
  });

  it.each([
    ['lcc', /^mark.alone \(mark.other-breast LCC 1\) 2$/],
    ['prior', /mark.other-exam/],
  ])('on %s begins a lesion of its own, which is said and is one step to undo', (sop, words) => {
    const { store, place, lesions } = setUp();
    place(undefined, 'rcc');
    const placed = place('id-1', sop);
    expect(placed).toMatchObject({ kind: 'new lesion', lesionId: 'id-2' });
    expect('text' in placed && spelled(placed.text)).toMatch(words);
    expect(lesions().map((l) => Object.keys(l.marks))).toEqual([['rcc'], [sop]]);
    expect(store.getState().selectedId).toBe('id-2');
    store.getState().undo();
    expect(lesions()).toHaveLength(1);
  });

  it('never moves a mark that is there', () => {
    const { place, lesions } = setUp();
    place(undefined, 'rcc');
    const again = place('id-1', 'rcc', { ...box, x: 200 });
    expect(again).toMatchObject({ kind: 'refused' });
    expect('text' in again && spelled(again.text)).toBe('mark.there 1 RCC');
    expect(lesions()[0]?.marks['rcc']).toEqual(box);
  });

  it('on other pixels under the same UID begins a lesion of its own and keeps the other', () => {
    const { place, lesions } = setUp();
    place(undefined, 'rcc');
    const other = [image('rcc', { side: 'R', view: 'CC' }, 'other')];
    expect(place('id-1', 'rcc', box, other)).toMatchObject({ kind: 'new lesion' });
    expect(lesions()[0]?.pixels?.['rcc']?.digest).toBe('d');
    expect(lesions()[1]?.pixels?.['rcc']?.digest).toBe('other');
  });

  it.each([
    { x: -5, y: 0, width: 20, height: 20 },
    { x: 390, y: 0, width: 20, height: 20 },
    { x: 0, y: 0, width: 2, height: 20 },
    { x: Number.NaN, y: 0, width: 20, height: 20 },
  ])('is refused where the image does not hold it', (outside) => {
    const { place, lesions } = setUp();
    expect(place(undefined, 'rcc', outside).kind).toBe('refused');
    expect(lesions()).toEqual([]);
  });
});
