import { openDicomWeb, type DicomWebOptions } from '../dicomweb-archive.ts';
import { jobIdentity } from '../job-identity.ts';

/** Objects of a study's job, their bytes, and the bytes of all that the archive answered for it. */
export interface BytesOfAJob {
  readonly images: number;
  readonly own: number;
  readonly fetched: number;
}

/** Asks an archive all that the job of a study asks (study.ts), the sending of its report aside. */
export const bytesOfAJob = async (
  where: Pick<DicomWebOptions, 'url' | 'credentials'>,
  study: string,
): Promise<BytesOfAJob> => {
  const more = { query: {}, silence: 30, connections: 1, bytesPerSecond: undefined };
  const archive = openDicomWeb({ ...where, ...more, leftOut: () => undefined });
  const { signal } = new AbortController();
  const list = async () => {
    const studies = await archive.exam(study, signal);
    const images = await Promise.all(studies.map((one) => archive.images(one, signal)));
    return { studies, images: images.flat() };
  };
  const { studies, images } = await list();
  const job = jobIdentity(studies, { id: 'another', version: '1' });
  const isThere = [await archive.holds(job, signal)];
  let own = 0;
  for (const image of images) own += (await archive.fetch(image, signal)).length;
  await list();
  isThere.push(await archive.holds(job, signal));
  if (isThere.some(Boolean)) throw new Error('a report is there that nobody wrote');
  return { images: images.length, own, fetched: archive.received() };
};
