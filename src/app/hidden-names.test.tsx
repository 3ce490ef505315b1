// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, render } from '@testing-library/react';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OpenOptions } from '../adapters/dicom-io/pool/open-files.ts';
import { dicomFile, type Item } from '../adapters/dicom-io/fixtures/build-dicom.ts';
import { message } from '../core/message/message.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { storedValues } from '../core/image/stored-values.ts';
import { testImage } from '../core/image/testing.ts';
import { App } from '../ui/App.tsx';
import { fetchLateParts } from '../ui/late.tsx';
import '../ui/testing/dialogs.ts';
import type { ExportFormat } from '../core/report/export-format.ts';
import { ReportScreen } from '../ui/report/ReportScreen.tsx';
import { ServicesProvider, type Services } from '../ui/services.tsx';
import { compose } from './compose.ts';

/** A word that is nowhere else; each field has its own, so that a leak names its field. */
const plant = (field: string) => `Planted${field}`;
const FIELDS = [
  'patientId',
  'issuerOfPatientId',
  'patientName',
  'personName',
  'studyDescription',
  'seriesDescription',
  'accessionNumber',
  'studyId',
  'referringPhysicianName',
] as const;
const sop = '1.2.3.4';
/** The sixteen characters that a short string (SH) holds are enough for each. */
const header = testHeader({
  sopInstanceUid: sop,
  ...Object.fromEntries(FIELDS.map((field) => [field, plant(field)])),
  patientBirthDate: '19311231',
});
const BIRTH = /1931.?12.?31|31.?12.?1931/;
const image = testImage(64, 64, () => 0);
const box = { x: 10, y: 12, width: 30, height: 30 };
const small = { width: 1, height: 1, grey: new Uint8ClampedArray(1) };
const raster = { width: 8, height: 8, data: new Float32Array(64), breast: new Uint8Array(64) };
const opened = (path: string) => ({
  ...{
    path,
    header,
    image,
    values: storedValues(image),
    overlays: [
      {
        ...{ number: 0, type: 'graphics' as const, label: plant('Overlay') },
        ...{ rows: 8, columns: 8, left: 0, top: 0, bits: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0) },
      },
    ],
    thumbnail: small,
    digest: 'd',
    tissueVoi: undefined,
  },
  working: { ...raster, columnsPerPixel: 8, rowsPerPixel: 8 },
  breast: { box, columns: 1, rows: 1, cells: Uint8Array.of(255) },
  remarks: [
    message('file.decoder-crashed.reason', { reason: `${path} of ${header.patientName} is odd` }),
  ],
});

// Files are decoded in the tests of their own; here what ends with "bad" fails, all else is the image.
vi.mock('../adapters/dicom-io/pool/open-files.ts', () => ({
  prepareWorkers: () => undefined,
  openFiles: async (
    entries: readonly { path: string }[],
    { onOpened, onFailed }: Pick<OpenOptions, 'onOpened' | 'onFailed'>,
  ) =>
    entries.forEach(({ path }) =>
      path.endsWith('bad')
        ? onFailed({
            fileName: path,
            reason: message('file.decoder-crashed.reason', { reason: `${path} is not DICOM.` }),
          })
        : onOpened(opened(path)),
    ),
}));
vi.mock('../ui/viewer/layout/FourViewLayout.tsx', () => ({ FourViewLayout: () => null }));
vi.stubGlobal(
  'Worker',
  class {
    postMessage() {}
    terminate() {}
  },
);
vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
// jsdom draws nothing: thumbnails only have to be asked for.
vi.stubGlobal(
  'ImageData',
  class {
    data = new Uint8ClampedArray(4);
  },
);
HTMLCanvasElement.prototype.getContext = () => null;

/** What other programs wrote about the same exam, with a name wherever one can stand. */
const objectFile = (name: string, sopClass: string, more: Item) =>
  new File(
    [
      dicomFile({
        '00080016': ['UI', sopClass],
        '00080018': ['UI', `9.${sopClass}`],
        '00080070': ['LO', 'Maker'],
        '00100010': ['PN', plant('Person')],
        '00100020': ['LO', plant('Identity')],
        '0020000d': ['UI', header.studyInstanceUid],
        ...more,
      }) as BlobPart,
    ],
    name,
  );
const said = (type: string, concept: string, more: Item): Item => ({
  '0040a040': ['CS', type],
  '0040a043': [
    'SQ',
    [{ '00080100': ['SH', concept], '00080102': ['SH', 'DCM'], '00080104': ['LO', 'Said'] }],
  ],
  ...more,
});
const STORAGE = '1.2.840.10008.5.1.4.1.1';
const OBJECTS = [
  objectFile('PlantedReportFile.dcm', `${STORAGE}.88.11`, {
    '0040a040': ['CS', 'CONTAINER'],
    '0040a730': [
      'SQ',
      [
        said('PNAME', '121008', { '0040a123': ['PN', plant('Operator')] }),
        said('TEXT', '121106', { '0040a160': ['UT', `by ${plant('Words')}`] }),
        said('DATE', '121031', { '0040a121': ['DA', '19311231'] }),
      ],
    ],
  }),
  objectFile('PlantedLetterFile.dcm', `${STORAGE}.104.1`, {
    '00420010': ['ST', plant('Title')],
    '00420011': ['OB', Uint8Array.from('%PDF-1.4', (c) => c.charCodeAt(0))],
    '00420012': ['LO', 'application/pdf'],
  }),
  objectFile('PlantedStateFile.dcm', `${STORAGE}.11.1`, {
    '00700080': ['CS', plant('Label')],
    '00700081': ['LO', plant('Description')],
    '00700084': ['PN', plant('Creator')],
  }),
];

const patientKey = patientKeyIn([{ header }], sop) ?? '';
const file = (name: string) => new File(['x'], name);
const FILES = ['PlantedFileOne.dcm', 'PlantedFileTwo.dcm', 'PlantedFileThree.bad'];

/** All that is told of a page: what is drawn, titles and labels of its elements, and its own title. */
const pageText = () => `${document.title} ${new XMLSerializer().serializeToString(document)}`;
/** Letters of file formats that pad or encode: names are written in plain Latin letters in all. */
const textOf = async (one: File) => `${one.name} ${await one.text()}`;
const leaks = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/Planted\w+/gi)].map(([found]) => found)),
  ...(BIRTH.test(text) ? ['birth date'] : []),
];

let services: Services;
const saved: File[] = [];
beforeAll(async () => {
  await fetchLateParts();
  URL.createObjectURL = (one) => `blob:${saved.push(one as File)}`;
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = () => undefined;
  services = await compose(new URLSearchParams());
  services.openFiles([...FILES.map(file), ...OBJECTS]);
  await vi.waitFor(() => {
    expect(services.studies.getState().images).toHaveLength(1);
    expect(services.studies.getState().progress).toBeUndefined();
    expect(services.foreign.getState().documents).toHaveLength(OBJECTS.length);
  });
  services.foreign.getState().read(services.foreign.getState().documents[0]?.sopInstanceUid);
  const { id } = services.lesions.getState().create(patientKey);
  services.lesions.getState().setMark(id, sop, box);
  services.lesions.getState().select(id);
  services.notices.getState().tell('test', 'PlantedFileOne.dcm of PlantedpatientName is noted.');
});
afterAll(() => vi.unstubAllGlobals());

const drawn = async (): Promise<string> => {
  await act(async () => {
    render(
      <ServicesProvider services={services}>
        <App />
        <ReportScreen patientKey={patientKey} lesions={[]} onClose={() => undefined} />
      </ServicesProvider>,
    );
  });
  await vi.waitFor(() => expect(document.querySelector('.paper-screen h1')).not.toBeNull());
  const text = pageText();
  cleanup();
  return text;
};
const hide = (hidden: boolean) => services.settings.getState().hideNames(hidden);

describe('a name in every field and file name', () => {
  it('is on the page and in the printed report while names are shown', async () => {
    hide(false);
    const text = await drawn();
    const expected = [
      ...['patientName', 'patientId', 'studyDescription', 'FileOne', 'FileThree'],
      ...['Operator', 'Words', 'Title', 'Label', 'Description', 'Creator', 'Overlay'],
    ];
    for (const field of expected) expect(leaks(text).join()).toContain(plant(field));
    expect(leaks(text)).toContain('birth date');
  });

  it('is nowhere in them once names are hidden: problems, notes, notices, list, titles, print', async () => {
    hide(true);
    const text = await drawn();
    expect(services.studies.getState().problems).toHaveLength(2);
    expect(text).toContain('is noted.');
    expect(text).toContain('is not DICOM.');
    expect(text).toContain('is odd');
    expect(text).toContain('PDF document');
    expect(leaks(text)).toEqual([]);
  });

  it.each<ExportFormat>(['json', 'csv', 'cad-sr', 'measurement-report', 'presentation-state'])(
    'is in the export %s while names are shown, and not once they are hidden',
    async (format) => {
      const texts = async (hidden: boolean) => {
        hide(hidden);
        saved.length = 0;
        const answer = await services.exports.save(patientKey, format);
        expect(answer.ok ? '' : answer.error).toBe('');
        expect(saved.length).toBeGreaterThan(0);
        return (await Promise.all(saved.map(textOf))).join();
      };
      expect(leaks(await texts(false)).length).toBeGreaterThan(0);
      expect(leaks(await texts(true))).toEqual([]);
    },
  );
});
