import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { message } from '../../src/core/message/message.ts';
import { readSecrets, withoutSecrets } from './credentials.ts';
import { enumerate } from './enumerate.ts';
import { faultLine, forQueue } from './failures.ts';
import { createGentleFetch } from './gentle-fetch.ts';
import { jobIdentity } from './job-identity.ts';
import { readOptions } from './options.ts';
import { rankOf } from './order.ts';
import type { Archive, StudyReference } from './ports.ts';
import { duration, prometheusText, statusText, type Status } from './status.ts';
import { serveStatus, statusHtml } from './status-page.ts';
import { groupFailures, paceOf } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the options', () => {
  it('say where images are and what is wanted', () => {
    const given = ['--dicomweb', 'http://a/b', '--redis', 'redis://r', '--since', '2024-01-31'];
    const options = readOptions([...given, '--query', 'PatientID=A*', '--jobs', '2']);
    expect(options).toMatchObject({
      task: 'run',
      jobs: 2,
      query: { from: '2024-01-31', patientId: 'A*' },
    });
    expect(readOptions(['--folder', 'x/']).source).toEqual({
      kind: 'folder',
      folder: 'x',
      results: 'x-results',
    });
  });

  it.each([
    [['--dicomweb', 'http://a'], '--redis or --folder is missing'],
    [['--redis', 'redis://r'], '--dicomweb is missing'],
    [['--folder', 'x', '--redis', 'r'], 'needs no'],
    [['--folder', 'x', '--worker'], 'worked on by one process'],
    [['--folder', 'x', '--since', '31.1.2024'], 'no day'],
    [['--folder', 'x', '--jobs', '0'], 'at least 1'],
    [['--folder', 'x', '--order', 'random'], 'newest or oldest'],
    [['--dicomweb', 'a', '--redis', 'r', '--query', 'Name=x'], 'PatientID'],
    [['--redis', 'r', '--status', '--dry-run'], 'do not go together'],
  ])('%j are refused', (args, why) => {
    expect(() => readOptions(args)).toThrow(why);
  });
});

describe('credentials', () => {
  const environment = {
    TANDEM_DICOMWEB_USER: 'u',
    TANDEM_DICOMWEB_PASSWORD: 'p',
    TANDEM_REDIS_PASSWORD: 'r',
    PATH: '/bin',
  };
  it('come from the environment or from a file that is for its owner alone', () => {
    expect(readSecrets(undefined, environment)).toEqual({
      dicomweb: { kind: 'basic', user: 'u', password: 'p' },
      redis: { password: 'r' },
    });
    const file = join(folder, 'secret.json');
    writeFileSync(file, '{"token":"abc","redisUser":"x"}', { mode: 0o600 });
    expect(readSecrets(file, environment)).toEqual({
      dicomweb: { kind: 'bearer', token: 'abc' },
      redis: { username: 'x' },
    });
  });
  it.skipIf(process.platform === 'win32')('in a file that others can read are refused', () => {
    const file = join(folder, 'open.json');
    writeFileSync(file, '{"token":"abc"}', { mode: 0o644 });
    expect(() => readSecrets(file)).toThrow('chmod 600');
  });
  it('that are no JSON are refused without being said', () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, 'topsecret', { mode: 0o600 });
    expect(() => readSecrets(file)).toThrow(/^(?!.*topsecret).*JSON/);
  });
  it('do not go on to the process that reads files', () => {
    expect(withoutSecrets(environment)).toEqual({ PATH: '/bin' });
  });
});

describe('what is kept of a failure', () => {
  it('holds no words that may come from a file', () => {
    const said = message('file.other-study', { asked: '1.2.3', got: 'Doe^Jane' });
    expect(forQueue(said).values).toEqual({ asked: '1.2.3', got: '...' });
    const nested = message('stored.not', { reason: message('stored.refused') });
    expect(forQueue(nested)).toEqual(nested);
    expect(faultLine(new TypeError('Doe^Jane'))).not.toContain('Doe');
  });
});

describe('a job', () => {
  it('has the same name and UIDs each time, and others with another pack', () => {
    const [a, b] = ['1', '1'].map((version) => jobIdentity(['1.2.3'], { id: 'p', version }));
    expect(a).toEqual(b);
    const other = jobIdentity(['1.2.3'], { id: 'p', version: '2' });
    expect(other.sopInstanceUid).not.toBe(a?.sopInstanceUid);
    for (const uid of [a?.sopInstanceUid, a?.seriesInstanceUid])
      expect(uid).toMatch(/^2\.25\.\d{1,39}$/);
  });
});

describe('the order', () => {
  it('goes by the date, and puts studies without one last', () => {
    const dates = ['20200101', '', '20240101', 'nonsense'];
    const sorted = (order: 'newest' | 'oldest') =>
      dates.toSorted((a, b) => rankOf({ date: a }, order) - rankOf({ date: b }, order));
    expect(sorted('newest')).toEqual(['20240101', '20200101', '', 'nonsense']);
    expect(sorted('oldest')).toEqual(['20200101', '20240101', '', 'nonsense']);
  });
});

describe('listing', () => {
  it('takes in as many new studies as asked for, those that are known aside', async () => {
    const pages = [0, 1].map((page) =>
      Array.from({ length: 5 }, (_, i) => ({ study: `${page}.${i}`, date: '', objects: 4 })),
    );
    const archive = {
      studies: async function* () {
        yield* pages;
      },
    } as unknown as Archive;
    const known = new Set(['0.0', '0.1']);
    const queue = {
      add: async (studies: readonly StudyReference[]) => {
        const fresh = studies.filter(({ study }) => !known.has(study));
        for (const { study } of fresh) known.add(study);
        return fresh.length;
      },
    };
    const listed = await enumerate(archive, queue, 4, new AbortController().signal);
    expect(listed).toEqual({ studies: 6, objects: 24, fresh: 4 });
  });
});

describe('fetching gently', () => {
  const answer = (bytes: number) => async () => new Response(new Uint8Array(bytes));
  it('keeps to the bytes a second and counts them', async () => {
    const gentle = createGentleFetch({ connections: 1, bytesPerSecond: 10_000 }, answer(15_000));
    const begun = performance.now();
    expect((await (await gentle.fetch('http://x')).arrayBuffer()).byteLength).toBe(15_000);
    expect(performance.now() - begun).toBeGreaterThan(400);
    expect(gentle.received()).toBe(15_000);
  });
  it('keeps to the connections, and gives one back however an answer ends', async () => {
    let open = 0;
    let most = 0;
    const request = async () => {
      open++;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 20));
      open--;
      return new Response('x');
    };
    const gentle = createGentleFetch({ connections: 2, bytesPerSecond: undefined }, request);
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        await gentle.turn(undefined);
        const got = await gentle.fetch('http://x');
        if (i % 2) await got.body?.cancel();
        else await got.text();
      }),
    );
    expect(most).toBe(2);
    const failing = createGentleFetch({ connections: 1, bytesPerSecond: undefined }, () =>
      Promise.reject(new Error('away')),
    );
    for (let i = 0; i < 2; i++) {
      await failing.turn(undefined);
      await expect(failing.fetch('http://x')).rejects.toThrow('away');
    }
  });
  it('lets who is stopped out of the queue', async () => {
    const gentle = createGentleFetch({ connections: 1, bytesPerSecond: undefined }, answer(1));
    const stop = new AbortController();
    await gentle.turn(undefined);
    const stopped = gentle.turn(stop.signal);
    const next = gentle.turn(undefined);
    stop.abort();
    await expect(stopped).rejects.toThrow();
    await expect(gentle.turn(stop.signal)).rejects.toThrow();
    await (await gentle.fetch('http://x')).text();
    await next;
  });
});

const STATUS: Status = {
  counts: { waiting: 10, active: 2, delayed: 1, done: 80, failed: 3 },
  failures: groupFailures(['a', 'b', 'c'].map((study) => ({ study, reason: '<b>"odd"\\</b>' }))),
  perHour: 120,
  secondsLeft: 390,
};

describe('the state of the work', () => {
  it('is told in words', () => {
    expect(statusText(STATUS)).toBe(
      [
        '80 done, 3 failed, 2 at work, 1 to be tried again, 10 waiting',
        '120 studies an hour, about 7 min left',
        '3 failed: <b>"odd"\\</b> (a, b, c)',
      ].join('\n'),
    );
    expect([50, 600, 7500, 400_000].map(duration)).toEqual([
      '50 s',
      '10 min',
      '2 h 5 min',
      '4.6 days',
    ]);
  });
  it('is told to Prometheus', () => {
    const text = prometheusText(STATUS);
    expect(text).toContain('tandem_archive_studies{state="done"} 80\n');
    expect(text).toContain('tandem_archive_failures{reason="<b>\\"odd\\"\\\\</b>"} 3\n');
    expect(text).toContain('tandem_archive_studies_per_hour 120\n');
  });
  it('is a page in which reasons are text', () => {
    const page = statusHtml('Archive <x>', STATUS);
    expect(page).not.toMatch(/<b>|<x>/);
    expect(page).toContain('120 studies an hour');
  });
  it('is served to this computer, under its own names', async () => {
    const { server, address } = await serveStatus(0, 'Archive', async () => STATUS);
    const get = (path: string, host?: string) =>
      new Promise<{ code: number | undefined; body: string }>((resolve, reject) => {
        const asked = request(new URL(path, address), host ? { headers: { host } } : {});
        asked.on('error', reject).on('response', (response) => {
          let body = '';
          response.on('data', (text) => (body += text));
          response.on('end', () => resolve({ code: response.statusCode, body }));
        });
        asked.end();
      });
    expect((await get('/')).body).toContain('80 done');
    expect((await get('/metrics')).body).toContain('tandem_archive_studies');
    expect((await get('/', 'evil.example')).code).toBe(403);
    expect((await get('/etc')).code).toBe(404);
    server.close();
    server.closeAllConnections();
  });
  it('has the pace of the last ten minutes', () => {
    const outcome = {
      outcome: 'stored' as const,
      images: 4,
      refused: 0,
      findings: 0,
      bytes: 1,
      seconds: 6,
    };
    const now = 1e12;
    const at = (minutes: number) => ({ at: now - minutes * 60_000, outcome });
    expect(paceOf([at(1), at(2), at(4), at(50)], now)).toEqual({
      recent: 3,
      minutes: 10,
      secondsAStudy: 6,
    });
    expect(paceOf([at(1), at(2)], now).minutes).toBe(2);
    expect(paceOf([], now)).toEqual({ recent: 0, minutes: 10, secondsAStudy: undefined });
  });
});
