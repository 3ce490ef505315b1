import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import {
  looseFindings,
  type ReportFinding,
  type ReportSecondLook,
} from '../../core/report/report-second-look.ts';
import { findingText } from './finding-text.ts';
import { trackingUid } from '../../core/report/uid.ts';
import { local, PERCENT } from './codes.ts';
import { C, V } from './concepts.ts';
import {
  as,
  code,
  container,
  image,
  num,
  scoord,
  text,
  uidref,
  type ContentItem,
} from './content.ts';
import { finderAlgorithm } from './finder-algorithm.ts';
import { boxPolygon } from './mark-shape.ts';
import { findingSite, locationItems } from './measurement-group.ts';

const ANSWERS = {
  open: local('OPEN', 'Not answered by the reader'),
  dismissed: local('DISMISSED', 'Dismissed by the reader'),
} as const;

/** TID 1410 "Planar ROI Measurements and Qualitative Evaluations": one view of a finding that is no lesion. */
const findingGroup = (
  report: CaseReport,
  look: ReportSecondLook,
  finding: ReportFinding,
  mark: ReportFinding['marks'][number],
  on: ReportImage,
): ContentItem =>
  container(C.measurementGroup, [
    ...as(
      'HAS OBS CONTEXT',
      text(C.trackingIdentifier, `Second look, finding ${finding.rank} (${report.use})`),
      uidref(C.trackingUniqueIdentifier, trackingUid(finding.id)),
    ),
    ...as('CONTAINS', code(C.finding, V.mass)),
    ...as('HAS CONCEPT MOD', ...finderAlgorithm(report, look), findingSite(on)),
    ...as(
      'CONTAINS',
      scoord(C.imageRegion, 'POLYLINE', boxPolygon(mark.box), image(on)),
      num(C.massProbability, mark.mass * 100, PERCENT),
      code(C.readersAnswer, finding.answer === 'dismissed' ? ANSWERS.dismissed : ANSWERS.open),
      ...locationItems(finding),
      text(C.impression, findingText({ look, finding })),
    ),
  ]);

/** The groups of all findings that are no lesions of the reader. */
export const findingGroups = (report: CaseReport): ContentItem[] =>
  looseFindings(report).flatMap(({ look, finding }) =>
    finding.marks.flatMap((mark) => {
      const on = report.images.find((entry) => entry.sopInstanceUid === mark.sopInstanceUid);
      return on ? [findingGroup(report, look, finding, mark, on)] : [];
    }),
  );
