import type { ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { ArrivingEntry } from './retrieve.ts';
import { clientFor, startServer, type TestServer } from './testing/servers.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const SERIES = [
  ['1.3.1', 'MG'],
  ['1.3.2', 'SR'],
  ['1.3.3', 'MG'],
  ['1.3.4', 'KO'],
  ['1.3.5', 'US'],
] as const;
/** Three objects a series. */
const objectsOf = (series: string) => [1, 2, 3].map((n) => `${series}.${n}`);
/** Images first, then what was written about them; other kinds are left. */
const ALL = ['1.3.1', '1.3.3', '1.3.2', '1.3.4'].flatMap(objectsOf);

const dicom = () => {
  const bytes = new Uint8Array(140);
  bytes.set(new TextEncoder().encode('DICM'), 128);
  return bytes;
};

/** A server that holds every object back until it is told to answer. */
const startHolding = async () => {
  const asked: string[] = [];
  const held = new Map<string, ServerResponse>();
  server = await startServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    const [, sop] = /instances\/([\d.]+)$/.exec(path) ?? [];
    if (sop) {
      asked.push(sop);
      return void held.set(sop, response);
    }
    const [, series] = /series\/([\d.]+)\/instances$/.exec(path) ?? [];
    const items = series
      ? objectsOf(series).map((uid) => ({
          '00080018': { vr: 'UI', Value: [uid] },
          '00080016': { vr: 'UI', Value: ['1.2.840'] },
        }))
      : SERIES.map(([uid, modality]) => ({
          '0020000E': { vr: 'UI', Value: [uid] },
          '00080060': { vr: 'CS', Value: [modality] },
        }));
    response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
    response.end(JSON.stringify(items));
  });
  const until = async (most: number) => {
    while (asked.length < most) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const give = (sop: string) => {
    held.get(sop)?.writeHead(200, { 'Content-Type': 'application/dicom' }).end(dicom());
    held.delete(sop);
  };
  return { client: clientFor(server.base), asked, held, until, give };
};

it('a study is fetched four objects at a time, and each is there as it comes', async () => {
  const { client, asked, held, until, give } = await startHolding();
  let arriving: readonly ArrivingEntry[] = [];
  const done: number[] = [];
  const fetching = client.retrieveStudy('1.2', {
    onArriving: (all) => void (arriving = all),
    onProgress: (progress) => done.push(progress.done),
  });
  await until(4);
  expect([...held.keys()].sort()).toEqual(ALL.slice(0, 4));
  expect(arriving).toEqual([]);
  // The last of the four first.
  give(ALL[3] as string);
  await until(5);
  expect(held.size).toBe(4);
  expect(arriving.map(({ path }) => path.replace(/.*\//, ''))).toEqual(
    ALL.map((uid) => `${uid}.dcm`),
  );
  expect(arriving.map(({ isImage }) => isImage)).toEqual(
    ALL.map((uid) => /^1\.3\.[13]\./.test(uid)),
  );
  expect(await arriving[3]?.coming).toMatchObject({ expected: { sopInstanceUid: ALL[3] } });
  while (asked.length < ALL.length || held.size > 0) {
    for (const sop of [...held.keys()].toReversed()) give(sop);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const fetched = await fetching;
  if (!fetched.ok) throw new Error(fetched.error.code);
  expect(
    fetched.value.entries.map((entry) => 'expected' in entry && entry.expected.sopInstanceUid),
  ).toEqual(ALL);
  expect([...new Set(done)]).toEqual(Array.from({ length: ALL.length + 1 }, (_, n) => n));
});

it('one that is stopped asks for nothing more, and keeps what came', async () => {
  const { client, asked, until, give } = await startHolding();
  const stop = new AbortController();
  const fetching = client.retrieveStudy('1.2', { signal: stop.signal });
  await until(4);
  give(ALL[1] as string);
  await until(5);
  stop.abort();
  const fetched = await fetching;
  if (!fetched.ok) throw new Error(fetched.error.code);
  expect(fetched.value.stopped).toMatchObject({ code: 'server.aborted' });
  expect(fetched.value.entries.map((entry) => 'file' in entry)).toEqual(ALL.map((_, i) => i === 1));
  expect(asked).toHaveLength(5);
});

it('one of which nothing comes is not told as arriving', async () => {
  const { client, until } = await startHolding();
  const stop = new AbortController();
  let told = 0;
  const fetching = client.retrieveStudy('1.2', { signal: stop.signal, onArriving: () => told++ });
  await until(4);
  stop.abort();
  expect(await fetching).toMatchObject({ ok: false, error: { code: 'server.aborted' } });
  expect(told).toBe(0);
});
