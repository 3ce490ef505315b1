import { afterEach, expect, it } from 'vitest';
import { clientFor, startServer, valueOf, type TestServer } from './testing/servers.ts';

let server: TestServer;
afterEach(() => server.close());

const object = Buffer.alloc(140);
object.write('DICM', 128);
const uid = (value: string) => ({ vr: 'UI', Value: [value] });
const image = { studyInstanceUid: '1.2', seriesInstanceUid: '1.3', sopInstanceUid: '1.4' };

/** A study of four images, each of which is refused so often. */
const start = async (refusals: number, status: number, retryAfter: () => string) => {
  const asked = new Map<string, number>();
  server = await startServer((request, response) => {
    request.resume();
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const isList = /(series|instances)$/.test(pathname);
    const times = (asked.get(pathname) ?? 0) + 1;
    asked.set(pathname, times);
    if (!isList && times <= refusals)
      return void response.writeHead(status, { 'Retry-After': retryAfter() }).end();
    const series = [{ '0020000E': uid('1.3'), '00080060': { vr: 'CS', Value: ['MG'] } }];
    const images = [1, 2, 3, 4].map((n) => ({ '00080018': uid(`1.4.${n}`) }));
    const list = pathname.endsWith('series') ? series : images;
    response.writeHead(200, { 'Content-Type': isList ? 'application/json' : 'application/dicom' });
    const page = searchParams.get('offset') === '0' ? list : [];
    response.end(isList ? JSON.stringify(page) : object);
  });
  return { client: clientFor(server.base), asked };
};

it.each([
  ['seconds', 503, () => '0'],
  ['a date', 429, () => new Date(Date.now() + 500).toUTCString()],
])('asks a busy server again after %s, and says so', async (_, status, retryAfter) => {
  const { client } = await start(2, status, retryAfter);
  const busy: boolean[] = [];
  const { entries } = valueOf(
    await client.retrieveStudy('1.2', { onProgress: ({ isBusy }) => busy.push(isBusy) }),
  );
  expect(entries.map((entry) => 'file' in entry)).toEqual([true, true, true, true]);
  expect([busy.includes(true), busy.at(-1)]).toEqual([true, false]);
});

it.each([
  ['three times', 9, '0', 3],
  ['once where it does not say when', 9, 'soon', 1],
  ['once where it says a long time', 9, '3600', 1],
])('asks it %s, then it is too busy', async (_, refusals, retryAfter, times) => {
  const { client, asked } = await start(refusals, 503, () => retryAfter);
  expect(await client.retrieveInstance(image)).toMatchObject({
    error: { code: 'server.server-error.busy' },
  });
  expect([...asked.values()]).toEqual([times]);
});

it('stops waiting when the reader stops it, and sends nothing twice that changes something', async () => {
  const { client, asked } = await start(9, 503, () => '20');
  const stop = new AbortController();
  const fetching = client.retrieveInstance(image, {
    signal: stop.signal,
    onBusy: () => stop.abort(),
  });
  expect(await fetching).toMatchObject({ error: { code: 'server.aborted' } });
  await client.store([{ sopInstanceUid: '1.4', bytes: object }]);
  expect([...asked.values()]).toEqual([1, 1]);
});

it('asks without a transfer syntax where the server knows no wildcard', async () => {
  const accepted: string[] = [];
  server = await startServer(({ headers: { accept = '' } }, response) => {
    accepted.push(accept);
    if (accept.includes('*')) return void response.writeHead(406).end();
    response.writeHead(200, { 'Content-Type': 'application/dicom' }).end(object);
  });
  expect(await clientFor(server.base).retrieveInstance(image)).toMatchObject({ ok: true });
  expect(accepted).toHaveLength(2);
});
