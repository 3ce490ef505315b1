import { beforeEach, describe, expect, it, vi } from 'vitest';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import type { ViewCandidate } from '../core/finder/view-cues.ts';
import { message } from '../core/message/message.ts';
import { Failure } from '../core/message/failure.ts';
import type { OpenImage, ScopeNote } from '../ports/analysis.ts';
import type { EngineStatus } from '../ports/inference.ts';
import { createLesionsStore } from './lesions-store.ts';
import { lookAtExams, viewKey } from './look-at-exams.ts';
import { openExams } from './open-exams.ts';
import { createSettingsStore } from './settings-store.ts';
import { isWordDue, shownFindings, viewsAsSaid } from './shown-findings.ts';
import { createStudiesStore } from './studies-store.ts';
import { NO_SETTINGS } from './testing/no-settings.ts';
import { testSecondLook } from './testing/test-second-look.ts';

const CUES = {
  ...{ score: 2, lead: 0, outcome: 0, size: 0, sizeSquared: 0, aspect: 0, breast: 1, skin: 1 },
  ...{ wall: 1, nipple: 1, contrast: 0, grey: 0, pectoral: 0 },
};
/** One candidate whose box tells which image it was found on. */
const candidatesOn = ({ columns }: OpenImage): ViewCandidate[] => [
  {
    box: { x: columns - 50, y: 10, width: 40, height: 40 },
    score: 0.9,
    outcome: 0,
    features: new Float32Array(96),
    cues: CUES,
    side: 10,
    nippleDistance: 20,
  },
];
const certain = { names: ['score'], mean: [0], scale: [1], weights: [2], bias: 0 };
const MODELS = {
  finder: 'finder',
  rescoring: {
    own: certain,
    outcome: certain,
    pair: { names: ['nipple'], mean: [0], scale: [1], weights: [0], bias: 3 },
    both: { names: ['own'], mean: [0], scale: [1], weights: [1], bias: 0 },
  },
  breastCalibration: { a: -1, b: 0 },
};
const READY: EngineStatus = {
  phase: 'ready',
  info: { backend: 'wasm', adapter: 'cpu', software: false, passedOver: [] },
  reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
};

const SIZES = { '1.1': 400, '1.2': 410, '2.1': 420, '2.2': 430 } as const;
type Sop = keyof typeof SIZES;
const image = (sop: Sop, change: Partial<OpenImage> = {}, notes: ScopeNote[] = []): OpenImage => {
  const [patientId] = sop;
  const view = sop.endsWith('1') ? 'CC' : 'MLO';
  const header = testHeader({ sopInstanceUid: sop, patientId: `P${patientId}`, side: 'R', view });
  const opened = { rows: 500, columns: SIZES[sop], digest: sop, scopeNotes: notes, ...change };
  return { path: sop, header, asRead: header, ...opened };
};

const setUp = () => {
  const studies = createStudiesStore();
  let lesion = 0;
  const lesions = createLesionsStore(() => `lesion ${++lesion}`);
  const settings = createSettingsStore({ load: () => NO_SETTINGS, save: () => undefined });
  const { store, feed } = testSecondLook({ lesions, images: () => studies.getState().images });
  /** What is looked at and not answered yet, in the order asked. */
  const asked: {
    readonly image: OpenImage;
    readonly signal: AbortSignal;
    answer(found?: readonly ViewCandidate[]): void;
    fail(): void;
  }[] = [];
  const look = (of: OpenImage, signal: AbortSignal) =>
    new Promise<readonly ViewCandidate[] | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(undefined));
      const answer = (found = candidatesOn(of)) => resolve(found);
      const fail = () => reject(new Failure(message('image.closed')));
      asked.push({ image: of, signal, answer, fail });
    });
  const runner = lookAtExams({ studies, settings, feed, models: MODELS, look });
  runner.engineIs(READY);
  const open = (...images: OpenImage[]) => images.forEach((each) => studies.getState().add(each));
  const examOf = (sop: Sop) =>
    openExams(studies.getState().images).find(({ images }) =>
      images.some(({ header }) => header.sopInstanceUid === sop),
    )?.key ?? '';
  const exam = (sop: Sop) => store.getState().exams[examOf(sop)];
  const settle = () => vi.waitFor(() => Promise.resolve());
  const answerAll = async () => {
    for (let i = 0; i < asked.length; i++) {
      asked[i]?.answer();
      await settle();
      await settle();
    }
  };
  const shown = (sop: Sop) => {
    const { images } = studies.getState();
    store.getState().sayLookDone(examOf(sop));
    return shownFindings(store.getState(), examOf(sop), lesions.getState().lesions, images);
  };
  const sops = () => asked.map((each) => each.image.header.sopInstanceUid);
  return {
    studies,
    lesions,
    settings,
    store,
    asked,
    runner,
    open,
    exam,
    examOf,
    settle,
    answerAll,
    shown,
    sops,
  };
};

let page: ReturnType<typeof setUp>;
beforeEach(() => {
  page = setUp();
});

/** Each mark lies on the image that it was found on. */
const expectRightImages = (sop: Sop) => {
  for (const { marks } of page.shown(sop))
    for (const mark of marks) expect(mark.box.x).toBe(SIZES[mark.sopInstanceUid as Sop] - 50);
};

describe('looking at exams', () => {
  it('looks at every view, says how far it is, and links what both views show', async () => {
    page.open(image('1.1'), image('1.2'));
    expect(page.exam('1.1')?.phase).toEqual({ name: 'looking', done: 0, total: 2 });
    expect(page.sops()).toEqual(['1.1', '1.2']);
    page.asked[0]?.answer();
    await page.settle();
    expect(page.exam('1.1')?.phase).toEqual({ name: 'looking', done: 1, total: 2 });
    await page.answerAll();
    expect(page.exam('1.1')?.phase).toEqual({ name: 'ready' });
    expect(page.shown('1.1').map(({ marks }) => marks.length)).toEqual([2]);
    expectRightImages('1.1');
  });

  it('waits while images are being opened, and for the engine', () => {
    page.studies.getState().setProgress({ done: 1, total: 2 });
    page.open(image('1.1'));
    expect(page.asked).toEqual([]);
    page.studies.getState().setProgress(undefined);
    expect(page.sops()).toEqual(['1.1']);
    page.runner.engineIs({ phase: 'starting', step: message('engine.step.start'), fraction: 0 });
    expect(page.exam('1.1')?.phase).toEqual({ name: 'waiting' });
    page.runner.engineIs(READY);
    expect(page.exam('1.1')?.phase.name).toBe('looking');
  });

  it('does not look on a software graphics card, says so, and does when another engine is chosen', async () => {
    const software = {
      ...READY.info,
      backend: 'webgl' as const,
      adapter: 'SwiftShader',
      software: true,
    };
    page.runner.engineIs({ ...READY, info: software });
    page.open(image('1.1'));
    expect(page.asked).toEqual([]);
    expect(page.exam('1.1')?.phase).toMatchObject({
      name: 'failed',
      reason: { code: 'look.software' },
    });
    page.runner.engineIs({ ...READY, info: { ...READY.info, software: true } });
    await page.answerAll();
    expect(page.exam('1.1')?.phase.name).toBe('ready');
  });

  it('does not look at what is out of scope, and says why', async () => {
    const text = message('scope.spot-compression');
    const spot: ScopeNote = { code: 'spot-compression', severity: 'warns', text };
    const lossy: ScopeNote = { code: 'lossy', severity: 'warns', text: message('scope.lossy') };
    page.open(image('1.1', {}, [spot]), image('1.2', {}, [lossy]));
    await page.answerAll();
    expect(page.sops()).toEqual(['1.2']);
    expect(page.exam('1.1')?.views).toMatchObject([
      { sopInstanceUid: '1.1', status: 'not looked', reason: text },
      { sopInstanceUid: '1.2', status: 'looked', notes: [{ code: 'scope.lossy' }] },
    ]);
    expect(page.exam('1.1')?.phase).toEqual({ name: 'ready' });
  });

  it('forgets a patient who is closed in the middle, and looks anew when reopened', async () => {
    page.open(image('1.1'), image('1.2'));
    const key = page.studies.getState().patientKey ?? '';
    page.asked[0]?.answer();
    await page.settle();
    page.studies.getState().closePatient(key);
    expect(page.asked.map(({ signal }) => signal.aborted)).toEqual([false, true]);
    expect(page.store.getState().exams).toEqual({});
    page.asked[1]?.answer();
    await page.settle();
    page.open(image('1.1'), image('1.2'));
    await page.answerAll();
    expect(page.sops()).toEqual(['1.1', '1.2', '1.1', '1.2']);
    expectRightImages('1.1');
  });

  it('goes to the patient on show first, and mixes up nobody when a second one is opened in the middle', async () => {
    page.open(image('1.1'));
    expect(page.sops()).toEqual(['1.1']);
    page.studies.getState().setProgress({ done: 0, total: 3 });
    page.open(image('1.2'), image('2.1'), image('2.2'));
    const { images, showPatient } = page.studies.getState();
    showPatient(patientKeyIn(images, '2.1') ?? '');
    page.studies.getState().setProgress(undefined);
    expect(page.sops()).toEqual(['1.1', '2.1']);
    await page.answerAll();
    expect(page.sops()).toEqual(['1.1', '2.1', '2.2', '1.2']);
    for (const sop of ['1.1', '2.1'] as const) {
      expect(page.exam(sop)?.phase).toEqual({ name: 'ready' });
      expect(page.shown(sop)).toHaveLength(1);
      expectRightImages(sop);
    }
  });

  it('keeps looks at other pixels and other views apart', () => {
    const keys = [
      image('1.1'),
      image('1.2'),
      image('1.1', { digest: 'other' }),
      image('1.1', { header: image('1.2').header }),
      image('1.1', { rows: 7 }),
    ].map(viewKey);
    expect(new Set(keys).size).toBe(5);
  });

  it('shows nothing of a view that opened after the word, nor by it, until the word is given again', async () => {
    const { open, store, answerAll, exam, examOf, shown, studies, lesions } = page;
    const now = () => shownFindings(store.getState(), examOf('1.1'), [], studies.getState().images);
    const lesion = (sop: string) =>
      lesions.getState().createMarked('p', sop, { x: 9, y: 9, width: 9, height: 9 }, undefined);
    open(image('1.1'));
    await answerAll();
    const [alone] = shown('1.1');
    expect(alone?.marks).toHaveLength(1);

    open(image('1.2'));
    await answerAll();
    expect(now()).toEqual([alone]);
    expect(viewsAsSaid(exam('1.1')!).map(({ status }) => status)).toEqual(['looked', 'held back']);
    expect(isWordDue(exam('1.1')!)).toBe(true);

    lesion('1.1');
    const own = lesion('1.2');
    const first = exam('1.1')?.said;
    expect(shown('1.1')[0]?.marks).toHaveLength(2);
    expect(isWordDue(exam('1.1')!)).toBe(false);
    // What was marked where findings were on show already is not called marked before them.
    expect(exam('1.1')?.said).toMatchObject({ at: first?.at, before: [own] });
  });

  it('asks for no word on a view that is not looked at', async () => {
    const { open, answerAll, exam, shown } = page;
    open(image('1.1'));
    await answerAll();
    shown('1.1');
    const text = message('scope.spot-compression');
    open(image('1.2', {}, [{ code: 'spot-compression', severity: 'warns', text }]));
    await answerAll();
    expect(isWordDue(exam('1.1')!)).toBe(false);
  });

  it('keeps what was found apart from other pixels of the same image', async () => {
    page.open(image('1.1'));
    await page.answerAll();
    expect(page.shown('1.1')).toHaveLength(1);
    page.studies.getState().closePatient(page.studies.getState().patientKey ?? '');
    page.open(image('1.1', { digest: 'other' }));
    expect(page.shown('1.1')).toEqual([]);
    expect(page.sops()).toEqual(['1.1', '1.1']);
  });

  it('says what failed, shows what the other views gave, and tries again', async () => {
    page.open(image('1.1'), image('1.2'));
    page.asked[0]?.fail();
    page.asked[1]?.answer();
    await page.settle();
    await page.settle();
    expect(page.exam('1.1')?.phase).toEqual({ name: 'failed', reason: message('image.closed') });
    expect(page.shown('1.1').map(({ marks }) => marks.length)).toEqual([1]);
    page.runner.again();
    await page.answerAll();
    expect(page.exam('1.1')?.phase).toEqual({ name: 'ready' });
    expect(page.shown('1.1').map(({ marks }) => marks.length)).toEqual([2]);
  });

  it('tries what failed again on an engine that is ready anew, and keeps the rest', async () => {
    page.open(image('1.1'), image('1.2'));
    page.asked[0]?.fail();
    page.asked[1]?.answer();
    await page.settle();
    await page.settle();
    page.runner.engineIs({ ...READY, info: { ...READY.info, backend: 'webgl' } });
    expect(page.sops()).toEqual(['1.1', '1.2', '1.1']);
  });

  it('looks at nothing, and knows of nothing, while it is turned off', async () => {
    page.open(image('1.1'));
    await page.answerAll();
    page.settings.getState().lookTwice(false);
    expect(page.store.getState().exams).toEqual({});
    page.open(image('1.2'));
    expect(page.sops()).toEqual(['1.1']);
    page.settings.getState().lookTwice(true);
    expect(page.sops()).toEqual(['1.1', '1.1', '1.2']);
  });

  it('links by the side that the reader says', async () => {
    page.open(image('1.1'), image('1.2'));
    await page.answerAll();
    expect(page.shown('1.1')).toHaveLength(1);
    const header = testHeader({ sopInstanceUid: '1.2', patientId: 'P1', side: 'L', view: 'MLO' });
    page.studies.getState().replaceHeader('1.2', header, []);
    expect(page.sops()).toEqual(['1.1', '1.2']);
    expect(page.shown('1.1').map(({ side }) => side)).toEqual(['R', 'L']);
  });
});
