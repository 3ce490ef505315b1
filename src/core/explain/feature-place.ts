import type { ReferenceFile } from '../pack/reference-file.ts';
import { quantile } from '../stats/bootstrap.ts';

type Reference = Pick<ReferenceFile, 'lesions'>;
type Outcome = ReferenceFile['lesions'][number]['pathology'];

/** Where a lesion stands in one described feature among the reference lesions of either outcome. */
export interface FeaturePlace {
  /** Place among the described features. */
  readonly feature: number;
  readonly value: number;
  /** The axis: the 2nd to the 98th percentile of all reference lesions. */
  readonly low: number;
  readonly high: number;
  /** Share of each outcome's lesions in equal bins of the axis; those beyond it count in the last. */
  readonly shares: Readonly<Record<Outcome, readonly number[]>>;
  /** Share of each outcome's lesions that lie lower. */
  readonly below: Readonly<Record<Outcome, number>>;
  /**
   * Likelihood ratio of the value alone: how many times as frequent it is among malignant as among
   * benign lesions, told from the reference lesions nearest to it.
   */
  readonly ratio: number;
}

const BINS = 24;
/** Lesions around a value that its ratio is told from: enough that chance makes no more than 1.5. */
const NEAR = 100;

/** Half a lesion is added to each side, so that none gives no infinite ratio. */
const ratioAt = (
  value: number,
  values: Readonly<Record<Outcome, readonly number[]>>,
  near: number,
): number => {
  const all = (['benign', 'malignant'] as const).flatMap((outcome) =>
    values[outcome].map((v) => ({ outcome, away: Math.abs(v - value) })),
  );
  const nearest = all.sort((a, b) => a.away - b.away).slice(0, near);
  const share = (outcome: Outcome) =>
    (nearest.filter((one) => one.outcome === outcome).length + 0.5) /
    (values[outcome].length + 0.5);
  return share('malignant') / share('benign');
};

const placeOf = (lesions: Reference['lesions'], feature: number, value: number): FeaturePlace => {
  const of = (outcome: Outcome) =>
    lesions.flatMap((l) => (l.pathology === outcome ? [l.described?.[feature] as number] : []));
  const values = { benign: of('benign'), malignant: of('malignant') };
  const sorted = [...values.benign, ...values.malignant].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.02), quantile(sorted, 0.98)];
  const binOf = (v: number): number =>
    high > low ? Math.floor(((v - low) / (high - low)) * BINS) : 0;
  const shares = (own: readonly number[]): readonly number[] => {
    const counts = new Array<number>(BINS).fill(0);
    for (const v of own) {
      const bin = Math.min(Math.max(binOf(v), 0), BINS - 1);
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts.map((count) => count / Math.max(1, own.length));
  };
  const below = (own: readonly number[]): number =>
    own.filter((v) => v < value).length / Math.max(1, own.length);
  return {
    feature,
    value,
    low,
    high,
    shares: { benign: shares(values.benign), malignant: shares(values.malignant) },
    below: { benign: below(values.benign), malignant: below(values.malignant) },
    ratio: ratioAt(value, values, Math.min(NEAR, Math.ceil(sorted.length / 4))),
  };
};

/**
 * Where a lesion stands in each described feature, first those whose value alone parts malignant from
 * benign reference lesions most (by the size of the likelihood ratio's logarithm). The order is not
 * that of an SVM's weights: the reader's features are not all among its inputs. Empty where no
 * reference lesion is described.
 */
export const featurePlaces = (
  reference: Reference,
  described: readonly number[],
): readonly FeaturePlace[] => {
  const lesions = reference.lesions.filter((l) => l.described?.length === described.length);
  if (lesions.length === 0) return [];
  return described
    .map((value, feature) => placeOf(lesions, feature, value))
    .sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)));
};
