import type { CaseReport } from '../../core/report/case-report.ts';
import type { ReportScore } from '../../core/report/report-lesion.ts';
import { C } from './concepts.ts';
import { text, type ContentItem } from './content.ts';

const operatingPoint = ({ operatingPoint: point }: ReportScore): string[] =>
  point
    ? [
        `operating point: ${point.name}; likelihood threshold ${point.likelihood} at the training prevalence; sensitivity ${point.sensitivity}, specificity ${point.specificity} on the reference lesions`,
      ]
    : [];

const scoreParameters = (score: ReportScore): string[] => [
  `assumed prevalence of malignancy: ${score.assumedPrevalence}`,
  `prevalence in the training data: ${score.trainingPrevalence}`,
  ...(score.siteCalibration
    ? [
        `site calibration "${score.siteCalibration.name}": ${score.siteCalibration.lesions} lesions, prevalence ${score.siteCalibration.prevalence}, Platt a ${score.siteCalibration.calibration.a}, b ${score.siteCalibration.calibration.b} on the logit of the fused likelihood`,
      ]
    : []),
  'views fused by their mean decision value, arms by their mean likelihood',
  ...operatingPoint(score),
  ...(score.engine ? [`computed with ${score.engine}`] : []),
];

const packParameters = ({ pack }: CaseReport): string[] =>
  pack ? [`model pack ${pack.id} ${pack.version}, SHA-256 of its manifest ${pack.sha256}`] : [];

/**
 * TID 4019 "Algorithm Identification": the model pack, or the program itself where nothing was
 * scored. The operating point and the prevalence are parameters of the algorithm (row 3); the CAD
 * Operating Point of TID 4006 is for marks that a workstation may hide, which ours are not.
 */
export const algorithm = (report: CaseReport, score?: ReportScore): ContentItem[] => {
  const { pack, program } = report;
  const parameters = [
    `${program.name} ${program.version}, ${report.use}`,
    ...packParameters(report),
    ...(score ? scoreParameters(score) : []),
  ];
  return [
    text(C.algorithmName, pack?.name || program.name),
    text(C.algorithmVersion, pack?.version || program.version),
    ...parameters.map((parameter) => text(C.algorithmParameters, parameter)),
  ];
};
