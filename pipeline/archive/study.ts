import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { StudyFailure, StudyRefused } from './failures.ts';
import { jobIdentity } from './job-identity.ts';
import { withPatience, type Waiting } from './outage.ts';
import type { Archive, Handler, ImageReference, Outcome, Task } from './ports.ts';
import type { Scorer } from './score/scorer.ts';

export interface StudySetting {
  readonly archive: Archive;
  readonly pack: Pick<PackManifest, 'id' | 'version'>;
  readonly waiting: Waiting;
}

const inOrder = (images: readonly ImageReference[]): readonly ImageReference[] =>
  images.toSorted((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));

const keyOf = (images: readonly ImageReference[]): string =>
  inOrder(images)
    .map(({ sopInstanceUid }) => sopInstanceUid)
    .join();

/** Objects that may be in one study: far more than a mammography study has. */
const MOST_IMAGES = 500;

/**
 * One study, with the others of its exam, from the images to the stored report. Every step may be cut off and
 * begun again: the report has the same UIDs each time, is looked for before anything is fetched, and once more
 * before it is sent. So it is stored once, though each study of the exam asks for it.
 */
const runStudy = async (
  { archive, pack, waiting }: StudySetting,
  scorer: Scorer,
  { study, step, signal }: Task,
): Promise<Outcome> => {
  const begun = performance.now();
  const patiently = <T>(action: () => Promise<T>) => withPatience(archive, waiting, signal, action);
  const outcome = (rest: Omit<Outcome, 'seconds'>): Outcome => ({
    ...rest,
    seconds: Number(((performance.now() - begun) / 1000).toFixed(2)),
  });

  const exam = () => patiently(() => archive.exam(study, signal));
  const imagesOf = async (studies: readonly string[]) => {
    const images: ImageReference[] = [];
    for (const one of studies) images.push(...(await patiently(() => archive.images(one, signal))));
    // A server lists them in an order of its own: findings of one rank must not depend on it.
    return inOrder(images);
  };

  await step('checking');
  const job = jobIdentity(await exam(), pack);
  if (await patiently(() => archive.holds(job, signal)))
    return outcome({ outcome: 'there', images: 0, refused: 0, findings: 0, bytes: 0 });
  await step('listing');
  const images = await imagesOf(job.studies);
  if (images.length === 0) throw new StudyRefused('It has no mammogram.');
  if (images.length > MOST_IMAGES)
    throw new StudyRefused(`It has ${images.length} images, more than ${MOST_IMAGES}.`);

  await step('fetching');
  await scorer.begin(job);
  let bytes = 0;
  for (const image of images) {
    if ((image.frames ?? 1) > 1) {
      await scorer.refuse(image);
      continue;
    }
    const file = await patiently(() => archive.fetch(image, signal));
    bytes += file.length;
    await scorer.look(image, file as Uint8Array<ArrayBuffer>);
  }
  await step('scoring');
  const { report, studyInstanceUid, ...counts } = await scorer.finish();
  await step('confirming');
  const now = await imagesOf(await exam());
  if (keyOf(now) !== keyOf(images))
    throw new StudyFailure('Its images changed while they were scored.');
  await step('storing');
  const { seriesInstanceUid, sopInstanceUid } = job;
  await patiently(async () => {
    if (await archive.holds(job, signal)) return;
    await archive.store(
      { studyInstanceUid, seriesInstanceUid, sopInstanceUid, bytes: report },
      signal,
    );
  });
  const { images: seen, refused, findings } = counts;
  return outcome({ outcome: 'stored', images: seen, refused, findings, bytes });
};

/** The handler of a worker: each study at hand has a process of its own, which the next one takes over. */
export const createHandler = (
  setting: StudySetting,
  newScorer: () => Scorer,
): { readonly handle: Handler; readonly end: () => void } => {
  const idle: Scorer[] = [];
  const all = new Set<Scorer>();
  return {
    handle: async (task) => {
      const scorer = idle.pop() ?? newScorer();
      all.add(scorer);
      // A study that is given up must not keep the process at work for it.
      const stop = () => scorer.end();
      task.signal.addEventListener('abort', stop, { once: true });
      try {
        return await runStudy(setting, scorer, task);
      } finally {
        task.signal.removeEventListener('abort', stop);
        idle.push(scorer);
      }
    },
    end: () => all.forEach((scorer) => scorer.end()),
  };
};
