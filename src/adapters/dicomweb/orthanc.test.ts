import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findOrthanc, startOrthanc, type Orthanc } from '../../../scripts/orthanc.mjs';
import { serve } from '../../../scripts/serve.mjs';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
/* eslint-disable import-x/no-restricted-paths -- here the test is the app, which joins adapters */
import { mammogramFile, words } from '../dicom-io/fixtures/build-dicom.ts';
import { readDicomReport, writeCadSr } from '../dicom-sr/index.ts';
/* eslint-enable import-x/no-restricted-paths */
import type { Credentials } from './credentials.ts';
import type { ArrivingEntry } from './retrieve.ts';
import type { StudyPage } from './search.ts';
import { recordedFetch } from './testing/recorded-fetch.ts';
import { clientFor, closedAddress, startServer, valueOf } from './testing/servers.ts';

const missing = !findOrthanc();
const why = missing ? ' (skipped: Orthanc with its DICOMweb plugin is not installed)' : '';

let orthanc: Orthanc;
const folder = mkdtempSync(join(tmpdir(), 'tandem-page-'));
const ends: (() => Promise<unknown>)[] = [];
const recorded = recordedFetch();

/** The page's server with its proxy; resolves with the address of the proxy. */
const startProxy = async (dicomweb: string): Promise<string> => {
  const { server, address } = await serve(folder, 0, { dicomweb });
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `${address}dicomweb/`;
};

const rightPassword = (): Credentials => ({
  kind: 'basic',
  user: orthanc.user,
  password: orthanc.password,
});
const signedIn = (base: string, credentials = rightPassword()) =>
  clientFor(base, { credentials, fetch: recorded.fetch });

/** 40 x 30 pixels with every bit of 12 in use, so that a changed pixel would show. */
const pixels = words(Array.from({ length: 1200 }, (_, i) => (i * 2477 + 13) % 4096));

/** A synthetic mammogram; UIDs from `root`. */
const mammogram = (root: string, name: string, id: string, date: string, view = 'CC') =>
  mammogramFile({
    '00080005': ['CS', 'ISO_IR 100'],
    '00080018': ['UI', `${root}.1.${view.length}`],
    '00080020': ['DA', date],
    '00100010': ['PN', name],
    '00100020': ['LO', id],
    '0008103e': ['LO', `L ${view}`],
    '00185101': ['CS', view],
    '0020000d': ['UI', root],
    '0020000e': ['UI', `${root}.${view.length}`],
    '00280010': ['US', [30]],
    '00280011': ['US', [40]],
    '7fe00010': ['OW', pixels],
  });

const ROOT = '1.2.826.0.1.3680043.2.77';
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../dicom-io/fixtures/${name}`, import.meta.url)));

/** Puts an object there as its owner and resolves with its UIDs. */
const upload = async (
  bytes: Uint8Array,
): Promise<{ study: string; series: string; sop: string }> => {
  const added = await orthanc.rest('/instances', {
    method: 'POST',
    body: new Blob([bytes.slice()]),
  });
  const { ID } = (await added.json()) as { ID: string };
  const tags = (await (await orthanc.rest(`/instances/${ID}/simplified-tags`)).json()) as Record<
    string,
    string
  >;
  const tag = (name: string) => tags[name] ?? '';
  return {
    study: tag('StudyInstanceUID'),
    series: tag('SeriesInstanceUID'),
    sop: tag('SOPInstanceUID'),
  };
};

/** Takes a study away behind the client's back. */
const vanish = async (studyUid: string): Promise<void> => {
  const found = await orthanc.rest('/tools/lookup', { method: 'POST', body: studyUid });
  const [study] = (await found.json()) as { Path: string }[];
  expect((await orthanc.rest(study?.Path ?? '', { method: 'DELETE' })).status).toBe(200);
};

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

describe.skipIf(missing).each(['directly', 'through the proxy'])(
  `a real Orthanc, %s${why}`,
  (way) => {
    const proxied = way === 'through the proxy';
    const root = `${ROOT}.${proxied ? 2 : 1}`;
    const reached = (address: string) => (proxied ? startProxy(address) : address);
    let base: string;
    const client = () => signedIn(base);

    beforeAll(async () => {
      orthanc = await startOrthanc();
      base = await reached(orthanc.dicomweb);
    });
    afterAll(async () => {
      await orthanc?.stop();
      await Promise.all(ends.splice(0).map((end) => end()));
    });

    it('stores mammograms and says so for each', async () => {
      const objects = [
        ['1', 'Doe^Jane', 'A-1', '20250101', 'CC'],
        ['1', 'Doe^Jane', 'A-1', '20250101', 'MLO'],
        ['2', 'D\xfcsentrieb^Doris', 'A-2', '20250601', 'CC'],
        ['3', 'Doe^John', 'B-1', '20260101', 'CC'],
      ].map(([study, name = '', id = '', date = '', view = '']) => ({
        sopInstanceUid: `${root}.${study}.1.${view.length}`,
        bytes: mammogram(`${root}.${study}`, name, id, date, view),
      }));
      const { stored, failed } = valueOf(await client().store(objects));
      expect(failed).toEqual([]);
      expect(stored).toEqual(objects.map(({ sopInstanceUid }) => ({ sopInstanceUid })));
    });

    it('names the object that it refuses, and stores the others', async () => {
      const whole = mammogram(`${root}.4`, 'Whole^', 'C-1', '20240101');
      const objects = [
        { sopInstanceUid: `${root}.4.1.2`, bytes: whole },
        { sopInstanceUid: `${root}.5.1.2`, bytes: new Uint8Array(500) },
      ];
      const { stored, failed } = valueOf(await client().store(objects));
      expect(stored).toEqual([{ sopInstanceUid: `${root}.4.1.2` }]);
      expect(failed).toMatchObject([{ sopInstanceUid: `${root}.5.1.2` }]);
      await vanish(`${root}.4`);
    });

    it('searches by name, ID, date and modality, page by page', async () => {
      const names = async (query: Parameters<ReturnType<typeof client>['searchStudies']>[0]) =>
        valueOf(await client().searchStudies(query))
          .studies.map(({ patientName }) => patientName)
          .sort();
      expect(await names({})).toEqual(['Doe^Jane', 'Doe^John', 'Düsentrieb^Doris']);
      expect(await names({ patientName: 'doe' })).toEqual(['Doe^Jane', 'Doe^John']);
      expect(await names({ patientName: 'Doe, Jane' })).toEqual(['Doe^Jane']);
      expect(await names({ patientName: 'D?e^J?n' })).toEqual([]);
      expect(await names({ patientName: 'D?e^J?hn' })).toEqual(['Doe^John']);
      expect(await names({ patientName: 'düsen' })).toEqual(['Düsentrieb^Doris']);
      expect(await names({ patientId: 'A-2' })).toEqual(['Düsentrieb^Doris']);
      expect(await names({ from: '2025-02-01' })).toEqual(['Doe^John', 'Düsentrieb^Doris']);
      expect(await names({ from: '2025-01-01', to: '2025-12-31' })).toHaveLength(2);
      expect(await names({ modality: 'CT' })).toEqual([]);
      const seen = new Set<string>();
      let pages = 0;
      for (let offset: number | undefined = 0; offset !== undefined; pages++) {
        const page: StudyPage = valueOf(await client().searchStudies({ limit: 2, offset }));
        page.studies.forEach((study) => seen.add(study.studyInstanceUid));
        offset = page.nextOffset;
      }
      expect([pages, seen.size]).toEqual([2, 3]);
    });

    it('pages through more than two pages, and finds a name with a space', async () => {
      const uids = Array.from({ length: 5 }, (_, n) => `${root}.5.${n + 1}`);
      for (const uid of uids) await upload(mammogram(uid, 'Many^Pages', 'M-1', '20250303'));
      const seen: string[] = [];
      for (let offset: number | undefined = 0; offset !== undefined;) {
        const page: StudyPage = valueOf(
          await client().searchStudies({ patientName: 'pages many', limit: 2, offset }),
        );
        seen.push(...page.studies.map((study) => study.studyInstanceUid));
        offset = page.nextOffset;
      }
      for (const uid of uids) await vanish(uid);
      expect(seen.sort()).toEqual(uids);
    });

    it('tells what the list shows of a study', async () => {
      const { studies } = valueOf(await client().searchStudies({ patientId: 'A-1' }));
      expect(studies).toMatchObject([
        { studyInstanceUid: `${root}.1`, date: '20250101', modalities: ['MG'], instanceCount: 2 },
      ]);
    });

    it('fetches a study byte for byte, with progress', async () => {
      const progress: string[] = [];
      let arriving: readonly ArrivingEntry[] = [];
      const { entries, stopped } = valueOf(
        await client().retrieveStudy(`${root}.1`, {
          onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
          onArriving: (all) => void (arriving = all),
        }),
      );
      expect(stopped).toBeUndefined();
      expect(arriving.map(({ isImage }) => isImage)).toEqual([true, true]);
      expect(await Promise.all(arriving.map(({ coming }) => coming))).toEqual(entries);
      expect([...new Set(progress)]).toEqual(['0/2', '1/2', '2/2']);
      for (const entry of entries) {
        if (!('file' in entry)) throw new Error(entry.problem.code);
        const view = entry.path.startsWith('L MLO/') ? 'MLO' : 'CC';
        const sent = mammogram(`${root}.1`, 'Doe^Jane', 'A-1', '20250101', view);
        const bytes = await bytesOf(entry.file);
        expect(bytes.subarray(-pixels.length)).toEqual(pixels);
        expect(bytes).toEqual(sent);
      }
    });

    it.each(['jpeg2000-u12.dcm', 'jpeg-lossless-sv1-u12.dcm', 'htj2k-lossless-u12.dcm'])(
      'fetches %s in the syntax it was stored in',
      async (name) => {
        const bytes = fixture(name);
        const { study, series, sop } = await upload(bytes);
        const file = valueOf(
          await client().retrieveInstance({
            studyInstanceUid: study,
            seriesInstanceUid: series,
            sopInstanceUid: sop,
          }),
        );
        expect(await bytesOf(file)).toEqual(bytes);
        await vanish(study);
      },
    );

    it('stores a CAD report, fetches it back and reads it', async () => {
      const report = sampleReport();
      const written = writeCadSr(report, { newUuid: randomUUID });
      if (!written.ok) throw new Error(written.error.code);
      const { sopInstanceUid, studyInstanceUid } = written.value;
      const { stored, failed } = valueOf(await client().store([written.value]));
      expect([stored, failed]).toEqual([[{ sopInstanceUid }], []]);
      const { entries } = valueOf(await client().retrieveStudy(studyInstanceUid));
      const [entry] = entries;
      if (!entry || !('file' in entry)) throw new Error('no file');
      expect(entry.file.name).toBe(`${sopInstanceUid}.dcm`);
      expect(readDicomReport(await bytesOf(entry.file))).toMatchObject({
        ok: true,
        value: { source: 'cad-sr', exact: true, report },
      });
    });

    it('files a report under the patient of its images, also where the ID holds a backslash', async () => {
      const uid = `${root}.8`;
      const patientId = 'A\\B';
      await upload(mammogram(uid, 'Back^Slash', patientId, '20260101'));
      const report = sampleReport();
      report.patient.id = patientId;
      report.studies.forEach((study) => (study.studyInstanceUid = uid));
      report.images.forEach((image) => (image.studyInstanceUid = uid));
      const written = writeCadSr(report, { newUuid: randomUUID });
      if (!written.ok) throw new Error(written.error.code);
      expect(valueOf(await client().store([written.value])).failed).toEqual([]);
      const patients = (await (await orthanc.rest('/patients?expand')).json()) as {
        MainDicomTags: { PatientID: string };
        Studies: unknown[];
      }[];
      const ids = patients.map(({ MainDicomTags }) => MainDicomTags.PatientID);
      expect([ids.includes(patientId), ids.includes('A/B')]).toEqual([true, false]);
      const { studies } = valueOf(await client().searchStudies({ patientId }));
      expect(studies).toMatchObject([
        { studyInstanceUid: uid, patientId, modalities: ['MG', 'SR'] },
      ]);
      expect(readDicomReport(written.value.bytes)).toMatchObject({ value: { patientId } });
      await vanish(uid);
    });

    it('tells who gave out a patient ID', async () => {
      const uid = `${root}.8.1`;
      const issued = mammogramFile({
        '00080018': ['UI', `${uid}.1.1`],
        '00100020': ['LO', 'I-1'],
        '00100021': ['LO', 'HOSP-A'],
        '0020000d': ['UI', uid],
        '0020000e': ['UI', `${uid}.1`],
      });
      await upload(issued);
      expect(valueOf(await client().searchStudies({ patientId: 'I-1' })).studies).toMatchObject([
        { studyInstanceUid: uid, issuerOfPatientId: 'HOSP-A' },
      ]);
      await vanish(uid);
    });

    it('says that a study vanished between search and open', async () => {
      await upload(mammogram(`${root}.9`, 'Gone^Soon', 'G-1', '20260202'));
      const search = await client().searchStudies({ patientId: 'G-1' });
      const uid = valueOf(search).studies[0]?.studyInstanceUid ?? '';
      const [series] = valueOf(await client().listSeries(uid)).items;
      if (!series) throw new Error('no series');
      const [instance] = valueOf(await client().listInstances(series)).items;
      if (!instance) throw new Error('no instance');
      await vanish(uid);
      const gone = {
        ok: false,
        error: { code: 'server.gone', values: {} },
      };
      expect(await client().retrieveStudy(uid)).toEqual(gone);
      expect(await client().retrieveInstance(instance)).toEqual(gone);
    });

    it('says that the password is wrong or missing', async () => {
      const wrong = signedIn(base, { kind: 'basic', user: orthanc.user, password: 'wrong-Pa55' });
      const none = signedIn(base, { kind: 'none' });
      for (const [who, code] of [
        [wrong, 'server.unauthorised.wrong'],
        [none, 'server.unauthorised'],
      ] as const) {
        const failure = { code, values: {} };
        expect(await who.searchStudies({})).toEqual({ ok: false, error: failure });
        expect(await who.retrieveStudy(`${root}.1`)).toEqual({ ok: false, error: failure });
        expect(await who.store([{ sopInstanceUid: '1.2', bytes: new Uint8Array(9) }])).toEqual({
          ok: false,
          error: failure,
        });
      }
    });

    it('says that this is not the DICOMweb address', async () => {
      const wrong = await reached(`${orthanc.address}/elsewhere`);
      expect(await signedIn(wrong).searchStudies({})).toMatchObject({
        error: { code: expect.stringMatching(/^server\.not-dicomweb/) as string },
      });
    });

    it('says that a server is slow', async () => {
      const silent = await startServer(() => {});
      ends.push(silent.close);
      const slow = clientFor(await reached(silent.base), { timeouts: { answerMs: 300 } });
      expect(await slow.searchStudies({})).toMatchObject({
        error: { code: expect.stringMatching(/^server\.timeout/) as string },
      });
    });

    it('says that a server is down', async () => {
      const down = clientFor(await reached(await closedAddress()));
      expect(await down.searchStudies({})).toMatchObject({
        error: proxied
          ? {
              code: 'server.unreachable.proxy',
              values: { text: expect.stringMatching(/nothing listens/) as string },
            }
          : { code: 'server.unreachable' },
      });
    });

    it('says so when it goes down in use', async () => {
      const { pid } = orthanc;
      await orthanc.stop();
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(await client().searchStudies({})).toMatchObject({
        error: { code: expect.stringMatching(/^server\.unreachable/) as string },
      });
    });

    it('has sent the credentials in their header and nowhere else', () => {
      const secrets = [orthanc.password, 'wrong-Pa55', `${orthanc.user}:`];
      expect(recorded.urls.length).toBeGreaterThan(30);
      for (const url of recorded.urls)
        for (const secret of [...secrets, ...secrets.map((s) => btoa(s).replace(/=+$/, ''))])
          expect(decodeURIComponent(url)).not.toContain(secret);
      const right = `Basic ${btoa(`${orthanc.user}:${orthanc.password}`)}`;
      expect(recorded.authorizations.filter((sent) => sent === right).length).toBeGreaterThan(20);
    });
  },
);

describe('what is written to the console', () => {
  const spies = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
    vi.spyOn(console, name),
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is nothing, whether a request succeeds or fails', async () => {
    const credentials = { kind: 'bearer', token: 'secret-token' } as const;
    await clientFor(await closedAddress(), { credentials }).searchStudies({});
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
