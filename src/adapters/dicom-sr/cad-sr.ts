import type { Message } from '../../core/message/message.ts';
import { err, type Result } from '../../core/message/result.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { individualImpression, type LibraryPath } from './cad-findings.ts';
import { findingImpressions } from './cad-second-look.ts';
import { overallSummary, summaries } from './cad-summary.ts';
import { SIDES } from './codes.ts';
import { C, V } from './concepts.ts';
import { as, code, container, image, type ContentItem } from './content.ts';
import {
  lateralityItems,
  orientationItems,
  spacingItems,
  timeItems,
  viewItems,
} from './image-context.ts';
import {
  NOTHING_TO_REPORT,
  writeSr,
  type DicomObject,
  type ExportPorts,
  type SrKind,
} from './sr-document.ts';

export const CAD_SR: SrKind = {
  stem: 'cad-sr',
  /** Mammography CAD SR Storage, PS3.4 B.5. */
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.50',
  template: '4000',
  seriesNumber: 9901,
  seriesDescription: 'Mammography CAD, research use only',
};

/** The library is the second child of the root; see the order in `cadTree`. */
const LIBRARY_PATH = [1, 2] as const;

/** TID 4020 "CAD Image Library Entry". */
const libraryEntries = (report: CaseReport): ContentItem[] =>
  report.images.map((entry) =>
    image(
      entry,
      as(
        'HAS ACQ CONTEXT',
        ...lateralityItems(entry, SIDES),
        ...viewItems(entry),
        ...orientationItems(entry),
        ...timeItems(entry, report),
        ...spacingItems(entry),
      ),
    ),
  );

const libraryPath = (report: CaseReport): LibraryPath => {
  const positions = new Map(report.images.map((entry, i) => [entry.sopInstanceUid, i + 1]));
  return (uid) => {
    const position = positions.get(uid);
    if (position === undefined) throw new Error(`image ${uid} is not in the report`);
    return [...LIBRARY_PATH, position];
  };
};

/** TID 4000 "Mammography CAD Document Root". */
const cadTree = (report: CaseReport): ContentItem => {
  const path = libraryPath(report);
  const findings = code(
    C.findingsSummary,
    overallSummary(report),
    as(
      'INFERRED FROM',
      ...report.lesions.map((lesion) => individualImpression(report, lesion, path)),
      ...findingImpressions(report, path),
    ),
  );
  return container(C.cadReport, [
    ...as('HAS CONCEPT MOD', code(C.language, V.english)),
    ...as(
      'CONTAINS',
      container(C.imageLibrary, as('CONTAINS', ...libraryEntries(report))),
      findings,
      ...summaries(report, path),
    ),
  ]);
};

/** Without a lesion there is something to say only where an earlier report had some, or the finder looked. */
const saysNothing = ({ lesions, predecessors = [], secondLooks = [] }: CaseReport): boolean =>
  lesions.length === 0 && predecessors.length === 0 && secondLooks.length === 0;

/**
 * A Mammography CAD SR: one composite feature a lesion, one single image finding a view. Numbers are
 * at the assumed prevalence, as on screen. What the second look found beside them follows, as optional
 * or not for presentation. Fails where no lesion is marked, none was in a report in whose place it
 * stands, and the reader has asked for no second look.
 */
export const writeCadSr = (report: CaseReport, ports: ExportPorts): Result<DicomObject, Message> =>
  saysNothing(report)
    ? err(NOTHING_TO_REPORT)
    : writeSr(CAD_SR, report, () => cadTree(report), ports);
