import type { ReferenceFile } from '../pack/reference-file.ts';
import { quantile } from '../stats/bootstrap.ts';
import { onceAReference, type Reference } from './once-a-reference.ts';

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
const OUTCOMES = ['benign', 'malignant'] as const;

/** One feature of the reference lesions: what is the same for every lesion that is placed among them. */
interface FeatureColumn extends Pick<FeaturePlace, 'low' | 'high' | 'shares'> {
  /** Values of each outcome, rising. */
  readonly values: Readonly<Record<Outcome, Float64Array>>;
}

/** How many of some rising values lie below one. */
const countBelow = (sorted: Float64Array, value: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Rising values of which those between `low` and `high` are taken. */
interface Taken {
  readonly sorted: Float64Array;
  low: number;
  high: number;
}
/** How far the next ones lie from a value: beyond either end infinitely far. */
const belowBy = ({ sorted, low }: Taken, value: number): number =>
  value - (sorted[low] ?? Number.NEGATIVE_INFINITY);
const aboveBy = ({ sorted, high }: Taken, value: number): number =>
  (sorted[high] ?? Number.POSITIVE_INFINITY) - value;
const away = (taken: Taken, value: number): number =>
  Math.min(belowBy(taken, value), aboveBy(taken, value));

/** How many of each outcome are among the `near` values nearest to one; of equally near ones the benign come first. */
const countNear = (
  { values }: FeatureColumn,
  value: number,
  near: number,
): Readonly<Record<Outcome, number>> => {
  const [benign, malignant] = OUTCOMES.map((outcome) => {
    const sorted = values[outcome];
    const from = countBelow(sorted, value);
    return { sorted, low: from - 1, high: from };
  }) as [Taken, Taken];
  for (let k = 0; k < near; k++) {
    const next = away(malignant, value) < away(benign, value) ? malignant : benign;
    if (belowBy(next, value) <= aboveBy(next, value)) next.low--;
    else next.high++;
  }
  return { benign: benign.high - benign.low - 1, malignant: malignant.high - malignant.low - 1 };
};

/** Half a lesion is added to each side, so that none gives no infinite ratio. */
const ratioAt = (value: number, column: FeatureColumn): number => {
  const { benign, malignant } = column.values;
  const all = benign.length + malignant.length;
  const near = countNear(column, value, Math.min(NEAR, Math.ceil(all / 4)));
  const share = (outcome: Outcome) => (near[outcome] + 0.5) / (column.values[outcome].length + 0.5);
  return share('malignant') / share('benign');
};

const columnOf = (lesions: Reference['lesions'], feature: number): FeatureColumn => {
  const of = (outcome: Outcome) =>
    Float64Array.from(
      lesions.flatMap((l) => (l.pathology === outcome ? [l.described?.[feature] as number] : [])),
    ).sort();
  const values = { benign: of('benign'), malignant: of('malignant') };
  const sorted = Float64Array.from([...values.benign, ...values.malignant]).sort();
  const [low, high] = [quantile(sorted, 0.02), quantile(sorted, 0.98)];
  const binOf = (v: number): number =>
    high > low ? Math.floor(((v - low) / (high - low)) * BINS) : 0;
  const shares = (own: Float64Array): readonly number[] => {
    const counts = new Array<number>(BINS).fill(0);
    for (const v of own) {
      const bin = Math.min(Math.max(binOf(v), 0), BINS - 1);
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts.map((count) => count / Math.max(1, own.length));
  };
  return {
    values,
    low,
    high,
    shares: { benign: shares(values.benign), malignant: shares(values.malignant) },
  };
};

/** Empty where no reference lesion is described. */
const columnsOf = onceAReference((lesions, length): readonly FeatureColumn[] =>
  Array.from({ length: lesions.length > 0 ? length : 0 }, (_, feature) =>
    columnOf(lesions, feature),
  ),
);

const placeOf = (column: FeatureColumn, feature: number, value: number): FeaturePlace => {
  const { low, high, shares, values } = column;
  const below = (own: Float64Array) => countBelow(own, value) / Math.max(1, own.length);
  return {
    feature,
    value,
    low,
    high,
    shares,
    below: { benign: below(values.benign), malignant: below(values.malignant) },
    ratio: ratioAt(value, column),
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
  return columnsOf(reference, described.length)
    .map((column, feature) => placeOf(column, feature, described[feature] as number))
    .sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)));
};
