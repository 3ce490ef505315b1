import type { CaseReport, ReportStudy } from '../../core/report/case-report.ts';
import { groupBy } from '../../core/units/group-by.ts';
import { newestFirst } from '../../core/report/newest-exam.ts';
import { studiesSpokenOf } from '../../core/report/said-beside.ts';
import { imageReference } from './content.ts';
import type { Attributes } from './data-set.ts';

type Referenced = NonNullable<CaseReport['predecessors']>[number];

/** Hierarchical SOP Instance Reference macro (PS3.3 C.17.2.1) of objects of one study. */
export const studyReference = (images: readonly Referenced[]): Attributes => ({
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

const SR_CLASSES = '1.2.840.10008.5.1.4.1.1.88.';
/** Key Object Selection Document Storage, PS3.4 B.5. */
export const KEY_OBJECT_SELECTION = `${SR_CLASSES}59`;

/**
 * The documents whose content is in this one (PS3.3 C.17.2): reports only. A presentation state is no
 * document, and no report's tree has what a key object selection says. Those are named in the private block.
 */
export const predecessors = ({ predecessors: all = [] }: CaseReport): Attributes => {
  const documents = all.filter(
    ({ sopClassUid }) => sopClassUid.startsWith(SR_CLASSES) && sopClassUid !== KEY_OBJECT_SELECTION,
  );
  return documents.length === 0
    ? {}
    : {
        PredecessorDocumentsSequence: groupBy(documents, (d) => d.studyInstanceUid).map(
          studyReference,
        ),
      };
};

const newest = (studies: readonly ReportStudy[]): ReportStudy | undefined =>
  newestFirst(studies)[0];

/**
 * The study that a report on lesions belongs to: the newest that has a mark or that the finder looked
 * at. Where all marks were deleted, the one of the reports in whose place it stands; else the newest of
 * which the reader said anything.
 */
export const mainStudy = (report: CaseReport): ReportStudy | undefined => {
  const { studies, images, lesions, secondLooks = [] } = report;
  const looked = secondLooks.flatMap((look) => look.studyInstanceUids);
  if (lesions.length === 0 && looked.length === 0) {
    const replaced = new Set(report.predecessors?.map((d) => d.studyInstanceUid));
    return (
      newest(studies.filter((study) => replaced.has(study.studyInstanceUid))) ??
      newest(studiesSpokenOf(report))
    );
  }
  const marked = new Set(lesions.flatMap((l) => l.marks.map((mark) => mark.sopInstanceUid)));
  const withMarks = new Set([
    ...images.filter((i) => marked.has(i.sopInstanceUid)).map((i) => i.studyInstanceUid),
    ...looked,
  ]);
  return newest(studies.filter((study) => withMarks.has(study.studyInstanceUid)));
};
