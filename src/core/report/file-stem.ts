import { formatPersonName } from '../dicom/person-name.ts';
import type { CaseReport } from './case-report.ts';

/** Letters and digits of any script, joined by "_": what every file system takes. */
const plain = (text: string): string =>
  text.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');

/** Characters of a patient in a file name; some file systems take 255 bytes for the whole name. */
const LONGEST = 40;

/**
 * How the files of a report are called: patient and the date of the newest study,
 * "DOE_JANE_20260131"; 'tandem' for a report that names nobody (core/report/without-names).
 */
export const fileStem = ({ patient, studies }: CaseReport): string => {
  const who = plain(formatPersonName(patient.name)) || plain(patient.id);
  const newest = studies.map(({ date }) => date).sort();
  return who === '' ? 'tandem' : [who.slice(0, LONGEST), newest.at(-1)].filter(Boolean).join('_');
};
