import { useStore } from 'zustand';
import {
  type AppliedSiteCalibration,
  appliedTo,
  restated,
} from '../core/classifier/site-calibration.ts';
import type { LikelihoodEstimate } from '../core/lesion/types.ts';
import type { Likelihood } from '../core/units/units.ts';
import { useServices } from './services.tsx';

export interface AssumedPrevalence {
  /** What likelihoods are shown at. */
  readonly assumed: number;
  /** Of the data that the pack was calibrated on. */
  readonly training: number;
  /** The site's own calibration of the pack in use, where the reader loaded one. */
  readonly site: AppliedSiteCalibration | undefined;
  /** A fused likelihood of a lesion, at the training prevalence, as it is shown. */
  readonly shift: (likelihood: Likelihood) => Likelihood;
  /** The same of a likelihood with its interval. */
  readonly shiftAll: (estimate: LikelihoodEstimate) => LikelihoodEstimate;
  /** The likelihood of a single view as it is shown: a site's calibration is of lesions alone. */
  readonly shiftView: (likelihood: Likelihood) => Likelihood;
}

/** The prevalence that every likelihood on screen holds at: the reader's, else the pack's own. */
export const useAssumedPrevalence = (): AssumedPrevalence => {
  const { settings, manifest, packSha256 } = useServices();
  const chosen = useStore(settings, (s) => s.assumedPrevalence);
  const site = appliedTo(
    useStore(settings, (s) => s.siteCalibration),
    packSha256,
  );
  const training = manifest?.prevalence.training ?? 0.5;
  const assumed = chosen ?? manifest?.prevalence.assumed ?? training;
  const shift: AssumedPrevalence['shift'] = (p) => restated(p, { training, assumed, site });
  const shiftView: AssumedPrevalence['shiftView'] = (p) => restated(p, { training, assumed });
  const shiftAll: AssumedPrevalence['shiftAll'] = ({ value, low, high }) => ({
    value: shift(value),
    low: shift(low),
    high: shift(high),
  });
  return { assumed, training, site, shift, shiftAll, shiftView };
};
