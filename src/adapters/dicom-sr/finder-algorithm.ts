import type { CaseReport } from '../../core/report/case-report.ts';
import type { ReportSecondLook } from '../../core/report/report-second-look.ts';
import { C } from './concepts.ts';
import { text, type ContentItem } from './content.ts';

/** TID 4019 "Algorithm Identification" of the finder, with what it looks for and how it was set. */
export const finderAlgorithm = (
  { program, use }: CaseReport,
  { finder, falseMarks, notes, unread }: ReportSecondLook,
): ContentItem[] => [
  text(C.algorithmName, finder.name),
  text(C.algorithmVersion, finder.packVersion),
  ...[
    `${program.name} ${program.version}, ${use}`,
    `model pack ${finder.packId} ${finder.packVersion}, SHA-256 of its manifest ${finder.packSha256}`,
    `operating point: ${falseMarks} marks an image without a lesion`,
    unread
      ? 'run in batch: no reader has seen what it found'
      : 'shown after the reader had said that the own look was done',
    ...notes,
  ].map((parameter) => text(C.algorithmParameters, parameter)),
];
