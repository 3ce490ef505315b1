import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openDicomWeb } from './dicomweb-archive.ts';
import { ArchiveTrouble, NoSpace, StudyFailure } from './failures.ts';
import { jobIdentity } from './job-identity.ts';

const job = jobIdentity(['1.2.3'], { id: 'p', version: '1' });
const report = { ...job, studyInstanceUid: '1.2.3', bytes: Uint8Array.of(1) };
const image = {
  study: '1.2.3',
  seriesInstanceUid: '1.2.3.1',
  sopInstanceUid: '1.2.3.1.1',
  frames: undefined,
};
const never = new AbortController().signal;
let server: Server | undefined;
let leftOut = 0;

const open = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return openDicomWeb({
    url: `http://127.0.0.1:${port}/dicom-web`,
    credentials: { kind: 'none' },
    query: {},
    silence: 0.3,
    connections: 1,
    bytesPerSecond: undefined,
    leftOut: (count) => void (leftOut = count),
  });
};
const status = (code: number) => open((_, response) => void response.writeHead(code).end());
const json = (body: unknown, code = 200) =>
  open((_, response) => {
    response.writeHead(code, { 'Content-Type': 'application/dicom+json' });
    response.end(JSON.stringify(body));
  });
const pagesOf = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
};
/** What the address asks for: the list for its last word, cut as it says. */
const paged =
  (lists: Readonly<Record<string, readonly unknown[]>>, heedsOffset = true) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const offset = heedsOffset ? Number(searchParams.get('offset')) : 0;
    const all = lists[pathname.replace(/.*\//, '')] ?? [];
    response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
    response.end(JSON.stringify(all.slice(offset, offset + Number(searchParams.get('limit')))));
  };
const uid = (value: string) => ({ vr: 'UI', Value: [value] });
const refusal = (code: number) =>
  json(
    {
      '00081198': {
        vr: 'SQ',
        Value: [
          {
            '00081155': { vr: 'UI', Value: [job.sopInstanceUid] },
            '00081197': { vr: 'US', Value: [code] },
          },
        ],
      },
    },
    409,
  );

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('a DICOMweb archive', () => {
  it.each([503, 429, 500, 401, 403])('is in trouble when it answers %i', async (code) => {
    const archive = await status(code);
    await expect(archive.fetch(image, never)).rejects.toThrow(ArchiveTrouble);
    expect(await archive.trouble(never)).toEqual(expect.any(String));
  });

  it('is in trouble when it is silent for too long, or breaks off', async () => {
    const silent = await open(() => {});
    await expect(silent.images('1.2.3', never)).rejects.toThrow(ArchiveTrouble);
    server?.closeAllConnections();
    server?.close();
    const half = await open((_, response) => {
      response.writeHead(200, { 'Content-Length': 1000 }).write('x');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(half.fetch(image, never)).rejects.toThrow(ArchiveTrouble);
  });

  it('is not silent while a request waits for its turn here', async () => {
    const object = Buffer.alloc(200);
    object.write('DICM', 128);
    const slow = await open((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/dicom' }).write(object);
      setTimeout(() => response.end(), 200);
    });
    const fetched = await Promise.all([1, 2, 3, 4].map(() => slow.fetch(image, never)));
    expect(fetched.map(({ length }) => length)).toEqual([200, 200, 200, 200]);
  });

  it('is in trouble when nobody is there', async () => {
    const archive = await status(200);
    await new Promise((resolve) => server?.close(resolve));
    await expect(archive.images('1.2.3', never)).rejects.toThrow(ArchiveTrouble);
  });

  it('lacks an image that was listed: half a study fails, to be tried again', async () => {
    const archive = await status(404);
    await expect(archive.fetch(image, never)).rejects.toThrow(StudyFailure);
    expect(await archive.holds(job, never)).toBe(false);
  });

  it('tells a full disk from a report that it does not take', async () => {
    await expect((await refusal(0xa700)).store(report, never)).rejects.toThrow(NoSpace);
    server?.close();
    await expect((await status(507)).store(report, never)).rejects.toThrow(NoSpace);
    server?.close();
    await expect((await refusal(0xa900)).store(report, never)).rejects.toThrow(StudyFailure);
    server?.close();
    await expect((await refusal(0x0111)).store(report, never)).resolves.toBeUndefined();
  });

  it('has as one exam what is of one day and of patients who do not contradict each other', async () => {
    const study = (uid: string, date: string, id: string, name: string, birth = '19600101') => ({
      '0020000D': { vr: 'UI', Value: [uid] },
      '00080020': { vr: 'DA', Value: [date] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: name }] },
      '00100020': { vr: 'LO', Value: [id] },
      '00100030': { vr: 'DA', Value: [birth] },
    });
    const all = [
      study('1.2.3', '20250101', 'A', 'Doe^Jane'),
      study('1.2.1', '20250101', 'A', 'DOE^JANE'),
      study('1.2.4', '20250101', 'A', 'Doe^Jane', '19700101'),
      study('1.2.5', '20250102', 'A', 'Doe^Jane'),
      study('1.2.6', '20250101', 'B', 'Doe^Jane'),
      study('1.2.7', '20250101', 'unknown', 'Doe^Jane'),
      study('1.2.8', '20250101', 'unknown', 'Doe^Jane'),
      study('1.2.9', '20250101', 'C*', 'Doe^Jane'),
      study('1.2.10', '20250101', 'C*', 'Doe^Jane'),
      { ...study('1.2.12', '20250101', 'D', 'Doe^Jane'), '00100021': uid('HOSP-A') },
      { ...study('1.2.13', '20250101', 'D', 'Doe^Jane'), '00100021': uid('HOSP-B') },
    ];
    // A server that minds the UID alone, so that the rest is for this side to tell.
    const archive = await open((request, response) => {
      const asked = new URL(request.url ?? '', 'http://x').searchParams.get('StudyInstanceUID');
      const found = all.filter((one) => !asked || one['0020000D'].Value[0] === asked);
      response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
      response.end(JSON.stringify(found));
    });
    expect(await archive.exam('1.2.3', never)).toEqual(['1.2.1', '1.2.3']);
    expect(await archive.exam('1.2.1', never)).toEqual(['1.2.1', '1.2.3']);
    expect(await archive.exam('1.2.4', never)).toEqual(['1.2.4']);
    expect(await archive.exam('1.2.7', never)).toEqual(['1.2.7']);
    expect(await archive.exam('1.2.9', never)).toEqual(['1.2.10', '1.2.9']);
    expect(await archive.exam('1.2.12', never)).toEqual(['1.2.12']);
  });

  it('lists images of mammography alone, with their frames where the server tells', async () => {
    const series = ['MG', 'SR', 'US'].map((modality) => ({
      '0020000D': uid('1.2.3'),
      '0020000E': uid(`1.2.3.${modality.length}${modality.charCodeAt(0)}`),
      '00080060': { vr: 'CS', Value: [modality] },
    }));
    const instances = [
      {
        '00080018': uid('1.2.3.9'),
        '00080016': uid('1.2.840.10008.5.1.4.1.1.13.1.3'),
        '00280008': { vr: 'IS', Value: ['60'] },
      },
    ];
    const archive = await open(paged({ series, instances }));
    expect(await archive.images('1.2.3', never)).toEqual([
      {
        study: '1.2.3',
        seriesInstanceUid: '1.2.3.277',
        sopInstanceUid: '1.2.3.9',
        frames: 60,
      },
    ]);
  });

  it('lists the radiographs of a study that has no series of mammography', async () => {
    const series = (...kinds: readonly string[]) =>
      kinds.map((modality) => ({
        '0020000E': uid(`1.2.${modality.charCodeAt(0)}`),
        '00080060': { vr: 'CS', Value: [modality] },
      }));
    const seen: unknown[] = [];
    for (const kinds of [['CR', 'SR'], ['DX'], ['US'], ['CR', 'MG']]) {
      const archive = await open(
        paged({ series: series(...kinds), instances: [{ '00080018': uid('1.9') }] }),
      );
      seen.push((await archive.images('1.2', never)).map((one) => one.seriesInstanceUid));
      server?.close();
    }
    expect(seen).toEqual([['1.2.67'], ['1.2.68'], [], ['1.2.77']]);
  });

  it('fails a study of which it lists something that cannot be read, and counts such studies', async () => {
    const series = [{ '0020000E': uid('1.2.1'), '00080060': { vr: 'CS', Value: ['MG'] } }];
    const instances = [uid('1.9.1'), uid('../x')].map((sop) => ({ '00080018': sop }));
    const studies = [{ '0020000D': uid('1.2') }, {}];
    const archive = await open(paged({ studies, series, instances }));
    await expect(archive.images('1.2', never)).rejects.toThrow(StudyFailure);
    await expect(archive.holds({ ...job, studies: ['1.2'] }, never)).rejects.toThrow(StudyFailure);
    await expect(archive.exam('1.2', never)).rejects.toThrow(StudyFailure);
    const pages = await pagesOf(archive.studies(never));
    expect([pages.flat().map(({ study }) => study), leftOut]).toEqual([['1.2'], 1]);
  });

  it('takes all from a server without paging, and stops at one that sends the same page again', async () => {
    const studies = Array.from({ length: 260 }, (_, i) => ({ '0020000D': uid(`1.${i}`) }));
    const whole = await open((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
      response.end(JSON.stringify(studies));
    });
    expect((await pagesOf(whole.studies(never))).flat()).toHaveLength(260);
    server?.close();
    const same = await open(paged({ studies }, false));
    await expect(pagesOf(same.studies(never))).rejects.toThrow(StudyFailure);
  });
});
