import { afterEach, expect, it } from 'vitest';
import type { StudyPage } from './search.ts';
import { parseServerAddress } from './server-address.ts';
import { clientFor, startServer, valueOf, type TestServer } from './testing/servers.ts';
import { matchesWildcard } from './wildcard.ts';

let server: TestServer;
afterEach(() => server.close());

const study = (n: number, name: string) => ({
  '0020000D': { vr: 'UI', Value: [`1.2.${n}`] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: name }] },
});

/** Cuts to the limit before it skips the offset, as Orthanc 1.10 does; or the right way round. */
const start = async (names: readonly string[], limitFirst = true) => {
  const urls: string[] = [];
  server = await startServer((request, response) => {
    const url = request.url ?? '';
    urls.push(url);
    const keys = new URL(url, 'http://localhost').searchParams;
    const [limit, offset] = [Number(keys.get('limit')), Number(keys.get('offset'))];
    const found = names
      .map((name, n) => ({ name, n }))
      .filter(({ name }) => matchesWildcard(keys.get('PatientName') ?? '*', name));
    const page = limitFirst
      ? found.slice(0, limit).slice(offset)
      : found.slice(offset, offset + limit);
    response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
    response.end(JSON.stringify(page.map(({ name, n }) => study(n, name))));
  });
  return { client: clientFor(server.base), urls };
};
const numbered = (count: number, name: string) => Array.from({ length: count }, () => name);

it.each([true, false])('pages through all of 123 studies (limit first: %s)', async (limitFirst) => {
  const { client } = await start(numbered(123, 'Doe^Jane'), limitFirst);
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const page: {
      studies: readonly { studyInstanceUid: string }[];
      nextOffset: number | undefined;
    } = valueOf(await client.searchStudies({ offset }));
    pages.push(page.studies.length);
    for (const { studyInstanceUid } of page.studies) seen.add(studyInstanceUid);
    offset = page.nextOffset;
  }
  expect(pages).toEqual([50, 50, 23]);
  expect(seen.size).toBe(123);
});

interface Serving {
  /** Most that the server sends, whatever is asked for. */
  readonly cap?: number;
  /** Most that may be asked for. */
  readonly refusesAbove?: number;
  readonly order?: 'offset first' | 'limit first' | 'no paging' | 'no offset';
  readonly warning?: (sent: number) => string | undefined;
}

/** A server of so many series, images or studies. */
const startLists = async (count: number, serving: Serving) => {
  const { cap = Infinity, refusesAbove = Infinity, order = 'offset first', warning } = serving;
  let requests = 0;
  server = await startServer((request, response) => {
    const keys = new URL(request.url ?? '', 'http://localhost').searchParams;
    const [asked, offset] = [Number(keys.get('limit')), Number(keys.get('offset'))];
    if (asked > refusesAbove || ++requests > 100) return void response.writeHead(400).end();
    const limit = Math.min(cap, asked);
    const uids = Array.from({ length: count }, (_, n) => ({ vr: 'UI', Value: [`1.2.${n}`] }));
    const all = uids.map((uid) => ({ '0020000D': uid, '0020000E': uid, '00080018': uid }));
    const of = all.map((item) =>
      request.url?.includes('/series') ? { ...item, '0020000D': undefined } : item,
    );
    const page = {
      'offset first': of.slice(offset, offset + limit),
      'limit first': of.slice(0, limit).slice(offset),
      'no paging': of,
      'no offset': of.slice(0, limit),
    }[order];
    const said = warning?.(page.length);
    response.writeHead(200, {
      'Content-Type': 'application/dicom+json',
      ...(said && { Warning: said }),
    });
    response.end(JSON.stringify(page));
  });
  return clientFor(server.base);
};

it.each<[number, Serving]>([
  [150, {}],
  [150, { cap: 100 }],
  [99, { cap: 20 }],
  [100, { refusesAbove: 200 }],
  [450, { refusesAbove: 200 }],
  [450, { order: 'limit first' }],
  [450, { order: 'no paging' }],
  [60, { order: 'no paging', refusesAbove: 200 }],
])('lists all %i objects of a server that is %o', async (count, serving) => {
  const client = await startLists(count, serving);
  expect(valueOf(await client.listSeries('1.2')).items).toHaveLength(count);
  const of = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.1' };
  expect(valueOf(await client.listInstances(of)).items).toHaveLength(count);
});

it.each<[number, Serving]>([
  [250, { cap: 100, refusesAbove: 200 }],
  [450, { refusesAbove: 200 }],
  [450, { order: 'limit first' }],
  [450, { order: 'no paging' }],
])('finds all %i studies of a server that is %o', async (count, serving) => {
  const client = await startLists(count, serving);
  const seen = new Set<string>();
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const page: StudyPage = valueOf(await client.searchStudies({ limit: 200, offset }));
    for (const { studyInstanceUid } of page.studies) seen.add(studyInstanceUid);
    offset = page.nextOffset;
  }
  expect(seen.size).toBe(count);
});

it.each([
  ['299 host "There are 5 additional results"', false],
  ['110 - "stale, 299 years", 299 host "more"', false],
  ['110 - "stale, 299 years"', true],
])('takes a list that stays incomplete for a failure: %s', async (warning, isOk) => {
  const client = await startLists(130, { order: 'no offset', warning: () => warning });
  expect(await client.listSeries('1.2')).toMatchObject(
    isOk ? { ok: true } : { error: { code: 'server.malformed.incomplete' } },
  );
});

it('reads on where the server says that there is more', async () => {
  const warning = (sent: number) => (sent === 40 ? '299 host "more"' : undefined);
  const client = await startLists(90, { cap: 40, warning });
  expect(valueOf(await client.listSeries('1.2')).items).toHaveLength(90);
});

it('finds a name by its words in any order, with a space as %20', async () => {
  const names = ['Doe^Jane', 'Doe^John', 'Janes^Doris', 'van der Berg^Jan Pieter'];
  const { client, urls } = await start(names);
  const found = async (patientName: string) =>
    valueOf(await client.searchStudies({ patientName })).studies.map((s) => s.patientName);
  expect(await found('jane doe')).toEqual(['Doe^Jane']);
  expect(await found('doe jane')).toEqual(['Doe^Jane']);
  expect(await found('van der Berg')).toEqual(['van der Berg^Jan Pieter']);
  expect(await found('van der Berg, Jan Pieter')).toEqual(['van der Berg^Jan Pieter']);
  await client.searchStudies({ patientId: 'A 1' });
  expect(urls.some((url) => url.includes('PatientID=A%201'))).toBe(true);
  expect(urls.join()).not.toContain('+');
});

it('goes on to the page that has a study which was meant', async () => {
  const { client } = await start([...numbered(120, 'Doe^John'), 'Doe^Jo Anne']);
  const page = valueOf(await client.searchStudies({ patientName: 'jo doe anne' }));
  expect([page.studies.length, page.nextOffset]).toEqual([1, undefined]);
  const far = valueOf(await client.searchStudies({ patientName: 'doe jo xyz' }));
  expect([far.studies, far.nextOffset]).toEqual([[], undefined]);
});

it('takes an address that begins with a slash for one of the page\u2019s own server', async () => {
  await start([]);
  const page = 'https://pacs.example/tandem/index.html';
  expect(valueOf(parseServerAddress('/dicom-web/', page))).toEqual({
    base: 'https://pacs.example/dicom-web',
    origin: 'https://pacs.example',
    unencrypted: false,
  });
  expect(valueOf(parseServerAddress('//other/dicom-web', page)).base).toBe(
    'https://other/dicom-web',
  );
  expect(parseServerAddress('/dicom-web', undefined)).toMatchObject({
    error: { code: expect.stringMatching(/^server\.invalid-input/) },
  });
});
