import { expandArchives } from '../../adapters/archive/expand-archives.ts';
import type { FileEntry } from '../../adapters/dicom-io/intake/collect-entries.ts';
import type { OpeningProgress, StudiesStore } from '../../state/studies-store.ts';
import { takeOutReports } from '../reporting/exports-recognise.ts';

/** A disc's index is rare, so what reads it is loaded when one is there. */
const inDiscOrder = async (
  entries: readonly FileEntry[],
  studies: StudiesStore,
): Promise<readonly FileEntry[]> => {
  if (!entries.some(({ path }) => /(^|\/)dicomdir[^/]*$/i.test(path))) return entries;
  const { arrangeDisc } = await import('../../adapters/dicom-io/intake/arrange-disc.ts');
  const arranged = await arrangeDisc(entries);
  for (const problem of arranged.problems) studies.getState().addProblem(problem);
  return arranged.entries;
};

interface Gathering {
  readonly tell: (progress: OpeningProgress) => void;
  readonly signal: AbortSignal;
}

/** From what the reader picked to what is opened: archives unpacked, discs in order, reports apart. */
export const gatherFiles = async (
  picked: readonly FileEntry[],
  studies: StudiesStore,
  { tell, signal }: Gathering,
) => {
  tell({ done: 0, total: picked.length });
  const files = await expandArchives(picked, {
    signal,
    onProgress: (done, total) => tell({ done, total, unpacking: true }),
  });
  studies.getState().noteFiles([...picked, ...files].map(({ path }) => path));
  const entries = await inDiscOrder(files, studies);
  tell({ done: 0, total: entries.length });
  return takeOutReports(entries);
};
