import { message } from '../core/message/message.ts';
import { expect, it } from 'vitest';
import { readDicomReport } from '../adapters/dicom-sr/index.ts';
import type { StorableObject } from '../adapters/dicomweb/index.ts';
import { contentKey, superseded } from '../core/report/report-documents.ts';
import { sampleReport } from '../core/report/testing/sample-report.ts';
import type { CaseReport } from '../core/report/case-report.ts';
import { err, ok } from '../core/message/result.ts';
import { createReportLedger } from './report-ledger.ts';
import { storeReport } from './store-report.ts';

const listing = <T>(items: readonly T[]) => ok({ items, unread: undefined });

/** An archive that holds what is stored in it and gives it back. */
const createArchive = () => {
  const objects: StorableObject[] = [];
  const documents = () =>
    objects.map(({ bytes }) => {
      const read = readDicomReport(bytes);
      if (!read.ok || !read.value.document) throw new Error('not a report');
      return { ...read.value, document: read.value.document };
    });
  const archive: Parameters<typeof storeReport>[0] = {
    listSeries: async (studyInstanceUid) =>
      listing(
        documents()
          .filter(({ document }) => document.studyInstanceUid === studyInstanceUid)
          .map(({ document }) => ({ ...document, modality: 'SR', number: 1, description: '' })),
      ),
    listInstances: async ({ seriesInstanceUid }) =>
      listing(
        documents()
          .filter(({ document }) => document.seriesInstanceUid === seriesInstanceUid)
          .map(({ document }) => ({ ...document, number: 1 })),
      ),
    retrieveInstance: async ({ sopInstanceUid }) => {
      const found = objects.find((object) => object.sopInstanceUid === sopInstanceUid);
      return ok(new File([(found?.bytes ?? new Uint8Array()).slice()], 'a.dcm'));
    },
    store: async (added) => {
      objects.push(...added);
      return ok({
        stored: added.map(({ sopInstanceUid }) => ({ sopInstanceUid })),
        failed: [],
      });
    },
  };
  const standing = () => {
    const all = documents();
    const old = superseded(all.map(({ document }) => document));
    return all.filter(({ document }) => !old.has(document.sopInstanceUid));
  };
  return { archive, objects, documents, standing };
};

const report = (installation: string, minute: number, lesions?: CaseReport['lesions']) => ({
  ...sampleReport(),
  createdAt: `2026-01-31T12:${String(minute).padStart(2, '0')}:00Z`,
  program: { ...sampleReport().program, installation },
  ...(lesions && { lesions }),
});
const { signal } = new AbortController();
const [first] = sampleReport().lesions;
const oneLesion = first ? [first] : [];

const press = async (
  to: ReturnType<typeof createArchive>,
  what: CaseReport,
  ledger = createReportLedger(),
  format: Parameters<typeof storeReport>[3] = 'cad-sr',
) => {
  const said = await storeReport(to.archive, 'PACS', what, format, ledger, signal);
  if (!said.ok) throw new Error(said.error.code);
  return said.value.map(({ code }) => code);
};

it('stores the same once, whenever it is pressed', async () => {
  const pacs = createArchive();
  expect(await press(pacs, report('a', 1))).toEqual(['stored.done']);
  expect(await press(pacs, report('a', 2))).toEqual(['stored.already']);
  expect(await press(pacs, report('b', 3))).toEqual(['stored.already']);
  expect(pacs.objects).toHaveLength(1);
});

it('puts a changed report in the place of the earlier ones, so that a deleted lesion stays deleted', async () => {
  const pacs = createArchive();
  await press(pacs, report('a', 1));
  expect(await press(pacs, report('a', 2, oneLesion))).toEqual(['stored.done', 'stored.replaced']);
  const [only, another] = pacs.standing();
  expect(another).toBeUndefined();
  expect(only?.lesions.map(({ id }) => id)).toEqual([first?.id]);
  expect(only?.document.replaces).toEqual([pacs.objects[0]?.sopInstanceUid]);
});

it('does so for every form, and when the last lesion is deleted', async () => {
  const pacs = createArchive();
  const ledger = createReportLedger();
  await press(pacs, report('a', 1), ledger, 'measurement-report');
  await press(pacs, report('a', 1), ledger, 'presentation-state');
  await press(pacs, report('a', 2, []), ledger);
  expect(pacs.standing().map(({ source, lesions }) => [source, lesions])).toEqual([['cad-sr', []]]);
});

it('stores key images once, whole, and a deleted one stays deleted', async () => {
  const pacs = createArchive();
  const ledger = createReportLedger();
  const kept = (minute: number, count = 2) => ({
    ...report('a', minute, []),
    keyImages: sampleReport().keyImages?.slice(0, count) ?? [],
  });
  expect(await press(pacs, kept(1), ledger, 'key-images')).toEqual(['stored.done']);
  expect(pacs.objects).toHaveLength(3);
  expect(await press(pacs, kept(2), ledger, 'key-images')).toEqual(['stored.already']);
  // A store that lost one of them on the way has not the whole.
  pacs.objects.pop();
  expect(await press(pacs, kept(3), ledger, 'key-images')).toContain('stored.done');
  await press(pacs, kept(4, 1), ledger, 'key-images');
  expect(pacs.standing().map((one) => one.report?.keyImages?.length)).toEqual([1, 1]);
  expect(pacs.standing()[0]?.document.replaces).toHaveLength(5);
});

it('stores anew what was said of the exam since', async () => {
  const pacs = createArchive();
  const said = (conclusion: string, minute: number): CaseReport => ({
    ...report('a', minute),
    studies: sampleReport().studies.map((study) => ({
      ...study,
      reading: { categories: {}, conclusion },
    })),
  });
  await press(pacs, said('One.', 1));
  expect(await press(pacs, said('One.', 2))).toEqual(['stored.already']);
  expect(await press(pacs, said('Two.', 3))).toEqual(['stored.done', 'stored.replaced']);
});

it('leaves the report of another reader beside it, unless it was read here', async () => {
  const pacs = createArchive();
  await press(pacs, report('a', 1));
  expect(await press(pacs, report('b', 2, oneLesion))).toEqual(['stored.done', 'stored.beside']);
  expect(pacs.standing()).toHaveLength(2);
  const ledger = createReportLedger();
  for (const { document } of pacs.documents()) ledger.note(document);
  await press(
    pacs,
    report(
      'c',
      3,
      oneLesion.map((l) => ({ ...l, number: 9 })),
    ),
    ledger,
  );
  expect(pacs.standing().map((one) => one.lesions[0]?.number)).toEqual([9]);
});

it.each(['presentation-state', 'key-images'] as const)(
  'sends what the server did not take of %s again as it was, and says how much is there',
  async (format) => {
    const pacs = createArchive();
    const ledger = createReportLedger();
    const sent: string[][] = [];
    const reason = message('stored.refused.processing');
    const halting: typeof pacs.archive = {
      ...pacs.archive,
      store: async (added, options) => {
        sent.push(added.map(({ sopInstanceUid }) => sopInstanceUid));
        if (sent.length > 1) return pacs.archive.store(added, options);
        await pacs.archive.store(added.slice(0, -1), options);
        const [last] = added.slice(-1);
        return ok({
          stored: added.slice(0, -1),
          failed: last ? [{ sopInstanceUid: last.sopInstanceUid, reason }] : [],
        });
      },
    };
    const store = (minute: number) =>
      storeReport(halting, 'PACS', report('a', minute), format, ledger, signal);
    const first = await store(1);
    const total = sent[0]?.length ?? 0;
    expect(total).toBeGreaterThan(1);
    expect(first).toMatchObject({
      error: { code: 'stored.part', values: { stored: total - 1, total } },
    });
    expect(await store(2)).toMatchObject({ value: [{ code: 'stored.done' }] });
    expect(sent[1]).toEqual(sent[0]?.slice(-1));
    expect(await store(3)).toMatchObject({ value: [{ code: 'stored.already' }] });
    expect(pacs.standing()).toHaveLength(total);
  },
);

it('stores all anew, in the place of what is there, where the page was closed meanwhile', async () => {
  const pacs = createArchive();
  const halting: typeof pacs.archive = {
    ...pacs.archive,
    store: async (added) => {
      await pacs.archive.store(added.slice(0, 1));
      const reason = message('stored.refused.space');
      return ok({
        stored: added.slice(0, 1),
        failed: added.slice(1).map((one) => ({ ...one, reason })),
      });
    },
  };
  const format = 'presentation-state';
  await storeReport(halting, 'PACS', report('a', 1), format, createReportLedger(), signal);
  expect(pacs.objects).toHaveLength(1);
  const said = await press(pacs, report('a', 2), createReportLedger(), format);
  expect(said).toEqual(['stored.done', 'stored.replaced']);
  const [partly, ...anew] = pacs.objects.map(({ sopInstanceUid }) => sopInstanceUid);
  expect(anew.length).toBeGreaterThan(1);
  expect(pacs.standing().map(({ document }) => document.sopInstanceUid)).toEqual(anew);
  expect(anew).not.toContain(partly);
});

it('keeps to its UIDs where nobody knew whether it was stored, and believes that it is there', async () => {
  const pacs = createArchive();
  const ledger = createReportLedger();
  const sent: (string | undefined)[] = [];
  const unsure: typeof pacs.archive = {
    ...pacs.archive,
    store: async ([one]) => {
      sent.push(one?.sopInstanceUid);
      const reason = message('stored.coded', {
        reason: message('stored.refused.duplicate'),
        code: '0111',
      });
      return sent.length === 1
        ? err(message('server.uncertain', { failure: message('server.aborted') }))
        : ok({ stored: [], failed: [{ sopInstanceUid: one?.sopInstanceUid ?? '', reason }] });
    },
  };
  expect(await press({ ...pacs, archive: unsure }, report('a', 2), ledger).catch(String)).toMatch(
    'server.uncertain',
  );
  expect(await press({ ...pacs, archive: unsure }, report('a', 3), ledger)).toEqual([
    'stored.done',
  ]);
  expect(new Set(sent).size).toBe(1);
});

it('writes anew what was begun before something newer', async () => {
  const pacs = createArchive();
  const ledger = createReportLedger();
  const refusing: typeof pacs.archive = {
    ...pacs.archive,
    store: async (added) =>
      ok({
        stored: [],
        failed: added.map(({ sopInstanceUid }) => ({
          sopInstanceUid,
          reason: message('stored.refused'),
        })),
      }),
  };
  await press({ ...pacs, archive: refusing }, report('a', 1), ledger).catch(() => undefined);
  await press(pacs, report('a', 2, oneLesion), ledger, 'measurement-report');
  await press(pacs, report('a', 3), ledger);
  expect(pacs.standing().map(({ source }) => source)).toEqual(['cad-sr']);
});

it('is not held up by an object that the server lists and does not give', async () => {
  const pacs = createArchive();
  await press(pacs, report('a', 1));
  const broken: typeof pacs.archive = {
    ...pacs.archive,
    retrieveInstance: async () => err(message('server.server-error', { status: 500 })),
  };
  expect(await press({ ...pacs, archive: broken }, report('b', 2))).toEqual([
    'stored.done',
    'stored.unread',
  ]);
});

it('stores nothing where the archive cannot be asked', async () => {
  const pacs = createArchive();
  const silent: typeof pacs.archive = {
    ...pacs.archive,
    listSeries: async () => err(message('server.aborted')),
  };
  const said = await storeReport(
    silent,
    'PACS',
    report('a', 1),
    'cad-sr',
    createReportLedger(),
    signal,
  );
  expect(said).toEqual({ ok: false, error: message('server.aborted') });
  expect(pacs.objects).toEqual([]);
  expect(contentKey(report('a', 1))).toBe(contentKey(report('b', 2)));
});
