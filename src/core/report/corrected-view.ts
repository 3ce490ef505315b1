import type { ReportImage } from './case-report.ts';

/** How `viewInFile` writes that neither side nor view is known. */
const UNKNOWN = '??';

const saidOf = ({ viewInFile = UNKNOWN }: ReportImage): string =>
  viewInFile === UNKNOWN || viewInFile === '' ? 'nothing' : viewInFile;

const whatOf = ({ lateralitySource, viewSource }: ReportImage): string => {
  if (lateralitySource === 'reader' && viewSource === 'reader') return 'Side and view';
  return lateralitySource === 'reader' ? 'Side' : 'View';
};

/**
 * "Side of RCC set by the reader; the file says LCC.", for reports; undefined where side and view are
 * the file's own.
 */
export const correctedText = (image: ReportImage | undefined): string | undefined =>
  image && [image.lateralitySource, image.viewSource].includes('reader')
    ? `${whatOf(image)} of ${image.laterality ?? '?'}${image.view ?? '?'} set by the reader; the file says ${saidOf(image)}.`
    : undefined;
