import type { Message } from '../../core/message/message.ts';
import { err, type Result } from '../../core/message/result.ts';
import type { CaseReport, ReportImage, ReportStudy } from '../../core/report/case-report.ts';
import { studiesSpokenOf } from '../../core/report/said-beside.ts';
import { looseFindings } from '../../core/report/report-second-look.ts';
import { LATERALITIES, PIXELS } from './codes.ts';
import { C, V } from './concepts.ts';
import { as, code, container, image, num, type ContentItem } from './content.ts';
import {
  lateralityItems,
  orientationItems,
  spacingItems,
  timeItems,
  viewItems,
} from './image-context.ts';
import { findingGroups } from './finding-group.ts';
import { measurementGroup } from './measurement-group.ts';
import { byProgram } from './observer.ts';
import { examItems, measurementItems } from './reader-words.ts';
import {
  NOTHING_TO_REPORT,
  writeSr,
  type DicomObject,
  type ExportPorts,
  type SrKind,
} from './sr-document.ts';

export const MEASUREMENT_REPORT: SrKind = {
  stem: 'measurement-report',
  /** Comprehensive SR Storage: enough for planar coordinates, and more widely accepted than 3D. */
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.33',
  template: '1500',
  seriesNumber: 9902,
  seriesDescription: 'Lesion measurements, research use only',
};

/** TID 1601 with the descriptors of TID 1602 and 1603. */
const libraryEntry = (report: CaseReport, entry: ReportImage): ContentItem =>
  image(
    entry,
    as(
      'HAS ACQ CONTEXT',
      code(C.modality, V.modalityMg),
      code(C.targetRegion, V.breast),
      ...lateralityItems(entry, LATERALITIES),
      ...timeItems(entry, report),
      num(C.pixelRows, entry.rows, PIXELS),
      num(C.pixelColumns, entry.columns, PIXELS),
      ...viewItems(entry),
      ...orientationItems(entry),
      ...spacingItems(entry),
    ),
  );

/** TID 1600 "Image Library". */
const imageLibrary = (report: CaseReport): ContentItem =>
  container(
    C.imageLibrary,
    as(
      'CONTAINS',
      container(
        C.libraryGroup,
        as('CONTAINS', ...report.images.map((entry) => libraryEntry(report, entry))),
      ),
    ),
  );

const measurementGroups = (report: CaseReport): ContentItem[] =>
  report.lesions.flatMap((lesion) =>
    lesion.marks.flatMap((mark) => {
      const on = report.images.find((entry) => entry.sopInstanceUid === mark.sopInstanceUid);
      return on ? [measurementGroup(report, lesion, mark, on)] : [];
    }),
  );

/** TID 1500 "Measurement Report". */
const measurementTree = (report: CaseReport, study: ReportStudy): ContentItem =>
  container(C.measurementReport, [
    ...as('HAS CONCEPT MOD', code(C.language, V.english)),
    ...byProgram(report),
    ...as('HAS CONCEPT MOD', code(C.procedureReported, V.mammography)),
    ...as(
      'CONTAINS',
      imageLibrary(report),
      container(
        C.imagingMeasurements,
        as(
          'CONTAINS',
          ...measurementGroups(report),
          ...findingGroups(report),
          ...measurementItems(report),
        ),
      ),
      ...examItems(report, study),
    ),
  ]);

/**
 * The marks and numbers as a TID 1500 report, which general viewers read: one measurement group a
 * lesion-view, the groups of one lesion tied by their tracking UID, and one a view of each finding of
 * the second look that is no lesion; beside them measurements and what was said of the exam, lesion or
 * not. Fails where there is nothing of all that.
 */
export const writeMeasurementReport = (
  report: CaseReport,
  ports: ExportPorts,
): Result<DicomObject, Message> =>
  report.lesions.length === 0 &&
  looseFindings(report).length === 0 &&
  studiesSpokenOf(report).length === 0
    ? err(NOTHING_TO_REPORT)
    : writeSr(MEASUREMENT_REPORT, report, (study) => measurementTree(report, study), ports);
