import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import {
  looseFindings,
  type ReportFinding,
  type ReportSecondLook,
} from '../../core/report/report-second-look.ts';
import { findingText } from './finding-text.ts';
import { local, PERCENT } from './codes.ts';
import { C } from './concepts.ts';
import { code, num, text, type ContentItem } from './content.ts';
import { finderAlgorithm } from './finder-algorithm.ts';
import { boxPolygon } from './mark-shape.ts';
import { locationItems } from './measurement-group.ts';
import { byReader } from './observer.ts';
import { planarGroup } from './tracked-group.ts';

const OPEN = local('OPEN', 'Not answered by the reader');
const DISMISSED = local('DISMISSED', 'Dismissed by the reader');

const answerItem = ({ answer }: ReportFinding): ContentItem =>
  answer === 'dismissed'
    ? code(C.readersAnswer, DISMISSED, byReader())
    : code(C.readersAnswer, OPEN);

/** One view of a finding that is no lesion. */
const findingGroup = (
  report: CaseReport,
  look: ReportSecondLook,
  finding: ReportFinding,
  mark: ReportFinding['marks'][number],
  on: ReportImage,
): ContentItem =>
  planarGroup({
    name: `Second look, finding ${finding.rank} (${report.use})`,
    id: finding.id,
    algorithm: finderAlgorithm(report, look),
    on,
    outline: boxPolygon(mark.box),
    said: [
      num(C.massProbability, mark.mass * 100, PERCENT),
      answerItem(finding),
      ...locationItems(finding),
      text(C.impression, findingText({ look, finding })),
    ],
  });

/** The groups of all findings that are no lesions of the reader. */
export const findingGroups = (report: CaseReport): ContentItem[] =>
  looseFindings(report).flatMap(({ look, finding }) =>
    finding.marks.flatMap((mark) => {
      const on = report.images.find((entry) => entry.sopInstanceUid === mark.sopInstanceUid);
      return on ? [findingGroup(report, look, finding, mark, on)] : [];
    }),
  );
