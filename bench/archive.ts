// What the batch over an archive costs (docs/archive.md): npx tsx bench/archive.ts [--studies 8] [--memory 200]
// Needs Orthanc, Redis and Linux. Studies are the demo's exams under further UIDs; memory is watched over
// small ones. Time is that of the processor as well as of the clock, since other work may share the machine.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { smallStudy } from '../pipeline/archive/testing/small-studies.ts';
import {
  startArchiveCommand,
  type RunningCommand,
} from '../pipeline/archive/testing/run-command.ts';
import { makeTinyPack } from '../pipeline/archive/testing/tiny-pack.ts';
import { startOrthanc, type Orthanc } from '../scripts/orthanc.mjs';
import { startRedis } from '../scripts/redis.mjs';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '8' },
    memory: { type: 'string', default: '200' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-archive-'));
const DEMO = 'public/demo';

/** Process and all below it. */
const family = (pid: number): number[] => {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  );
  return [pid, ...children.map(Number).flatMap(family)];
};
/** Processor time of a family so far, s. */
const processorTime = (pid: number): number =>
  family(pid).reduce((sum, each) => {
    const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
const residentMiB = (pid: number): number =>
  (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 2 ** 20;

/** The demo's first exam with the ends of its UIDs changed, so that each copy is another study. */
const demoStudy = (n: number): Uint8Array[] => {
  const tail = String(n + 1).padStart(3, '0');
  return ['LCC', 'LMLO', 'RCC', 'RMLO'].map((view) => {
    const bytes = readFileSync(join(DEMO, `demo-1-${view}.dcm`));
    // The dictionary's elements of study, series and object, and the meta's object: same length, other end.
    const text = bytes.toString('latin1');
    const changed = text.replaceAll(/2\.25\.(\d{20,36})\d{3}/g, (_, head) => `2.25.${head}${tail}`);
    return Uint8Array.from(Buffer.from(changed, 'latin1'));
  });
};

const upload = async (orthanc: Orthanc, bytes: Uint8Array) => {
  const body = new Blob([bytes.slice()]);
  const answer = await orthanc.rest('/instances', { method: 'POST', body });
  if (!answer.ok) throw new Error(`Orthanc answers ${answer.status}`);
};

const doneIn = (text: string): number => Number(/(\d+) done/.exec(text)?.[1] ?? 0);

/** Studies an hour of so many workers, each on a core of its own. */
const rate = async (workers: number, studies: number) => {
  const [orthanc, redis] = await Promise.all([startOrthanc(), startRedis()]);
  let bytes = 0;
  for (let n = 0; n < studies; n++)
    for (const file of demoStudy(n)) {
      bytes += file.length;
      await upload(orthanc, file);
    }
  const environment = {
    TANDEM_DICOMWEB_USER: orthanc.user,
    TANDEM_DICOMWEB_PASSWORD: orthanc.password,
    TANDEM_REDIS_PASSWORD: redis.password,
  };
  const where = ['--dicomweb', orthanc.dicomweb, '--redis', redis.url];
  const status = async () => {
    const command = startArchiveCommand([...where, '--status'], environment);
    await command.ended;
    return command.output();
  };
  const begun = performance.now();
  const running: RunningCommand[] = [];
  for (let w = 0; w < workers; w++) {
    const command = startArchiveCommand([...where, ...(w > 0 ? ['--worker'] : [])], environment);
    execFileSync('taskset', ['-a', '-p', '-c', String(w), String(command.pid)], {
      stdio: 'ignore',
    });
    running.push(command);
  }
  let processor = 0;
  let isOver = false;
  void running[0]?.ended.then(() => (isOver = true));
  while (!isOver) {
    try {
      // What has ended is no longer counted in its family.
      const now = running.reduce((sum, { pid }) => sum + processorTime(pid), 0);
      processor = Math.max(processor, now);
    } catch {
      // One has ended in between.
    }
    await sleep(100);
  }
  const seconds = (performance.now() - begun) / 1000;
  const done = doneIn(await status());
  for (const { process } of running) process.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  const statistics = (await (await orthanc.rest('/statistics')).json()) as {
    CountInstances: number;
  };
  await Promise.all([orthanc.stop(), redis.stop()]);
  if (done !== studies)
    throw new Error(`${done} of ${studies} studies done\n${running[0]?.output()}`);
  return { workers, studies, seconds, processor, bytes, instances: statistics.CountInstances };
};

/** Resident memory of the worker and of its scoring process, study by study. */
const memory = async (studies: number) => {
  const images = join(folder, 'images');
  mkdirSync(images);
  for (let n = 0; n < studies; n++)
    for (const { sopInstanceUid, bytes } of smallStudy(n).images)
      writeFileSync(join(images, `${sopInstanceUid}.dcm`), bytes);
  const pack = await makeTinyPack(folder);
  const results = join(folder, 'results');
  const command = startArchiveCommand(['--folder', images, '--results', results, '--pack', pack]);
  let isOver = false;
  void command.ended.then(() => (isOver = true));
  const samples: { done: number; worker: number; scorer: number }[] = [];
  while (!isOver) {
    await sleep(500);
    try {
      const done = readdirSync(results).filter((name) => name.endsWith('.dcm')).length;
      const [worker = 0, scorer] = family(command.pid).map(residentMiB);
      if (scorer !== undefined && done > (samples.at(-1)?.done ?? -1))
        samples.push({ done, worker: Math.round(worker), scorer: Math.round(scorer) });
    } catch {
      // Not begun, or over.
    }
  }
  if (!command.output().includes(`${studies} done, 0 failed`)) throw new Error(command.output());
  return samples;
};

const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(', ');
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, load ${load()}`);
  const studies = Number(values.studies);
  if (studies > 0)
    for (const workers of [1, 2]) {
      const { seconds, processor } = await rate(workers, studies);
      console.log(
        `${workers} worker(s): ${studies} studies of 4 views in ${seconds.toFixed(0)} s of the clock (${((studies * 3600) / seconds).toFixed(0)} an hour), ${(processor / studies).toFixed(2)} s of a processor a study with the start; load ${load()}`,
      );
    }
  const many = Number(values.memory);
  if (many > 0) {
    const samples = await memory(many);
    const at = (share: number) => samples[Math.floor((samples.length - 1) * share)];
    console.log(`memory, MiB, over ${many} small studies; load ${load()}`);
    for (const share of [0, 0.1, 0.25, 0.5, 0.75, 1]) console.log(JSON.stringify(at(share)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
