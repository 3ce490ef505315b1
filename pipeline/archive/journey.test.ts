// The whole way against real servers: two workers, one of them killed now and then, Redis restarted and
// the archive away for a while. ARCHIVE_STUDIES=40 takes 40 studies instead of a few, and kills a worker every
// few studies, in every step.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import { Redis as RedisClient } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/debian.mjs';
import { findOrthanc, startOrthanc, type Orthanc } from '../../scripts/orthanc.mjs';
import { findRedis, startRedis, type Redis } from '../../scripts/redis.mjs';
import { readDicomReport } from '../../src/adapters/dicom-sr/index.ts';
import type { CaseReport } from '../../src/core/report/case-report.ts';
import { readPack } from '../pack/read-pack.ts';
import { STEPS, type Step } from './ports.ts';
import { openChain } from './score/chain.ts';
import { createExam } from './score/exam.ts';
import { examReport } from './score/report.ts';
import { bytesOfAJob } from './testing/bytes-of-a-job.ts';
import { startArchiveCommand, type RunningCommand } from './testing/run-command.ts';
import { brokenStudy, smallStudy, type SmallStudy } from './testing/small-studies.ts';
import { makeTinyPack } from './testing/tiny-pack.ts';

const missing = !findOrthanc()
  ? ' (skipped: Orthanc with its DICOMweb plugin is not installed)'
  : !findRedis()
    ? ' (skipped: Redis is not installed)'
    : '';
const asked = process.env.ARCHIVE_STUDIES;
const STUDIES = Number(asked ?? 6);
/** Steps in which a worker is killed, and studies that are done between two kills. */
const KILLS: readonly Step[] = asked ? STEPS : ['scoring', 'storing'];
const STUDIES_A_KILL = asked ? 3 : 0;
/** Of one test; with many studies longer. */
const PATIENCE = asked ? 3_600_000 : 600_000;
const SR_CLASS = '1.2.840.10008.5.1.4.1.1.88.50';
const studies = Array.from({ length: STUDIES }, (_, n) => smallStudy(n));
const broken = brokenStudy(STUDIES);

const folder = mkdtempSync(join(tmpdir(), 'tandem-journey-'));
let orthanc: Orthanc;
let redis: Redis;
let pack: string;
const commands: RunningCommand[] = [];

const upload = async ({ images }: SmallStudy) => {
  for (const { bytes } of images) {
    const answer = await orthanc.rest('/instances', { method: 'POST', body: new Blob([bytes]) });
    expect(answer.status).toBe(200);
  }
};

const start = (...args: string[]): RunningCommand => {
  const where = ['--dicomweb', orthanc.dicomweb, '--redis', redis.url, '--pack', pack];
  const soon = ['--lease', '2', '--retry-delay', '0.2', '--silence', '5'];
  const command = startArchiveCommand([...where, ...soon, ...args], {
    TANDEM_DICOMWEB_USER: orthanc.user,
    TANDEM_DICOMWEB_PASSWORD: orthanc.password,
    TANDEM_REDIS_PASSWORD: redis.password,
  });
  commands.push(command);
  return command;
};

const connectionOf = () => {
  const { hostname: host, port } = new URL(redis.url);
  return { host, port: Number(port), password: redis.password, maxRetriesPerRequest: null };
};

/** SOP Instance UIDs of the CAD SRs that the archive holds. */
const storedReports = async (): Promise<{ id: string; study: string }[]> => {
  const found = await orthanc.rest('/tools/find', {
    method: 'POST',
    body: JSON.stringify({
      Level: 'Instance',
      Query: { SOPClassUID: SR_CLASS },
      Expand: true,
      RequestedTags: [],
    }),
  });
  const instances = (await found.json()) as { ID: string }[];
  return Promise.all(
    instances.map(async ({ ID: id }) => {
      const tags = (await (await orthanc.rest(`/instances/${id}/simplified-tags`)).json()) as {
        StudyInstanceUID: string;
      };
      return { id, study: tags.StudyInstanceUID };
    }),
  );
};

const fileOf = async (id: string) =>
  new Uint8Array(await (await orthanc.rest(`/instances/${id}/file`)).arrayBuffer());

type Marked = { readonly marks: readonly { readonly sopInstanceUid: string }[] } | undefined;
const marksOf = (lesion: Marked): string[] =>
  (lesion?.marks ?? []).map(({ sopInstanceUid }) => sopInstanceUid).sort();

/** What the page's chain says of a study, without any queue. */
const reportsHere = async (): Promise<ReadonlyMap<string, CaseReport>> => {
  const read = readPack(pack);
  if (!read.ok) throw new Error(read.error);
  const chain = await openChain(read.value);
  const reports = new Map<string, CaseReport>();
  for (const { study, images } of studies) {
    const exam = createExam(chain, 2 ** 30);
    for (const { sopInstanceUid, bytes } of images)
      await exam.look({ study, sopInstanceUid }, bytes);
    reports.set(study, await examReport(chain, exam, { sha256: 'a'.repeat(64) }));
  }
  return reports;
};

/** Everything that Redis holds, as text. */
const everythingIn = async (): Promise<string> => {
  const client = new RedisClient(connectionOf());
  const keys = await client.keys('*');
  const dumps = await Promise.all(
    keys.map(async (key) => {
      const kind = await client.type(key);
      if (kind === 'hash') return JSON.stringify(await client.hgetall(key));
      if (kind === 'stream') return JSON.stringify(await client.xrange(key, '-', '+'));
      if (kind === 'zset') return JSON.stringify(await client.zrange(key, '0', '-1'));
      if (kind === 'string') return (await client.get(key)) ?? '';
      if (kind === 'list') return JSON.stringify(await client.lrange(key, 0, -1));
      return JSON.stringify(await client.smembers(key));
    }),
  );
  client.disconnect();
  return [...keys, ...dumps].join('\n');
};

beforeAll(async () => {
  if (missing) return;
  [orthanc, redis, pack] = await Promise.all([startOrthanc(), startRedis(), makeTinyPack(folder)]);
  for (const study of [...studies, broken]) await upload(study);
}, PATIENCE);
afterAll(async () => {
  for (const command of commands) command.process.kill('SIGKILL');
  await Promise.all([orthanc?.stop(), redis?.stop()]);
  rmSync(folder, { recursive: true });
});

describe.skipIf(missing)(`an archive of ${STUDIES} studies${missing}`, () => {
  it(
    'is scored whole, each study once, whatever falls over',
    async () => {
      const name = (await queueName()) as string;
      const events = new QueueEvents(name, { connection: connectionOf(), prefix: 'tandem' });
      const queue = new Queue(name, { connection: connectionOf(), prefix: 'tandem' });
      events.on('error', () => {});
      queue.on('error', () => {});
      await events.waitUntilReady();

      // A worker is killed as soon as it stands in a step in which none was killed before; where it is to
      // be killed every few studies, all steps come round again.
      const left = new Set<Step>(KILLS);
      const killedIn: Step[] = [];
      let since = STUDIES_A_KILL;
      events.on('completed', () => since++);
      let second = start('--worker');
      const isDue = (step: Step) => left.has(step) && since >= STUDIES_A_KILL;
      events.on('progress', ({ jobId, data }) => {
        const step = data as unknown as Step;
        if (!isDue(step)) return;
        void queue.getJob(jobId).then((job) => {
          if (!isDue(step) || !job?.processedBy?.endsWith(`:${second.pid}`)) return;
          if (second.process.killed) return;
          left.delete(step);
          if (left.size === 0 && asked) KILLS.forEach((each) => left.add(each));
          since = 0;
          killedIn.push(step);
          second.process.kill('SIGKILL');
          second = start('--worker');
        });
      });
      const first = start();
      const done = async (most: number) => {
        while ((await queue.getCompletedCount()) < most && first.process.exitCode === null)
          await sleep(100);
      };
      await done(2);
      await orthanc.restart(asked ? 30_000 : 1000);
      await done(4);
      await redis.restart(1000);

      expect(await first.ended, first.output()).toBe(3);
      if (asked) expect([...new Set(killedIn)].sort()).toEqual([...STEPS].sort());
      else expect(killedIn.length).toBeGreaterThan(0);
      expect(first.output()).toContain(`${STUDIES} done, 1 failed`);
      expect(first.output()).toContain('1 failed: No image of it can be scored.');
      const reports = await storedReports();
      expect(reports.map(({ study }) => study).sort()).toEqual(studies.map((s) => s.study).sort());
      console.log(`killed in: ${killedIn.join(', ')}`);

      // Killed with the last study at hand, it has only just been started again.
      while (!second.output().includes('Taking studies')) await sleep(100);
      await Promise.all([events.close(), queue.close()]);
      second.process.kill('SIGTERM');
      expect(await second.ended, second.output()).toBe(3);
      const again = start();
      expect(await again.ended, again.output()).toBe(3);
      expect(again.output()).toContain(`${STUDIES + 1} studies listed, 0 new.`);
      expect(await storedReports()).toHaveLength(STUDIES);
    },
    PATIENCE,
  );

  it(
    'gets the reports that the chain of the page gives',
    async () => {
      const here = await reportsHere();
      for (const { id, study } of await storedReports()) {
        const read = readDicomReport(await fileOf(id), { unread: true });
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        const wanted = here.get(study) as CaseReport;
        expect(wanted.lesions.length).toBeGreaterThan(0);
        expect(read.value.lesions).toHaveLength(wanted.lesions.length);
        wanted.lesions.forEach((lesion, i) => {
          const got = read.value.lesions[i];
          // A server lists the images of a study in an order of its own.
          expect(marksOf(got)).toEqual(marksOf(lesion));
          const [a, b] = [got, lesion].map((one) => one?.score?.likelihood.value ?? NaN);
          expect(Math.abs((a as number) - (b as number))).toBeLessThan(0.005);
        });
      }
    },
    PATIENCE,
  );

  it.skipIf(!findProgram('dciodvfy'))(
    'holds reports that dciodvfy finds nothing wrong with',
    async () => {
      for (const { id } of await storedReports()) {
        const path = join(folder, 'report.dcm');
        writeFileSync(path, await fileOf(id));
        const { stderr, stdout } = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
        const errors = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
        expect(errors).toEqual([]);
      }
    },
  );

  it('fetches little more than the images', async () => {
    const credentials = { kind: 'basic', user: orthanc.user, password: orthanc.password } as const;
    const where = { url: orthanc.dicomweb, credentials };
    const { images, own, fetched } = await bytesOfAJob(where, studies[0]?.study ?? '');
    expect(images).toBe(2);
    expect(own).toBe(studies[0]?.images.reduce((sum, { bytes }) => sum + bytes.length, 0));
    expect(fetched / own).toBeLessThan(1.05);
  });

  it('leaves no name, no patient and no password in the queue or in what is said', async () => {
    const everything = [await everythingIn(), ...commands.map((c) => c.output())].join('\n');
    expect(everything).toContain(studies[0]?.study);
    for (const secret of ['Hiddenname', 'SECRET-', orthanc.password, redis.password])
      expect(everything).not.toContain(secret);
  });
});

/** As the command names it. */
const queueName = async (): Promise<string | undefined> => {
  const read = readPack(pack);
  return read.ok ? `archive-${read.value.manifest.id}-${read.value.manifest.version}` : undefined;
};
