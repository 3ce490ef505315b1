import type { CaseReport, ReportStudy } from './case-report.ts';
import type { ReportLesion } from './report-lesion.ts';

export const newestFirst = (studies: readonly ReportStudy[]): ReportStudy[] =>
  studies.toSorted((a, b) => (b.date + b.time).localeCompare(a.date + a.time));

/** What holds the studies of one exam together: the day, or each study by itself where it has none. */
const keyOf = ({ date, studyInstanceUid }: ReportStudy): string => date || studyInstanceUid;

/** The studies of the newest exam of a report, which the page calls the current one; the newest first. */
export const newestExam = ({ studies }: CaseReport): readonly ReportStudy[] => {
  const [newest, ...others] = newestFirst(studies);
  if (!newest) return [];
  return [newest, ...others.filter((study) => keyOf(study) === keyOf(newest))];
};

/** The study that a lesion is of, where that belongs to another exam than the newest. */
export const otherStudyOf = (
  report: CaseReport,
  { marks }: ReportLesion,
): ReportStudy | undefined => {
  const on = report.images.find((image) => image.sopInstanceUid === marks[0]?.sopInstanceUid);
  const study = report.studies.find((one) => one.studyInstanceUid === on?.studyInstanceUid);
  return study && newestExam(report).includes(study) ? undefined : study;
};
