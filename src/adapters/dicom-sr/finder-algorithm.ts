import type { CaseReport } from '../../core/report/case-report.ts';
import { FINDER_LIMITS, type ReportSecondLook } from '../../core/report/report-second-look.ts';
import { C } from './concepts.ts';
import { text, type ContentItem } from './content.ts';

/** TID 4019 "Algorithm Identification" of the finder, with what it looks for and how it was set. */
export const finderAlgorithm = (
  { program, use }: CaseReport,
  { finder, marksPerImage }: ReportSecondLook,
): ContentItem[] => [
  text(C.algorithmName, `${finder.name}, finder`),
  text(C.algorithmVersion, finder.version),
  ...[
    `${program.name} ${program.version}, ${use}`,
    `model pack ${finder.id} ${finder.version}, SHA-256 of its manifest ${finder.sha256}`,
    FINDER_LIMITS,
    `operating point: ${marksPerImage} marks an image without a lesion`,
    'shown after the reader had said that the own look was done',
  ].map((parameter) => text(C.algorithmParameters, parameter)),
];
