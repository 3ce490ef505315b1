import { describe, expect, it } from 'vitest';
import { readCadReport } from '../core/foreign/cad-report.ts';
import { placedFindings } from '../core/foreign/placed.ts';
import {
  cadTree,
  coded,
  DENSITY,
  intent,
  link,
  MASS,
  scoord,
  testDocument,
} from '../core/foreign/testing.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { UNREAD } from '../core/lesion/exam-reading.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { adoptFinding } from './adopt-finding.ts';
import { createForeignStore } from './foreign-store.ts';
import { isFindingShown, isForeignHidden, isOfImages } from './foreign-shown.ts';
import { createHistoryStore } from './history-store.ts';
import { createLesionsStore } from './lesions-store.ts';

const imageOf = (view: 'CC' | 'MLO', side: 'L' | 'R' = 'R') => {
  const header = testHeader({ sopInstanceUid: `1.${side}${view}`, side, view });
  return {
    path: view,
    header,
    asRead: header,
    rows: 400,
    columns: 300,
    digest: 'd',
    scopeNotes: [],
  };
};
const [cc, mlo] = [imageOf('CC'), imageOf('MLO')];
const at = (x: number, y: number, place: number) =>
  scoord('111010', 'POINT', [x, y], link(1, 1, place));
const square = (place: number) =>
  scoord('111041', 'POLYLINE', [10, 20, 50, 20, 50, 60, 10, 60, 10, 20], link(1, 1, place));
const report = (...findings: Parameters<typeof cadTree>[1][]) =>
  testDocument({
    content: readCadReport(cadTree(['1.RCC', '1.RMLO'], ...findings)),
    sopInstanceUid: '9.1',
  });
const composite = coded(
  '111015',
  MASS,
  coded('111059', DENSITY, at(30, 40, 1), square(1)),
  coded('111059', DENSITY, at(100, 200, 2)),
);

const setUp = () => {
  let count = 0;
  const lesions = createLesionsStore(() => `lesion ${++count}`);
  const asked: string[] = [];
  const sources = {
    lesions,
    images: [cc, mlo],
    outlineAt: async (sop: string) => {
      asked.push(sop);
      return undefined;
    },
  };
  return { lesions, sources, asked, history: createHistoryStore([lesions]) };
};

describe('what other programs said', () => {
  it('counts once however often it is opened', () => {
    const store = createForeignStore();
    expect(store.getState().add(report(composite))).toBe(true);
    expect(store.getState().add(report(composite))).toBe(false);
    expect(store.getState().documents).toHaveLength(1);
  });

  it('goes with the images that it is about, and takes its state with it', () => {
    const store = createForeignStore();
    store.getState().add(report(composite));
    store.getState().add(testDocument({ sopInstanceUid: '9.9', studyInstanceUid: '8' }));
    store.getState().select({ sopInstanceUid: '9.1', findingId: '1' });
    store.getState().apply('9.9');
    store.getState().forget(['1.RCC'], []);
    const { documents, selected, applied } = store.getState();
    expect(documents.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['9.9']);
    expect([selected, applied]).toEqual([undefined, '9.9']);
  });

  it('is of a patient by an image or by the study', () => {
    expect(isOfImages(report(composite), [cc])).toBe(true);
    const { studyInstanceUid } = cc.header;
    expect(isOfImages(testDocument({ studyInstanceUid }), [cc])).toBe(true);
    expect(isOfImages(testDocument({ studyInstanceUid: 'x' }), [cc])).toBe(false);
  });

  it('shows what is not for presentation only when asked, and nothing that is switched off', () => {
    const held = coded('111059', DENSITY, intent('not'), at(1, 1, 1));
    const placed = placedFindings([report(composite, held)], [cc, mlo]);
    const shown = (change = {}) => {
      const switches = { marks: true, off: new Set<string>(), unpresented: false, ...change };
      return placed.filter((each) => isFindingShown(each, switches)).length;
    };
    expect(shown()).toBe(1);
    expect(shown({ unpresented: true })).toBe(2);
    expect(shown({ marks: false, unpresented: true })).toBe(0);
    expect(shown({ off: new Set(['9.1']) })).toBe(0);
  });
});

describe('in reading first', () => {
  const lesion = (words: Partial<Lesion>): Lesion => ({
    id: 'a',
    patientKey: 'p',
    number: 1,
    marks: { '1.RCC': { x: 0, y: 0, width: 9, height: 9 } },
    ...words,
  });
  const reading = { at: '2026-01-01T00:00:00Z', scoreShown: false, reader: '' };
  const hidden = (lesions: readonly Lesion[], said = UNREAD, readingFirst = true) =>
    isForeignHidden([cc, mlo], {
      readingFirst,
      lesions,
      readings: { [cc.header.studyInstanceUid]: said },
    });

  it('stays hidden until the reader has assessed a lesion of the exam, or the exam', () => {
    expect(hidden([])).toBe(true);
    expect(hidden([lesion({ notes: 'seen' })])).toBe(true);
    expect(hidden([], { ...UNREAD, density: 'b' })).toBe(true);
    expect(hidden([lesion({ readings: [reading] })])).toBe(false);
    expect(hidden([], { ...UNREAD, categories: { L: '1' } })).toBe(false);
    expect(hidden([], { ...UNREAD, conclusion: 'Nothing.' })).toBe(false);
    expect(hidden([lesion({ readings: [reading], marks: {} })])).toBe(true);
    const otherPixels = { '1.RCC': { columns: 300, rows: 400, digest: 'other' } };
    expect(hidden([lesion({ readings: [reading], pixels: otherPixels })])).toBe(true);
  });

  it('is not hidden in any other mode', () => {
    expect(hidden([], UNREAD, false)).toBe(false);
  });
});

describe('adopting a finding', () => {
  const adopted = (sources: ReturnType<typeof setUp>['sources'], images = [cc, mlo]) => {
    const [placed] = placedFindings([report(composite)], images);
    if (!placed) throw new Error('nothing placed');
    return adoptFinding(placed, { ...sources, images: () => images });
  };

  it('makes one lesion of all its views, in one step that can be undone', async () => {
    const { lesions, sources, asked, history } = setUp();
    expect(await adopted(sources)).toEqual({ kind: 'placed', lesionId: 'lesion 1' });
    const [lesion] = lesions.getState().lesions;
    expect(lesion?.marks['1.RCC']).toEqual({ x: 10, y: 20, width: 40, height: 40 });
    // A bare centre is asked to be outlined; where it cannot be, a square stands about it.
    expect(asked).toEqual(['1.RMLO']);
    expect(lesion?.marks['1.RMLO']).toEqual({ x: 91, y: 191, width: 18, height: 18 });
    expect(lesion?.pixels?.['1.RCC']).toEqual({ columns: 300, rows: 400, digest: 'd' });
    history.getState().undo();
    expect(lesions.getState().lesions).toEqual([]);
  });

  it('takes the open views alone, and nothing where none is open', async () => {
    const { lesions, sources } = setUp();
    await adopted(sources, [cc]);
    expect(Object.keys(lesions.getState().lesions[0]?.marks ?? {})).toEqual(['1.RCC']);
    const none = await adopted(sources, []);
    expect(none).toMatchObject({ kind: 'refused', text: { code: 'mark.image-closed' } });
  });
});
