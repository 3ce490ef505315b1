import { parseArgs } from 'node:util';
import type { StudyQuery } from '../../src/adapters/dicomweb/index.ts';
import { ORDERS, type Order } from './order.ts';

export const USAGE = `npm run archive -- --dicomweb URL --redis URL [options]   score a DICOMweb archive
npm run archive -- --folder DIR [--results DIR] [options]   score a folder, without any server
What to do instead of listing the studies and working on them:
  --worker               work on what is in the queue, until stopped
  --status [--serve PORT]   counts, rate, time left, failures by reason; as a page on loopback too
  --dry-run              say what would be done, and how long it may take
  --pause, --resume      let all workers of the queue rest, or go on
Which studies:  --since YYYY-MM-DD  --until YYYY-MM-DD  --query KEY=VALUE ...  --order newest|oldest
  --most N (new ones)  --retry-failed
How:  --pack DIR  --site-calibration FILE (of that pack, written by npm run validate)
  --jobs N (studies at a time: 1)  --credentials FILE  --name NAME (of the queue)
  --connections N (to the archive: 2)  --megabytes-per-second N  --silence S (30)
  --deadline S (of one study: 300)  --memory MIB (of one study: 3072)  --retry-delay S (10)  --lease S (30)`;

const options = {
  dicomweb: { type: 'string' },
  redis: { type: 'string' },
  folder: { type: 'string' },
  results: { type: 'string' },
  worker: { type: 'boolean', default: false },
  status: { type: 'boolean', default: false },
  serve: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  pause: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  since: { type: 'string' },
  until: { type: 'string' },
  query: { type: 'string', multiple: true },
  order: { type: 'string', default: 'newest' },
  most: { type: 'string' },
  'retry-failed': { type: 'boolean', default: false },
  pack: { type: 'string' },
  'site-calibration': { type: 'string' },
  jobs: { type: 'string', default: '1' },
  credentials: { type: 'string' },
  name: { type: 'string', default: 'archive' },
  connections: { type: 'string', default: '2' },
  'megabytes-per-second': { type: 'string' },
  silence: { type: 'string', default: '30' },
  deadline: { type: 'string', default: '300' },
  memory: { type: 'string', default: '3072' },
  'retry-delay': { type: 'string', default: '10' },
  lease: { type: 'string', default: '30' },
} as const;

/** Matching keys of QIDO-RS by their keywords, and what the client calls them. */
const KEYS = {
  PatientID: 'patientId',
  PatientName: 'patientName',
  AccessionNumber: 'accessionNumber',
  StudyInstanceUID: 'studyInstanceUid',
  ModalitiesInStudy: 'modality',
} as const satisfies Record<string, keyof StudyQuery>;

export type Task = 'run' | 'worker' | 'status' | 'dry-run' | 'pause' | 'resume';

/** Where images are: a server with a queue, or a folder that needs neither. */
export type Source =
  | { readonly kind: 'server'; readonly dicomweb: string | undefined; readonly redis: string }
  | { readonly kind: 'folder'; readonly folder: string; readonly results: string };

export interface Options {
  readonly task: Task;
  readonly source: Source;
  readonly query: StudyQuery;
  readonly order: Order;
  readonly most: number | undefined;
  readonly retryFailed: boolean;
  readonly pack: string | undefined;
  readonly siteCalibration: string | undefined;
  readonly credentials: string | undefined;
  readonly name: string;
  readonly serve: number | undefined;
  readonly jobs: number;
  readonly connections: number;
  readonly bytesPerSecond: number | undefined;
  readonly silence: number;
  readonly deadline: number;
  readonly memory: number;
  readonly retryDelay: number;
  readonly lease: number;
}

type Values = ReturnType<typeof parse>;
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options }).values;

const number = (values: Values, name: keyof Values, least: number): number => {
  const value = Number(values[name]);
  if (!(value >= least)) throw new Error(`--${name} takes a number of at least ${least}.`);
  return value;
};
const whole = (values: Values, name: keyof Values, least: number): number => {
  const value = number(values, name, least);
  if (!Number.isInteger(value)) throw new Error(`--${name} takes a whole number.`);
  return value;
};

const queryOf = ({ query = [], since = '', until = '' }: Values): StudyQuery => {
  for (const day of [since, until])
    if (day !== '' && (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))))
      throw new Error(`${day} is no day YYYY-MM-DD.`);
  const keys = query.map((text) => {
    const at = text.indexOf('=');
    const name = KEYS[text.slice(0, at) as keyof typeof KEYS];
    if (at < 1 || !name)
      throw new Error(`--query takes KEY=VALUE, with a KEY of ${Object.keys(KEYS).join(', ')}.`);
    return [name, text.slice(at + 1)] as const;
  });
  return { ...Object.fromEntries(keys), from: since, to: until, limit: 199 };
};

const taskOf = (values: Values): Task => {
  const asked = (['worker', 'status', 'dry-run', 'pause', 'resume'] as const).filter(
    (task) => values[task],
  );
  if (asked.length > 1) throw new Error(`--${asked.join(' and --')} do not go together.`);
  return asked[0] ?? 'run';
};

const sourceOf = (values: Values, task: Task): Source => {
  const { dicomweb, redis, folder, results } = values;
  if (folder !== undefined) {
    if (dicomweb || redis) throw new Error('--folder needs no --dicomweb and no --redis.');
    if (task === 'worker' || task === 'pause' || task === 'resume')
      throw new Error(`--${task} is for a queue on Redis; a folder is worked on by one process.`);
    if (values.query) throw new Error('--query is for a server.');
    const path = folder.replace(/[/\\]+$/, '');
    return { kind: 'folder', folder: path, results: results ?? `${path}-results` };
  }
  if (redis === undefined) throw new Error('--redis or --folder is missing.');
  if (dicomweb === undefined && (task === 'run' || task === 'worker' || task === 'dry-run'))
    throw new Error('--dicomweb is missing.');
  return { kind: 'server', dicomweb, redis };
};

const orderOf = ({ order }: Values): Order => {
  const found = ORDERS.find((name) => name === order);
  if (!found) throw new Error(`--order takes ${ORDERS.join(' or ')}.`);
  return found;
};

/** The options of a command line. Throws with what is wrong. */
export const readOptions = (args: readonly string[]): Options => {
  const values = parse(args);
  const task = taskOf(values);
  const megabytes = values['megabytes-per-second'];
  if (values.serve !== undefined && task !== 'status')
    throw new Error('--serve goes with --status.');
  return {
    task,
    source: sourceOf(values, task),
    query: queryOf(values),
    order: orderOf(values),
    most: values.most === undefined ? undefined : whole(values, 'most', 0),
    retryFailed: values['retry-failed'],
    pack: values.pack,
    siteCalibration: values['site-calibration'],
    credentials: values.credentials,
    name: values.name,
    serve: values.serve === undefined ? undefined : whole(values, 'serve', 0),
    jobs: whole(values, 'jobs', 1),
    connections: whole(values, 'connections', 1),
    bytesPerSecond:
      megabytes === undefined ? undefined : number(values, 'megabytes-per-second', 0.001) * 1e6,
    silence: number(values, 'silence', 0.1),
    deadline: number(values, 'deadline', 1),
    memory: whole(values, 'memory', 256),
    retryDelay: number(values, 'retry-delay', 0),
    lease: number(values, 'lease', 1),
  };
};
