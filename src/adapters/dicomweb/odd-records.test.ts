import { afterEach, expect, it } from 'vitest';
import { clientFor, startServer, valueOf, type TestServer } from './testing/servers.ts';

let server: TestServer;
afterEach(() => server.close());

const uid = (value: string) => ({ vr: 'UI', Value: [value] });
const dicom = () => {
  const bytes = new Uint8Array(140);
  bytes.set(new TextEncoder().encode('DICM'), 128);
  return bytes;
};

/** Each list by the last word of its address, its first page alone; and any object. */
const start = async (lists: Readonly<Record<string, readonly object[]>>) => {
  server = await startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const list = lists[pathname.replace(/.*\//, '')];
    const type = list ? 'application/dicom+json' : 'application/dicom';
    response.writeHead(200, { 'Content-Type': type });
    response.end(list ? JSON.stringify(searchParams.get('offset') === '0' ? list : []) : dicom());
  });
  return clientFor(server.base);
};

const series = { '0020000E': uid('1.2.1'), '00080060': { vr: 'CS', Value: ['MG'] } };
const instance = { '00080018': uid('1.9.1'), '00080016': uid('1.2.840') };
const study = { '0020000D': uid('1.2'), '00100020': { vr: 'LO', Value: ['ID'] } };

it.each([
  ['an empty number', { '00200011': { vr: 'IS', Value: [''] } }, { number: undefined }],
  ['a number with a point', { '00200011': { vr: 'IS', Value: ['1.0'] } }, { number: 1 }],
  ['null for values', { '0008103E': { vr: 'LO', Value: null } }, { description: '' }],
  ['null for an attribute', { '0008103E': null }, { description: '' }],
  ['a number for a text', { '0008103E': { vr: 'LO', Value: [12] } }, { description: '12' }],
  ['no VR', { '0008103E': { Value: ['x'] } }, { description: 'x' }],
  ['too long a text', { '0008103E': { vr: 'LO', Value: ['x'.repeat(20_000)] } }, {}],
  ['padding', { '0020000E': uid('1.2.1\0'), '00080060': { Value: ['MG '] } }, { modality: 'MG' }],
])('a series with %s is there', async (_, odd, expected) => {
  const client = await start({ series: [{ ...series, ...odd }] });
  expect(valueOf(await client.listSeries('1.2'))).toMatchObject({
    items: [{ seriesInstanceUid: '1.2.1', ...expected }],
    unread: undefined,
  });
});

it.each([
  ['an empty number', { '00200013': { vr: 'IS', Value: [''] } }],
  ['empty frames', { '00280008': { vr: 'IS', Value: [''] } }],
  ['a padded UID', { '00080018': uid('1.9.1\0') }],
  ['a padded study UID', { '0020000D': uid('1.2\0') }],
  ['no class', { '00080016': undefined }],
])('an image with %s is there', async (_, odd) => {
  const client = await start({ instances: [{ ...instance, ...odd }] });
  const of = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.1' };
  expect(valueOf(await client.listInstances(of))).toMatchObject({
    items: [{ sopInstanceUid: '1.9.1' }],
    unread: undefined,
  });
});

it.each([
  ['a name as text', { '00100010': { vr: 'PN', Value: ['DOE^J'] } }, { patientName: 'DOE^J' }],
  [
    'null for a group of the name',
    { '00100010': { vr: 'PN', Value: [{ Alphabetic: 'A', Ideographic: null }] } },
    { patientName: 'A' },
  ],
  ['a number for the ID', { '00100020': { vr: 'LO', Value: [123] } }, { patientId: '123' }],
  [
    'an ID of two values',
    { '00100020': { vr: 'LO', Value: ['A', 'B'] } },
    { patientId: 'A\\B', issuerOfPatientId: '' },
  ],
  ['an issuer', { '00100021': { vr: 'LO', Value: ['HOSP '] } }, { issuerOfPatientId: 'HOSP' }],
  ['an ID that is null', { '00100020': { vr: 'LO', Value: [null] } }, { patientId: '' }],
  ['an empty count', { '00201208': { vr: 'IS', Value: [''] } }, { instanceCount: undefined }],
  ['a modality that is null', { '00080061': { vr: 'CS', Value: [null, 'MG'] } }, {}],
])('a study with %s is there', async (_, odd, expected) => {
  const client = await start({ studies: [{ ...study, ...odd }] });
  expect(valueOf(await client.searchStudies({}))).toMatchObject({
    studies: [{ studyInstanceUid: '1.2', ...expected }],
    unreadable: 0,
  });
});

it('says of a study what of it cannot be read, and opens the rest', async () => {
  const client = await start({
    series: [series, { '0020000E': uid('../x') }],
    instances: [instance, {}, { '00080018': uid('1.9.01.') }],
  });
  const arriving: string[] = [];
  const { entries } = valueOf(
    await client.retrieveStudy('1.2', {
      onArriving: (all) => arriving.push(...all.map(({ path }) => path)),
    }),
  );
  expect(entries).toMatchObject([
    { path: 'MG series/1.9.1.dcm', expected: { sopInstanceUid: '1.9.1' } },
    { path: '1.2', problem: { code: 'server.malformed.unread', values: { count: 1 } } },
    { path: 'MG series', problem: { code: 'server.malformed.unread', values: { count: 2 } } },
  ]);
  expect(arriving).toEqual(entries.map(({ path }) => path));
});

it('opens radiographs and captures, which may be of the breast, and says what it leaves', async () => {
  const kinds = ['CR', 'US', 'DX', 'OT', 'CT', 'US'];
  const client = await start({
    series: kinds.map((kind, i) => ({
      '0020000E': uid(`1.2.${i}`),
      '00080060': { Value: [kind] },
    })),
    instances: [instance],
  });
  const { entries, leftOut } = valueOf(await client.retrieveStudy('1.2'));
  expect(entries.map(({ path }) => path.slice(0, 2))).toEqual(['CR', 'DX', 'OT']);
  expect(leftOut).toEqual(['US', 'CT']);
});

it('says so where nothing of it can be read', async () => {
  const client = await start({ series: [series], instances: [{}] });
  expect(await client.retrieveStudy('1.2')).toMatchObject({
    error: { code: 'server.malformed.unread' },
  });
});
