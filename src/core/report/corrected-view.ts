import type { ReportImage } from './case-report.ts';

/** How `viewInFile` writes that neither side nor view is known. */
const UNKNOWN = '??';

/** What the reader said of side and view against the file. */
export interface Correction {
  readonly what: 'both' | 'side' | 'view';
  /** As corrected: "RCC". */
  readonly view: string;
  /** The file's own words; undefined where it says nothing. */
  readonly file: string | undefined;
}

/** What the reader set of an image's side and view; undefined where both are the file's own. */
export const correctionOf = (image: ReportImage | undefined): Correction | undefined => {
  if (!image) return undefined;
  const { lateralitySource, viewSource, laterality = '?', view = '?', viewInFile = '' } = image;
  if (lateralitySource !== 'reader' && viewSource !== 'reader') return undefined;
  return {
    what: lateralitySource !== 'reader' ? 'view' : viewSource === 'reader' ? 'both' : 'side',
    view: laterality + view,
    file: viewInFile === UNKNOWN ? undefined : viewInFile || undefined,
  };
};
