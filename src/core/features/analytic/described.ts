import { message, type Message } from '../../message/message.ts';
import { ANALYTIC_FEATURES } from './schema.ts';
import type { FeatureDefinition } from './definition.ts';

/** The features that a reader knows by name, in the order of the table on screen. */
export const DESCRIBED_NAMES = [
  'shape.diameter',
  'shape.circularity',
  'shape.irregularity',
  'shape.elongation',
  'shape.convexity',
  'margin.sharpness',
  'margin.variance',
  'fwhm.margin.coarse',
  'fwhm.surround.coarse',
  'radialGradient.margin.coarse',
  'density.mean',
  'density.contrast',
  'texture.sd',
  'haralick.lesion.entropy',
] as const;

export interface DescribedFeature extends Pick<FeatureDefinition, 'name' | 'unit'> {
  /** Place in ANALYTIC_FEATURES. */
  readonly index: number;
  /** What it is called, and what a lesion with little and with much of it is. */
  readonly label: Message;
  readonly less: Message;
  readonly more: Message;
}

/** What is shown of a lesion beside the reference lesions, and compared to find its neighbours. */
export const DESCRIBED_FEATURES: readonly DescribedFeature[] = DESCRIBED_NAMES.map((name) => {
  const index = ANALYTIC_FEATURES.findIndex((feature) => feature.name === name);
  const unit = ANALYTIC_FEATURES[index]?.unit;
  if (unit === undefined) throw new Error(`there is no analytic feature ${name}`);
  const [label, less, more] = [
    message(`feature.${name}`),
    message(`feature.${name}.less`),
    message(`feature.${name}.more`),
  ];
  return { name, unit, index, label, less, more };
});

/** The described features of one view, out of a vector of all ANALYTIC_FEATURES. */
export const describedIn = (vector: ArrayLike<number>): Float32Array =>
  Float32Array.from(DESCRIBED_FEATURES, ({ index }) => vector[index] as number);

/** The described features of a lesion: the mean over its views, each in the order of DESCRIBED_FEATURES. */
export const describeLesion = (views: readonly ArrayLike<number>[]): number[] =>
  DESCRIBED_FEATURES.map(
    (_, i) => views.reduce((sum, view) => sum + (view[i] as number), 0) / views.length,
  );
