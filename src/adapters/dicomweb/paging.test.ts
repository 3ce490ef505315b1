import { afterEach, expect, it } from 'vitest';
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
