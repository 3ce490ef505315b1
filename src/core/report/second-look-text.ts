import { FINDER_LIMITS, type ReportFinding, type ReportSecondLook } from './report-second-look.ts';

const percent = (p: number): string => `${(p * 100).toFixed(1)} %`;

/** What the number of the finder is, for it must not be read as a likelihood of malignancy. */
export const massText = (mass: number): string =>
  `probability of a mass, as among the archive's films, ${percent(mass)}; not a likelihood of malignancy`;

const answerText = ({ answer, reason, at = '' }: ReportFinding): string => {
  switch (answer) {
    case 'accepted':
      return `Accepted by the reader as a lesion, ${at}.`;
    case 'agrees':
      return 'The reader had marked it before the second look.';
    case 'dismissed':
      return `Dismissed by the reader${reason ? ` (${reason.text})` : ''}, ${at}. Not a lesion of the reader.`;
    default:
      return 'Not answered by the reader. Not a lesion of the reader.';
  }
};

/** What the second look says of one finding, in English. */
export const findingText = (look: ReportSecondLook, finding: ReportFinding): string =>
  [
    `Second look, finding ${finding.number}, by the finder of ${look.finder.name} ${look.finder.version}: ${massText(finding.mass)}.`,
    answerText(finding),
    `The reader's own look was done by ${look.doneAt}.`,
    FINDER_LIMITS,
  ].join(' ');
