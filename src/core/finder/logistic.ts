import { exponential, logarithm } from '../units/portable-math.ts';

/** A logistic model of named cues: probability = 1 / (1 + exp(-(bias + sum of weight * (cue - mean) / scale))). */
export interface LogisticModel {
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

export const logit = (p: number): number => {
  const clamped = Math.min(Math.max(p, 1e-6), 1 - 1e-6);
  return logarithm(clamped / (1 - clamped));
};

/** Probability in (0, 1) for cues by name. A cue that the model names must be there. */
export const probability = (
  { names, mean, scale, weights, bias }: LogisticModel,
  cues: Readonly<Record<string, number>>,
): number => {
  const sum = names.reduce((total, name, i) => {
    const cue = cues[name];
    if (cue === undefined) throw new Error(`there is no cue ${name}`);
    return total + ((weights[i] as number) * (cue - (mean[i] as number))) / (scale[i] as number);
  }, bias);
  return 1 / (1 + exponential(-sum));
};
