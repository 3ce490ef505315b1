import { message } from '../../core/message/message.ts';
import { expect, it, vi } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import { storedValues } from '../../core/image/stored-values.ts';
import { testImage } from '../../core/image/testing.ts';
import { buildCaseReport } from '../../core/report/build-case-report.ts';
import { twoTabs } from '../../state/testing/two-tabs.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { identityOf, reportedImage } from '../../core/report/reported-image.ts';
import { createImageRegistry } from './image-registry.ts';
import { createViewCorrections, scopeOf } from './view-corrections.ts';
import type { KeptCorrection, OtherTabs } from '../../ports/storage.ts';

const image = testImage(8, 8, () => 0);
const pixels = { columns: 8, rows: 8, digest: 'd' };
const thumbnail = { width: 1, height: 1, grey: new Uint8ClampedArray(1) };
const asRead = testHeader({ side: undefined, view: undefined });
const sop = asRead.sopInstanceUid;

/** A page with one image open whose file names neither side nor view. */
const set = (
  kept = new Map<string, KeptCorrection>(),
  refuses = false,
  tabs?: OtherTabs<readonly string[]>,
) => {
  const [studies, notices, registry] = [
    createStudiesStore(),
    createNoticesStore(),
    createImageRegistry(),
  ];
  const refuse = async () => {
    if (refuses) throw new Error('denied');
  };
  const onCorrected = vi.fn();
  const corrections = createViewCorrections({
    tabs,
    onCorrected,
    studies,
    notices,
    registry,
    storage: {
      all: async () => {
        await refuse();
        return kept;
      },
      save: async (uid, correction) => {
        await refuse();
        kept.set(uid, correction);
      },
      remove: async (uid) => void kept.delete(uid),
    },
  });
  const { scopeNotes, scorable } = scopeOf(asRead, image);
  const box = { x: 0, y: 0, width: 8, height: 8 };
  const breast = { box, columns: 1, rows: 1, cells: new Uint8Array(1) };
  const values = storedValues(image);
  registry.set(sop, {
    image,
    values,
    overlays: [],
    scorable,
    thumbnail,
    breast,
    tissueVoi: undefined,
  });
  studies
    .getState()
    .add({ path: 'a', header: asRead, asRead, rows: 8, columns: 8, digest: 'd', scopeNotes });
  const open = () => {
    const [first] = studies.getState().images;
    if (!first) throw new Error('the image is open');
    return first;
  };
  return { corrections, registry, notices, kept, open, onCorrected };
};

const written = () => new Promise((resolve) => setTimeout(resolve, 1));

it('corrects an open image and what follows from its view, and takes it back', async () => {
  const { corrections, registry, kept, open } = set();
  corrections.correct(sop, { side: 'R', view: 'SPECIMEN' });
  expect(open().header.laterality).toMatchObject({ value: 'R', source: 'reader' });
  expect(open().scopeNotes.map((n) => n.text)).toContainEqual(message('scope.specimen'));
  expect(registry.get(sop)?.scorable).toBe(false);
  await written();
  expect(kept.get(sop)?.correction).toEqual({ side: 'R', view: 'SPECIMEN' });
  expect(kept.get(sop)?.pixels).toEqual(pixels);
  corrections.correct(sop, {});
  expect(open().header).toEqual(asRead);
  expect(registry.get(sop)?.scorable).toBe(true);
  await written();
  expect(kept.size).toBe(0);
});

it('applies what was corrected earlier to what is opened', async () => {
  const { corrections } = set(new Map([[sop, { correction: { view: 'ML' }, pixels }]]));
  expect(corrections.apply(asRead, pixels).view.value).toBeUndefined();
  await corrections.load();
  expect(corrections.apply(asRead, pixels).view).toMatchObject({ value: 'ML', source: 'reader' });
});

it('applies what another tab has corrected since, and taken back', async () => {
  const kept = new Map<string, KeptCorrection>();
  const [first, second] = [set(kept), set(kept)];
  await second.corrections.load();
  first.corrections.correct(sop, { side: 'R' });
  await written();
  await second.corrections.load();
  expect(second.corrections.apply(asRead, pixels).laterality.value).toBe('R');
  first.corrections.correct(sop, {});
  await written();
  await second.corrections.load();
  expect(second.corrections.apply(asRead, pixels)).toEqual(asRead);
});

it('corrects what is open in another tab, and takes it back there', async () => {
  const kept = new Map<string, KeptCorrection>();
  const [here, there] = twoTabs<readonly string[]>();
  const [first, second] = [set(kept, false, here), set(kept, false, there)];
  first.corrections.correct(sop, { side: 'R', view: 'SPECIMEN' });
  await written();
  expect(second.open().header.laterality).toMatchObject({ value: 'R', source: 'reader' });
  expect(second.registry.get(sop)?.scorable).toBe(false);
  expect(second.onCorrected).toHaveBeenCalledTimes(1);
  second.corrections.correct(sop, {});
  await written();
  expect(first.open().header).toEqual(asRead);
  expect(first.registry.get(sop)?.scorable).toBe(true);
});

it('leaves a correction away that was said of other pixels under the same UID, and says so', async () => {
  const { corrections, notices } = set(new Map([[sop, { correction: { view: 'ML' }, pixels }]]));
  await corrections.load();
  expect(corrections.apply(asRead, { ...pixels, digest: 'another' })).toEqual(asRead);
  expect(corrections.apply(asRead, { ...pixels, rows: 4 })).toEqual(asRead);
  expect(notices.getState().notices[0]?.text).toMatchObject({ code: 'corrections.other-pixels' });
});

it('brings the corrected side and view into reports', () => {
  const { corrections, open } = set();
  corrections.correct(sop, { side: 'R', view: 'MLO' });
  const images = [reportedImage(open().header, image)];
  const report = buildCaseReport({
    say: ({ code }) => code,
    createdAt: '2026-01-31T12:00:00+00:00',
    program: { name: 'test', version: '1' },
    images,
    lesions: [
      {
        lesion: {
          id: 'a',
          number: 1,
          patientKey: 'patient:P1',
          marks: { [sop]: { x: 1, y: 1, width: 4, height: 4 } },
        },
        scoreProblem: message('score.not-ready'),
      },
    ],
    ...identityOf(images),
  });
  expect(report.images).toMatchObject([{ laterality: 'R', view: 'MLO' }]);
});

it('tells of a browser that refuses, and corrects for as long as the page lives', async () => {
  const { corrections, notices, open } = set(new Map(), true);
  await corrections.load();
  expect(notices.getState().notices[0]?.text).toEqual(
    message('corrections.unread', { why: 'denied' }),
  );
  corrections.correct(sop, { view: 'CC' });
  await written();
  expect(open().header.view.value).toBe('CC');
  expect(notices.getState().notices[0]?.text).toMatchObject({ code: 'corrections.unsaved' });
});
