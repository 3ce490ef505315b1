import { beforeEach, expect, it, vi } from 'vitest';
import { testHeader } from '../core/dicom/test-header.ts';
import type { Dismissal } from '../core/lesion/second-reading.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { KeptSecondLook, OtherTabs } from '../ports/storage.ts';
import { keepSecondLooks } from './keep-second-looks.ts';
import { createLesionsStore } from './lesions-store.ts';
import { openExams } from './open-exams.ts';
import { shownFindings } from './shown-findings.ts';
import { twoTabs } from './testing/two-tabs.ts';
import { madeLook, testSecondLook } from './testing/test-second-look.ts';

const image = (
  sop: string,
  digest = sop,
  more: Parameters<typeof testHeader>[0] = {},
): OpenImage => {
  const header = testHeader({ sopInstanceUid: sop, side: 'R', view: 'CC', ...more });
  return { path: sop, header, asRead: header, rows: 500, columns: 400, digest, scopeNotes: [] };
};

const memory = () => {
  const kept = new Map<string, KeptSecondLook>();
  return {
    kept,
    save: vi.fn(async (one: KeptSecondLook, merged: readonly string[] = []) => {
      for (const key of merged) kept.delete(key);
      kept.set(one.exam, one);
    }),
    findByImages: async (sops: readonly string[]) =>
      [...kept.values()].filter(({ images }) =>
        images.some(({ sopInstanceUid }) => sops.includes(sopInstanceUid)),
      ),
  };
};

/** A page with that storage; `open` shows images as one exam of everything that is open. */
const page = (storage: ReturnType<typeof memory>, tabs?: OtherTabs<KeptSecondLook>) => {
  let open: OpenImage[] = [];
  const lesions = createLesionsStore(() => 'lesion');
  const { store, feed } = testSecondLook({ lesions, images: () => open });
  const [onProblem, onAway] = [vi.fn(), vi.fn()];
  const keeper = keepSecondLooks(store, feed, storage, onProblem, onAway, tabs);
  const show = (...images: OpenImage[]) => {
    open = images;
    const exams = openExams(open).map(({ key, images: own }) => {
      const views = own.map(({ header, columns, rows, digest }) => ({
        sopInstanceUid: header.sopInstanceUid,
        pixels: { columns, rows, digest },
        status: 'looked' as const,
        notes: [],
      }));
      return [key, { phase: { name: 'ready' as const }, views }] as const;
    });
    feed.show(Object.fromEntries(exams));
    for (const [key] of exams) feed.found(key, () => LOOK);
    return exams[0]?.[0] ?? '';
  };
  const shown = (exam: string) =>
    shownFindings(store.getState(), exam, lesions.getState().lesions, open);
  return { store, feed, lesions, show, shown, keeper, onProblem, onAway };
};
const LOOK = madeLook([
  [0.9, [image('1.1'), 100, 100]],
  [0.8, [image('1.1'), 300, 300]],
]);
const settled = () => new Promise((resolve) => setTimeout(resolve));

let storage: ReturnType<typeof memory>;
beforeEach(() => {
  storage = memory();
});

const said = async () => {
  const first = page(storage);
  const exam = first.show(image('1.1'));
  await settled();
  first.store.getState().sayLookDone(exam);
  first.store.getState().dismiss(exam, LOOK.findings[1]?.id ?? '', 'vessel');
  first.store.getState().chooseFalseMarks(exam, 0.1);
  await first.keeper.settled();
};

it('brings back the reader’s word, answers and operating point after a reload', async () => {
  await said();
  const second = page(storage);
  const exam = second.show(image('1.1'));
  expect(second.shown(exam)).toEqual([]);
  await settled();
  expect(second.shown(exam).map(({ answer }) => answer.kind)).toEqual(['open', 'dismissed']);
  expect(second.store.getState().exams[exam]).toMatchObject({
    falseMarks: 0.1,
    said: { at: '2026-01-31T12:00:00.000Z' },
  });
});

it('finds it by any image of the exam, whichever comes first', async () => {
  const first = page(storage);
  const exam = first.show(image('1.1'), image('1.2'));
  await settled();
  first.store.getState().sayLookDone(exam);
  await first.keeper.settled();
  const second = page(storage);
  second.show(image('1.3'));
  await settled();
  const again = second.show(image('1.3'), image('1.2'));
  await settled();
  expect(second.store.getState().exams[again]?.said).toBeDefined();
});

it('leaves to other pixels under the same UID nothing of it, and says so', async () => {
  await said();
  const second = page(storage);
  const exam = second.show(image('1.1', 'other'));
  await settled();
  expect(second.store.getState().exams[exam]).toMatchObject({ dismissals: [] });
  expect(second.store.getState().exams[exam]?.said).toBeUndefined();
  expect(second.onAway).toHaveBeenCalledExactlyOnceWith('1.1');
});

it('knows it again when it was turned off and on, or the patient closed, also where nothing is kept', async () => {
  storage.save.mockRejectedValue(new Error('denied'));
  const own = page(storage);
  const exam = own.show(image('1.1'));
  await settled();
  own.store.getState().sayLookDone(exam);
  await own.keeper.settled();
  expect(own.onProblem).toHaveBeenLastCalledWith({
    code: 'look.not-kept',
    values: { reason: 'denied' },
  });
  own.show();
  own.show(image('1.1'));
  await settled();
  expect(own.store.getState().exams[exam]?.said).toBeDefined();
});

it('writes nothing before the reader says anything, and nothing of what was found', async () => {
  const first = page(storage);
  const exam = first.show(image('1.1'));
  await settled();
  expect(storage.save).not.toHaveBeenCalled();
  first.store.getState().sayLookDone(exam);
  await first.keeper.settled();
  expect(Object.keys([...storage.kept.values()][0] ?? {}).sort()).toEqual(
    ['dismissals', 'exam', 'falseMarks', 'images', 'said'].sort(),
  );
});

it('tells the other tab the reader’s word and every answer, and hears of them once', async () => {
  const [here, there] = twoTabs<KeptSecondLook>();
  const [first, second] = [page(storage, here), page(storage, there)];
  const exam = first.show(image('1.1'));
  second.show(image('1.1'));
  await settled();
  const answers = (of: ReturnType<typeof page>) => of.shown(exam).map(({ answer }) => answer.kind);
  expect(answers(second)).toEqual([]);

  first.store.getState().sayLookDone(exam);
  expect(answers(second)).toEqual(['open', 'open']);
  first.store.getState().dismiss(exam, LOOK.findings[1]?.id ?? '', 'vessel');
  expect(answers(second)).toEqual(['open', 'dismissed']);
  second.store.getState().reopen(exam, LOOK.findings[1]?.id ?? '');
  second.store.getState().dismiss(exam, LOOK.findings[0]?.id ?? '', 'benign');
  expect(answers(first)).toEqual(['dismissed', 'open']);
  // Four words, each written by the tab in which it was said.
  expect(storage.save).toHaveBeenCalledTimes(4);
  expect([...storage.kept.values()].map(({ dismissals }) => dismissals.length)).toEqual([1]);
});

it('keeps an exam once, whatever was opened before it', async () => {
  const of = {
    patientId: 'P',
    issuerOfPatientId: 'H',
    personName: 'Doe^Jane',
    studyDate: '20240102',
  };
  const cc = image('1.1', '1.1', of);
  const prior = image('1.0', '1.0', {
    ...{ ...of, issuerOfPatientId: '', personName: 'DOE^JANE', studyDate: '20200102' },
    studyInstanceUid: '2',
  });
  const keys = new Set<string>();
  const opened = async (...images: OpenImage[]) => {
    const own = page(storage);
    own.show(...images);
    await settled();
    const exam = openExams(images).find((e) => e.images.includes(cc))?.key ?? '';
    keys.add(exam);
    own.feed.found(exam, () => LOOK);
    const answers = () => own.shown(exam).map(({ answer }) => answer.kind);
    return { ...own, exam, answers, ...own.store.getState() };
  };
  const first = await opened(cc);
  first.sayLookDone(first.exam);
  await first.keeper.settled();
  const second = await opened(prior, cc);
  second.dismiss(second.exam, LOOK.findings[0]?.id ?? '', 'vessel');
  await second.keeper.settled();
  expect(keys.size).toBe(2);
  expect((await opened(cc)).answers()).toEqual(['dismissed', 'open']);
  expect(storage.kept.size).toBe(1);
});

it('joins records of one exam: the first word, the latest answers, and no answer that was taken back', async () => {
  const pixels = { columns: 400, rows: 500, digest: '1.1' };
  const images = [{ sopInstanceUid: '1.1', pixels }];
  const [one, two] = LOOK.findings;
  if (!one || !two) throw new Error('two were found');
  const at = (minute: number) => `2026-01-31T12:0${minute}:00.000Z`;
  const saidAt = (minute: number) => ({
    ...{ at: at(minute), before: [], images, falseMarks: 0.25, finder: 'p 1' },
  });
  const dismissed = (finding: typeof one, reason: 'vessel' | 'benign', minute: number) =>
    ({ finding, reason, at: at(minute) }) as Dismissal;
  storage.kept.set('a', {
    ...{ exam: 'a', images, said: saidAt(1), falseMarks: 0.1 },
    dismissals: [dismissed(one, 'vessel', 5)],
  });
  storage.kept.set('b', {
    ...{ exam: 'b', images: [...images, { sopInstanceUid: '1.7', pixels }] },
    ...{ said: saidAt(2), falseMarks: 1 },
    dismissals: [dismissed(one, 'benign', 3), dismissed(two, 'benign', 6)],
  });
  const first = page(storage);
  const exam = first.show(image('1.1'));
  await settled();
  expect(storage.save).not.toHaveBeenCalled();
  const { said, falseMarks, dismissals } = first.store.getState().exams[exam] ?? {};
  expect([said?.at, falseMarks]).toEqual([at(1), 1]);
  expect(dismissals?.map(({ reason }) => reason)).toEqual(['vessel', 'benign']);
  first.store.getState().reopen(exam, two.id);
  await first.keeper.settled();
  expect([...storage.kept.values()]).toMatchObject([{ dismissals: [{ reason: 'vessel' }] }]);
  expect([...storage.kept.values()][0]?.images.map((i) => i.sopInstanceUid)).toContain('1.7');
  const second = page(storage);
  second.show(image('1.1'));
  await settled();
  expect(second.store.getState().exams[exam]?.dismissals).toHaveLength(1);
});

it('joins the words on parts of an exam: each part stays shown, and the first keeps its time', async () => {
  const [cc, mlo] = [image('1.1'), image('1.2')];
  const opened = async (...images: OpenImage[]) => {
    const one = page(storage);
    const exam = one.show(...images);
    await settled();
    return { exam, ...one, said: () => one.store.getState().exams[exam]?.said };
  };
  for (const part of [cc, mlo]) {
    const { store, exam, keeper } = await opened(part);
    store.getState().sayLookDone(exam);
    await keeper.settled();
  }
  const both = await opened(cc, mlo);
  expect(both.said()?.images.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1.1', '1.2']);
});

it('takes over what came into storage from elsewhere, in the place of what it shows', async () => {
  await said();
  const own = page(storage);
  const exam = own.show(image('1.1'));
  await settled();
  const [kept] = storage.kept.values();
  if (kept) storage.kept.set(kept.exam, { ...kept, dismissals: [] });
  own.keeper.again();
  await settled();
  expect(own.store.getState().exams[exam]?.dismissals).toEqual([]);
});

it('leaves what is said of other pixels to the other tab', async () => {
  const [here, there] = twoTabs<KeptSecondLook>();
  const [first, second] = [page(storage, here), page(storage, there)];
  const exam = first.show(image('1.1'));
  const other = second.show(image('1.1', 'other'));
  await settled();
  first.store.getState().sayLookDone(exam);
  expect(second.store.getState().exams[other]?.said).toBeUndefined();
});
