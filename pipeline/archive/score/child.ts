// The process that reads and scores, apart from the worker: a file that crashes or hangs it, or takes
// too much memory, ends it alone. It knows no address, no credentials and no queue.
//   node child.ts PACK_FOLDER ALLOWANCE_BYTES [SITE_CALIBRATION]
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCadSr } from '../../../src/adapters/dicom-sr/index.ts';
import { readSiteCalibration } from '../../../src/core/classifier/site-calibration.ts';
import { message } from '../../../src/core/message/message.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { readPack } from '../../pack/read-pack.ts';
import { faultLine, forQueue, reasonLine, StudyFailure, StudyRefused } from '../failures.ts';
import { uuidsOf, type JobIdentity } from '../job-identity.ts';
import { openChain } from './chain.ts';
import { countPatients, createExam, type Exam } from './exam.ts';
import type { Finished, FromScorer, ToScorer } from './messages.ts';
import { examReport } from './report.ts';

const [folder = '', allowance = 'Infinity', sitePath] = process.argv.slice(2);
const pack = readPack(folder);
if (!pack.ok) throw new Error(pack.error);
const chain = await openChain(pack.value);
const sha256 = createHash('sha256')
  .update(readFileSync(join(folder, 'manifest.json')))
  .digest('hex');

const read = sitePath ? readSiteCalibration(readFileSync(sitePath, 'utf8'), sha256) : undefined;
if (read && !read.ok) throw new Error(sayIn('en', read.error));
const site = read?.value;

const send = (answer: FromScorer) => process.send?.(answer);
const memory = () => process.memoryUsage.rss();

/** All reasons, each once. */
const reasonsOf = ({ refused }: Exam): string =>
  [...new Set(refused.map(({ reason }) => sayIn('en', forQueue(reason))))].join(' ');

const finish = async (job: JobIdentity, exam: Exam): Promise<Finished> => {
  if (exam.read.length === 0)
    throw new StudyRefused(`No image of it can be scored. ${reasonsOf(exam)}`.trim());
  const patients = countPatients(exam);
  if (patients > 1) throw new StudyRefused(`Its images are of ${patients} different patients.`);
  const report = await examReport(chain, exam, { sha256, site });
  const uuids = [...uuidsOf(job.id)];
  const written = writeCadSr(report, {
    newUuid: () => {
      const next = uuids.shift();
      if (!next) throw new Error('an SR has two UIDs of its own');
      return next;
    },
  });
  if (!written.ok) throw new StudyFailure(sayIn('en', forQueue(written.error)));
  return {
    report: written.value.bytes,
    studyInstanceUid: written.value.studyInstanceUid,
    images: exam.seen.length,
    refused: exam.refused.length,
    findings: report.lesions.length,
  };
};

let current: { readonly job: JobIdentity; readonly exam: Exam } | undefined;

const answer = async (asked: ToScorer): Promise<FromScorer> => {
  if (asked.ask === 'begin') {
    const { job } = asked;
    current = { job, exam: createExam(chain, Number(allowance)) };
    return { answer: 'done', memory: memory() };
  }
  if (!current) throw new Error('no study was begun');
  const { job, exam } = current;
  if (asked.ask === 'look') await exam.look(asked.image, asked.bytes);
  else if (asked.ask === 'refuse') {
    const { sopInstanceUid, frames = 2 } = asked.image;
    exam.refuse(sopInstanceUid, message('file.tomosynthesis', { frames }));
  } else {
    current = undefined;
    return { answer: 'done', finished: await finish(job, exam), memory: memory() };
  }
  return { answer: 'done', memory: memory() };
};

process.on('message', (asked: ToScorer) => {
  void answer(asked)
    .catch((error: unknown): FromScorer => {
      const known = error instanceof StudyRefused || error instanceof StudyFailure;
      return {
        answer: error instanceof StudyRefused ? 'refused' : 'failed',
        reason: known ? reasonLine(error.message) : faultLine(error),
        memory: memory(),
      };
    })
    .then(send);
});
// Nobody is left to answer to.
process.once('disconnect', () => process.exit(0));
send({ answer: 'ready', memory: memory() });
