import type { Case } from '../protocol/metrics.ts';

/**
 * The soft vote: the mean of both arms' likelihoods, case by case. Honest where each was calibrated
 * on the other folds (crossFittedLikelihoods).
 */
export const ensembleOf = (cnn: readonly Case[], analytic: readonly Case[]): Case[] =>
  cnn.map(({ patient, malignant, likelihood }, i) => {
    const mean = (likelihood + (analytic[i] as Case).likelihood) / 2;
    return { patient, malignant, score: mean, likelihood: mean };
  });
