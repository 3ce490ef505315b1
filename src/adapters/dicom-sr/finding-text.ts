import type { Found, ReportFinding } from '../../core/report/report-second-look.ts';
import { percent } from './impression-text.ts';

const answerText = ({ answer, reason, at = '' }: ReportFinding): string => {
  switch (answer) {
    case 'accepted':
      return `Accepted by the reader as a lesion, ${at}.`;
    case 'agrees':
      return 'Marked by the reader too.';
    case 'scored':
      return 'Scored by the program; no reader has seen it.';
    case 'dismissed':
      return `Dismissed by the reader (${reason?.text}), ${at}. Not a lesion of the reader.`;
    default:
      return 'Not answered by the reader. Not a lesion of the reader.';
  }
};

/** What the second look says of one finding, in English. */
export const findingText = ({ look, finding }: Found): string =>
  [
    `${look.unread ? 'Batch' : 'Second look'}, finding ${finding.rank}, by ${look.finder.name}: probability of a mass, as among the archive's films, ${percent(finding.mass)}; not a likelihood of malignancy.`,
    answerText(finding),
    ...(look.unread ? [] : [`The reader's own look was done at ${look.doneAt}.`]),
    ...look.notes,
  ].join(' ');
