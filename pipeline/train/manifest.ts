import { ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import { featureLength } from '../../src/core/features/pool-taps.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { PACK_SCHEMA_VERSION } from '../../src/core/units/schema-version.ts';
import { LIST } from '../analytic/final.ts';
import { ATTRIBUTION, INTENDED_USE, OUT_OF_SCOPE, TRAINING_DATA } from '../card/model-card.ts';
import type { Setting } from '../cv/search.ts';
import type { PatchRules } from '../features/patches.ts';
import { malignantShare, type Judged } from './cases.ts';
import type { Interval } from './interval.ts';
import type { TrainingFeatures } from './train-data.ts';

/** Of a pack with both arms, or with the CNN arm alone. */
export const makeManifest = (
  { id, version, name }: { id: string; version: string; name: string },
  rules: PatchRules,
  { description }: TrainingFeatures,
  { set }: Setting,
  hasAnalytic: boolean,
  { lesions, calibrations }: Judged,
  interval: Interval | undefined,
): Omit<PackManifest, 'files'> => {
  const lastMap = set.taps.findLastIndex((t) => t.shape[0] * t.shape[1] > 1);
  const training = malignantShare(lesions);
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    id,
    version,
    name,
    licence: 'Apache-2.0',
    attribution: ATTRIBUTION,
    working: rules.working,
    patch: rules.patch,
    backbone: {
      format: 'tfjs-graph-model',
      file: 'model.json',
      input: description.input,
      multiplyAdds: description.multiplyAdds,
      taps: [...set.taps],
      ...(lastMap >= 0 ? { activationTap: lastMap } : {}),
    },
    features: {
      cnn: { schemaId: `${id}-cnn-${version}`, length: featureLength(set.taps) },
      ...(hasAnalytic ? { analytic: { schemaId: ANALYTIC_SCHEMA_ID, names: [...LIST] } } : {}),
    },
    arms: hasAnalytic ? ['cnn', 'analytic'] : ['cnn'],
    fusion: {
      views: 'mean-score',
      arms: 'mean-likelihood',
      ...(calibrations.lesion.fused && calibrations.view.fused
        ? { calibration: { lesion: calibrations.lesion.fused, view: calibrations.view.fused } }
        : {}),
    },
    ...(interval
      ? {
          interval: {
            cnn: interval.cnn.spread,
            analytic: interval.analytic.spread,
            fused: interval.fused.spread,
          },
        }
      : {}),
    prevalence: { training, assumed: training },
    tolerance: { featureCosine: 0.999, score: 0.02, likelihood: 0.005 },
    trainingData: TRAINING_DATA,
    intendedUse: INTENDED_USE,
    outOfScope: OUT_OF_SCOPE,
  };
};
