import type { Code } from '../../core/dicom/codes.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import {
  looseFindings,
  type ReportFinding,
  type ReportSecondLook,
} from '../../core/report/report-second-look.ts';
import { findingText } from './finding-text.ts';
import { geometry, type LibraryPath } from './cad-findings.ts';
import { PERCENT } from './codes.ts';
import { C, V } from './concepts.ts';
import { as, code, container, num, text, type ContentItem } from './content.ts';
import { finderAlgorithm } from './finder-algorithm.ts';

/**
 * CID 6034: what the reader dismissed is kept and not drawn; what is unanswered may be drawn. Lesions
 * of the reader alone are required to be, and so are told apart.
 */
const intentOf = ({ answer }: ReportFinding): ContentItem[] => {
  const value: Code = answer === 'dismissed' ? V.notForPresentation : V.presentationOptional;
  return as('HAS CONCEPT MOD', code(C.renderingIntent, value));
};

/** A certainty of the finding (TID 4006 row 6, TID 4005 row 4): it is no probability of cancer. */
const certainty = (concept: Code, mass: number): ContentItem[] =>
  as('HAS PROPERTIES', num(concept, mass * 100, PERCENT));

/** TID 4006 "Mammography CAD Single Image Finding". */
const singleImageFinding = (
  report: CaseReport,
  look: ReportSecondLook,
  finding: ReportFinding,
  mark: ReportFinding['marks'][number],
  path: LibraryPath,
): ContentItem =>
  code(C.singleImageFinding, V.density, [
    ...intentOf(finding),
    ...as('HAS PROPERTIES', ...finderAlgorithm(report, look)),
    ...certainty(C.certaintyOfFinding, mark.mass),
    ...as('HAS PROPERTIES', ...geometry(mark, path)),
  ]);

/** One view alone is its finding; several are joined by a composite feature (TID 4004). */
const feature = (
  report: CaseReport,
  look: ReportSecondLook,
  finding: ReportFinding,
  path: LibraryPath,
): ContentItem => {
  const views = finding.marks.map((mark) => singleImageFinding(report, look, finding, mark, path));
  const [alone] = views;
  if (alone && views.length === 1) return alone;
  return code(C.compositeFeature, V.mass, [
    ...intentOf(finding),
    ...as(
      'HAS PROPERTIES',
      code(C.compositeType, V.relatedSpatially),
      code(C.scopeOfFeature, V.onMultipleImages),
      ...finderAlgorithm(report, look),
    ),
    ...certainty(C.certaintyOfFeature, finding.mass),
    ...as('INFERRED FROM', ...views),
  ]);
};

/** TID 4003 of each finding that is no lesion of the reader. */
export const findingImpressions = (report: CaseReport, path: LibraryPath): ContentItem[] =>
  looseFindings(report).map(({ look, finding }) =>
    container(C.individualImpression, [
      ...intentOf(finding),
      // As in the impression of a lesion: CONTAINS, which is all that the IOD allows a container.
      ...as(
        'CONTAINS',
        text(C.impressionDescription, findingText({ look, finding })),
        ...finderAlgorithm(report, look),
        feature(report, look, finding, path),
      ),
    ]),
  );
