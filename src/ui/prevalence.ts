import { useStore } from 'zustand';
import { atPrevalence } from '../core/classifier/calibration.ts';
import type { Likelihood } from '../core/units/units.ts';
import { useServices } from './services.tsx';

export interface AssumedPrevalence {
  /** What likelihoods are shown at. */
  readonly assumed: number;
  /** Of the data that the calibration was fitted on. */
  readonly training: number;
  /** A likelihood at training prevalence as it is shown. */
  readonly shift: (likelihood: Likelihood) => Likelihood;
}

/** The prevalence that every likelihood on screen holds at: the reader's, else the pack's own. */
export const useAssumedPrevalence = (): AssumedPrevalence => {
  const { settings, manifest } = useServices();
  const chosen = useStore(settings, (s) => s.assumedPrevalence);
  const training = manifest?.prevalence.training ?? 0.5;
  const assumed = chosen ?? manifest?.prevalence.assumed ?? training;
  return { assumed, training, shift: (p) => atPrevalence(p, training, assumed) };
};
