import { describe, expect, it } from 'vitest';
import { testHeader } from '../dicom/test-header.ts';
import { joinViews, originOf, repeatedViews } from './joining.ts';

let opened = 0;
/** Of an image that is open by itself: its own header says whose it is, and of which day. */
const view = (changes: Parameters<typeof testHeader>[0]) => {
  const header = testHeader({ sopInstanceUid: `${++opened}`, contentDate: '', ...changes });
  return originOf(header, [{ header }]);
};
const cc = view({ side: 'R', view: 'CC' });
const mlo = view({ side: 'R', view: 'MLO' });

describe('joinViews', () => {
  it('joins the views of one breast, each projection once', () => {
    const again = view({ side: 'R', view: 'CC', viewModifiers: ['spot compression'] });
    expect(joinViews([cc, mlo, again])).toEqual({ ok: true, value: [[0, 2], [1]] });
    expect(repeatedViews([cc, mlo, again])).toEqual(['RCC, RCC S']);
    expect(repeatedViews([cc, mlo])).toEqual([]);
  });

  it('takes two studies of one day for one examination, and no others', () => {
    const sameDay = view({ side: 'R', view: 'MLO', studyInstanceUid: '9' });
    expect(joinViews([cc, sameDay]).ok).toBe(true);
    const earlier = view({ side: 'R', view: 'MLO', studyInstanceUid: '9', studyDate: '20200101' });
    expect(joinViews([cc, earlier])).toMatchObject({ error: { code: 'exams' } });
    const undated = { studyInstanceUid: '8', studyDate: '' };
    expect(joinViews([view({ ...undated, studyInstanceUid: '7' }), view(undated)])).toMatchObject({
      error: { code: 'exams' },
    });
  });

  it('refuses both breasts, two persons, and a side that nobody knows', () => {
    const left = view({ side: 'L', view: 'CC' });
    const refused = joinViews([cc, left]);
    expect(refused).toMatchObject({ error: { code: 'breasts' } });
    expect(refused).toMatchObject({ error: { text: { values: { views: 'RCC, LCC' } } } });
    const other = view({ side: 'R', view: 'MLO', patientId: 'P2' });
    expect(joinViews([cc, other])).toMatchObject({ error: { code: 'persons' } });
    const unknown = view({ side: undefined, view: 'MLO' });
    expect(joinViews([cc, unknown])).toMatchObject({ error: { code: 'side-unknown' } });
    expect(joinViews([unknown]).ok).toBe(true);
    expect(joinViews([])).toMatchObject({ error: { code: 'no-view' } });
  });

  it('takes no unknown projection for a repetition of another', () => {
    const unknown = view({ side: 'R', view: undefined });
    expect(joinViews([unknown, unknown])).toEqual({ ok: true, value: [[0], [1]] });
  });
});
