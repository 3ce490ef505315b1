// What the batch over an archive costs (docs/archive.md):
//   npx tsx bench/archive.ts [--studies 12] [--rounds 3] [--memory 200] [--write]
// Needs Orthanc, Redis and Linux with taskset. Studies are the demo's first exam under further UIDs and patients;
// memory is watched over small ones, with the pack's own finder. Prints a table and writes a JSON file to
// bench/results; with --write the table of docs/archive.md too.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Queue } from 'bullmq';
import { bytesOfAJob } from '../pipeline/archive/testing/bytes-of-a-job.ts';
import { startArchiveCommand } from '../pipeline/archive/testing/run-command.ts';
import { smallStudy } from '../pipeline/archive/testing/small-studies.ts';
import { type Orthanc, startOrthanc } from '../scripts/orthanc.mjs';
import { type Redis, startRedis } from '../scripts/redis.mjs';
import { thisMachine } from './lib/machine.ts';
import { PACK, ROOT } from './lib/paths.ts';
import { record } from './lib/record.ts';
import { ratioTo, type Result, type Row, rowOf } from './lib/result.ts';
import { cellsOf, HEADINGS, markdownTable, sectionText, short } from './lib/table.ts';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '3' },
    memory: { type: 'string', default: '200' },
    write: { type: 'boolean', default: false },
  },
});
const STUDIES = Number(values.studies);
const ROUNDS = Number(values.rounds);
const SMALL_STUDIES = Number(values.memory);
/** What two workers on two cores should do at least, as a multiple of one on one. */
const GROWTH = 1.8;
const MOST_FETCHED = 1.05;
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-archive-'));
const DEMO = join(ROOT, 'public/demo');
const startedAt = new Date().toISOString();
const before = loadavg()[0] as number;
const { id, version } = JSON.parse(readFileSync(join(PACK, 'manifest.json'), 'utf8')) as {
  id: string;
  version: string;
};

/** Process and all below it. */
const family = (pid: number): number[] => {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  );
  return [pid, ...children.map(Number).flatMap(family)];
};
/** Processor time of a family so far, s; undefined where one has ended in between. */
const processorTime = (pid: number): number | undefined => {
  try {
    return family(pid).reduce((sum, each) => {
      const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) / 100;
    }, 0);
  } catch {
    return undefined;
  }
};
const residentMiB = (pid: number): number =>
  (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 2 ** 20;

/** The demo's first exam as another patient's: the ends of its UIDs and the ID changed, nothing longer. */
const demoStudy = (n: number): Uint8Array[] => {
  const tail = String(n + 1).padStart(3, '0');
  return ['LCC', 'LMLO', 'RCC', 'RMLO'].map((view) => {
    const text = readFileSync(join(DEMO, `demo-1-${view}.dcm`)).toString('latin1');
    const changed = text
      .replaceAll(/2\.25\.(\d{20,36})\d{3}/g, (_, head: string) => `2.25.${head}${tail}`)
      .replaceAll('DEMO-1', `DEM${tail}`);
    return Uint8Array.from(Buffer.from(changed, 'latin1'));
  });
};

const upload = async (orthanc: Orthanc) => {
  for (let n = 0; n < STUDIES; n++)
    for (const bytes of demoStudy(n)) {
      const body = new Blob([bytes.slice()]);
      const answer = await orthanc.rest('/instances', { method: 'POST', body });
      if (!answer.ok) throw new Error(`Orthanc answers ${answer.status}`);
    }
};

/** Takes out what an earlier round stored. */
const removeReports = async (orthanc: Orthanc) => {
  const query = JSON.stringify({ Level: 'Instance', Query: { Modality: 'SR' } });
  const found = await orthanc.rest('/tools/find', { method: 'POST', body: query });
  for (const report of (await found.json()) as string[])
    await orthanc.rest(`/instances/${report}`, { method: 'DELETE' });
};

interface Finished {
  /** s since 1970. */
  readonly at: number;
  readonly by: string;
}

/**
 * Studies an hour while all workers are at work: from the first study of the last worker to begin, to the
 * last study of the first to end.
 */
const hourlyRate = (finished: readonly Finished[]): number => {
  const by = [...new Set(finished.map((one) => one.by))].map((worker) =>
    finished.filter((one) => one.by === worker).map(({ at }) => at),
  );
  const begin = Math.max(...by.map((times) => Math.min(...times)));
  const end = Math.min(...by.map((times) => Math.max(...times)));
  const between = finished.filter(({ at }) => at > begin && at <= end).length;
  if (between === 0) throw new Error('too few studies for a rate: take more by --studies');
  return (between * 3600) / (end - begin);
};

/** One run over all studies with so many workers, each bound to a core of its own with all that it starts. */
const rateOf = async (orthanc: Orthanc, redis: Redis, workers: number, round: number) => {
  await removeReports(orthanc);
  const name = `bench-${round}-${workers}`;
  const where = ['--dicomweb', orthanc.dicomweb, '--redis', redis.url, '--name', name];
  const environment = {
    TANDEM_DICOMWEB_USER: orthanc.user,
    TANDEM_DICOMWEB_PASSWORD: orthanc.password,
    TANDEM_REDIS_PASSWORD: redis.password,
  };
  const running = Array.from({ length: workers }, (_, core) =>
    startArchiveCommand([...where, ...(core > 0 ? ['--worker'] : [])], environment, core),
  );
  let processor = 0;
  let isOver = false;
  void running[0]?.ended.then(() => (isOver = true));
  while (!isOver) {
    // What has ended is no longer counted in its family.
    const now = running.reduce((sum, { pid }) => sum + (processorTime(pid) ?? 0), 0);
    processor = Math.max(processor, now);
    await sleep(100);
  }
  for (const { process } of running) process.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  const { hostname: host, port } = new URL(redis.url);
  const connection = { host, port: Number(port), password: redis.password };
  const queue = new Queue(`${name}-${id}-${version}`, { connection, prefix: 'tandem' });
  const jobs = await queue.getJobs(['completed']);
  await queue.close();
  if (jobs.length !== STUDIES)
    throw new Error(`${jobs.length} of ${STUDIES} studies done\n${running[0]?.output()}`);
  const finished = jobs.map(({ finishedOn = 0, processedBy = '' }) => ({
    at: finishedOn / 1000,
    by: processedBy,
  }));
  return { rate: hourlyRate(finished), processor: processor / STUDIES };
};

const measureRate = async (rows: Row[]) => {
  const [orthanc, redis] = await Promise.all([startOrthanc(), startRedis()]);
  try {
    await upload(orthanc);
    const [one, two, processor]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++)
      for (const workers of [1, 2]) {
        const measured = await rateOf(orthanc, redis, workers, round);
        (workers === 1 ? one : two).push(measured.rate);
        if (workers === 1) processor.push(measured.processor);
        console.error(`round ${round + 1}, ${workers} worker(s): ${short(measured.rate)} an hour`);
      }
    await removeReports(orthanc);
    const credentials = {
      kind: 'basic',
      user: orthanc.user,
      password: orthanc.password,
    } as const;
    const found = await orthanc.rest('/studies?expand');
    const [study] = (await found.json()) as { MainDicomTags: { StudyInstanceUID: string } }[];
    const { own, fetched } = await bytesOfAJob(
      { url: orthanc.dicomweb, credentials },
      study?.MainDicomTags.StudyInstanceUID ?? '',
    );
    const growth = ratioTo(two, 'one worker', one);
    rows.push(
      rowOf('one worker on one core', 'studies an hour', one),
      rowOf('two workers on two cores', 'studies an hour', two, {
        ratios: [growth],
        note: growth.value >= GROWTH ? `mark: ${GROWTH}` : `mark: ${GROWTH}, missed`,
      }),
      rowOf('processor time of a study, the start included', 's', processor),
      rowOf('bytes fetched for a study', 'MB', [fetched / 1e6], {
        ratios: [ratioTo([fetched], 'its images', [own], MOST_FETCHED)],
      }),
    );
  } finally {
    await Promise.all([orthanc.stop(), redis.stop()]);
  }
};

/** Resident memory of the worker and of its scoring process, study by study. */
const watchMemory = async () => {
  const images = join(folder, 'images');
  mkdirSync(images);
  for (let n = 0; n < SMALL_STUDIES; n++)
    for (const { sopInstanceUid, bytes } of smallStudy(n).images)
      writeFileSync(join(images, `${sopInstanceUid}.dcm`), bytes);
  const results = join(folder, 'results');
  const command = startArchiveCommand(['--folder', images, '--results', results]);
  let isOver = false;
  void command.ended.then(() => (isOver = true));
  const samples: { done: number; worker: number; scorer: number }[] = [];
  while (!isOver) {
    await sleep(100);
    try {
      const done = readdirSync(results).filter((name) => name.endsWith('.dcm')).length;
      const [worker = 0, scorer] = family(command.pid).map(residentMiB);
      if (scorer !== undefined && done > (samples.at(-1)?.done ?? 0))
        samples.push({ done, worker, scorer });
    } catch {
      // Not begun, or over.
    }
  }
  if (!command.output().includes(`${SMALL_STUDIES} done, 0 failed`))
    throw new Error(command.output());
  return samples;
};

const measureMemory = async (rows: Row[]) => {
  const samples = await watchMemory();
  for (const [what, of] of [
    ['the process that scores', 'scorer'],
    ['the worker', 'worker'],
  ] as const) {
    // A fifth of the studies each: after the first fifth everything is loaded.
    const fifth = (k: number) =>
      samples
        .filter(
          ({ done }) => done > (k * SMALL_STUDIES) / 5 && done <= ((k + 1) * SMALL_STUDIES) / 5,
        )
        .map((sample) => sample[of]);
    const [early, late] = [fifth(1), fifth(4)];
    rows.push(
      rowOf(`memory of ${what}, the last fifth of ${SMALL_STUDIES} studies`, 'MiB', late, {
        ratios: [ratioTo(late, 'the second fifth', early)],
      }),
    );
  }
};

const START = '<!-- written by bench/archive.ts -->';
const END = '<!-- until here -->';

const rows: Row[] = [];
try {
  if (STUDIES > 0) await measureRate(rows);
  if (SMALL_STUDIES > 0) await measureMemory(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const section = {
  name: 'archive',
  title: 'The batch over an archive',
  rows,
  notes: [
    `${STUDIES} studies of four views (the demo's first exam, 1 MB a view, under further UIDs), from Orthanc on the loopback address, which shares the cores; rates while all workers are at work, ${ROUNDS} rounds of one worker and two in turn.`,
    `Memory: ${SMALL_STUDIES} studies of two small views from a folder, with the finder of ${id} ${version}.`,
  ],
};
const machine = { ...thisMachine(), browser: 'none', webgpu: 'none', webgl: 'none' };
const load = { before, after: loadavg()[0] as number };
const seconds = (Date.now() - Date.parse(startedAt)) / 1000;
const result: Result = {
  schemaVersion: 1,
  startedAt,
  quick: STUDIES < 12 || ROUNDS < 3 || SMALL_STUDIES < 200,
  machine,
  sections: [{ ...section, load, seconds }],
};
console.log(sectionText(section));
const file = record(result, ['archive']);
console.log(
  `\n${machine.processor}, ${machine.cores} cores; ${seconds.toFixed(0)} s; bench/${file}`,
);
if (values.write) {
  const document = join(ROOT, 'docs/archive.md');
  const [head = '', rest = ''] = readFileSync(document, 'utf8').split(START);
  const tail = rest.split(END)[1] ?? '';
  const origin = `${startedAt.slice(0, 10)}, commit ${machine.commit}; ${machine.processor}, ${machine.cores} cores, load ${short(load.before)} before and ${short(load.after)} after; \`bench/${file}\`${result.quick ? ' (few repetitions)' : ''}.`;
  const table = markdownTable([HEADINGS, ...rows.map(cellsOf)]);
  const notes = section.notes.map((note) => `- ${note}`).join('\n');
  const text = [START, origin, table, notes, END].join('\n\n');
  writeFileSync(document, `${head}${text}${tail}`);
}
