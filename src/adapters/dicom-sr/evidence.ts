import type { CaseReport, ReportImage, ReportStudy } from '../../core/report/case-report.ts';
import { imageReference } from './content.ts';
import type { Attributes } from './data-set.ts';

/** Groups in the order in which their keys first come. */
export const groupBy = <T>(values: readonly T[], key: (value: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return [...groups.values()];
};

/** Hierarchical SOP Instance Reference macro (PS3.3 C.17.2.1) of the images of one study. */
const studyReference = (images: readonly ReportImage[]): Attributes => ({
  StudyInstanceUID: images[0]?.studyInstanceUid,
  ReferencedSeriesSequence: groupBy(images, (image) => image.seriesInstanceUid).map((series) => ({
    SeriesInstanceUID: series[0]?.seriesInstanceUid,
    ReferencedSOPSequence: series.map(imageReference),
  })),
});

/**
 * What the tree refers to (PS3.3 C.17.2): images of the object's own study as evidence of the
 * current procedure, priors as other pertinent evidence.
 */
export const evidence = ({ images }: CaseReport, study: ReportStudy): Attributes => {
  const own = images.filter((image) => image.studyInstanceUid === study.studyInstanceUid);
  const others = images.filter((image) => image.studyInstanceUid !== study.studyInstanceUid);
  return {
    ...(own.length > 0 && { CurrentRequestedProcedureEvidenceSequence: studyReference(own) }),
    ...(others.length > 0 && {
      PertinentOtherEvidenceSequence: groupBy(others, (i) => i.studyInstanceUid).map(
        studyReference,
      ),
    }),
  };
};

/** The study that a report on lesions belongs to: the newest that has a mark. */
export const mainStudy = ({ studies, images, lesions }: CaseReport): ReportStudy | undefined => {
  const marked = new Set(lesions.flatMap((l) => l.marks.map((mark) => mark.sopInstanceUid)));
  const withMarks = new Set(
    images.filter((i) => marked.has(i.sopInstanceUid)).map((i) => i.studyInstanceUid),
  );
  return studies
    .filter((study) => withMarks.has(study.studyInstanceUid))
    .sort((a, b) => (a.date + a.time < b.date + b.time ? 1 : -1))[0];
};
