import { DESCRIBED_FEATURES } from '../../src/core/features/analytic/described.ts';
import type { ReferenceFile } from '../../src/core/pack/reference-file.ts';
import { atSensitivity, atSpecificity } from '../../src/core/stats/roc.ts';
import { PACK_SCHEMA_VERSION } from '../../src/core/units/schema-version.ts';
import { answerOf, type Answer } from '../cv/answers.ts';
import type { Judged, LesionCase } from './cases.ts';
import type { MeasuredArm } from './measured-arm.ts';

const operatingPoints = (lesions: readonly LesionCase[], answers: readonly Answer[]) => {
  const scored = {
    scores: answers.map((a) => a.likelihood),
    malignant: lesions.map((l) => l.malignant),
  };
  return [
    { name: '90 % sensitivity', point: atSensitivity(scored, 0.9) },
    { name: '80 % specificity', point: atSpecificity(scored, 0.8) },
    { name: '90 % specificity', point: atSpecificity(scored, 0.9) },
  ].map(({ name, point: { threshold, sensitivity, specificity } }) => ({
    name,
    likelihood: Math.min(Math.max(threshold, 0), 1),
    sensitivity,
    specificity,
  }));
};

/** The lesions' out-of-fold scores, answered by the calibrations that ship. */
export const referenceFile = (
  { lesions, calibrations }: Judged,
  measured: MeasuredArm | undefined,
): ReferenceFile => {
  const answers = lesions.map((lesion) => answerOf(calibrations.lesion, lesion));
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    lesions: lesions.map(({ malignant, views, cnn, analytic, margins, shape, lesion }, i) => {
      const answer = answers[i] as Answer;
      const described = measured?.described.get(lesion);
      return {
        pathology: malignant ? 'malignant' : 'benign',
        views,
        cnn: { score: cnn, likelihood: answer.cnn },
        ...(analytic !== undefined && answer.analytic !== undefined
          ? { analytic: { score: analytic, likelihood: answer.analytic } }
          : {}),
        likelihood: answer.likelihood,
        ...(described ? { described } : {}),
        ...(margins ? { margins } : {}),
        ...(shape ? { shape } : {}),
      };
    }),
    ...(measured ? { described: DESCRIBED_FEATURES.map((f) => f.name) } : {}),
    operatingPoints: operatingPoints(lesions, answers),
  };
};
