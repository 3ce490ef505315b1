import { useStore } from 'zustand';
import { atPrevalence } from '../core/classifier/calibration.ts';
import type { LikelihoodEstimate } from '../core/lesion/types.ts';
import type { Likelihood } from '../core/units/units.ts';
import { useServices } from './services.tsx';

export interface AssumedPrevalence {
  /** What likelihoods are shown at. */
  readonly assumed: number;
  /** Of the data that the calibration was fitted on. */
  readonly training: number;
  /** A likelihood at training prevalence as it is shown. */
  readonly shift: (likelihood: Likelihood) => Likelihood;
  /** The same of a likelihood with its interval. */
  readonly shiftAll: (estimate: LikelihoodEstimate) => LikelihoodEstimate;
}

/** The prevalence that every likelihood on screen holds at: the reader's, else the pack's own. */
export const useAssumedPrevalence = (): AssumedPrevalence => {
  const { settings, manifest } = useServices();
  const chosen = useStore(settings, (s) => s.assumedPrevalence);
  const training = manifest?.prevalence.training ?? 0.5;
  const assumed = chosen ?? manifest?.prevalence.assumed ?? training;
  const shift: AssumedPrevalence['shift'] = (p) => atPrevalence(p, training, assumed);
  const shiftAll: AssumedPrevalence['shiftAll'] = ({ value, low, high }) => ({
    value: shift(value),
    low: shift(low),
    high: shift(high),
  });
  return { assumed, training, shift, shiftAll };
};
