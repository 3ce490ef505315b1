/** Scores with their outcomes, entry by entry; a higher score leans malignant. */
export interface Scored {
  readonly scores: ArrayLike<number>;
  readonly malignant: readonly boolean[];
}

/** One point of a ROC curve: calling scores >= threshold positive. */
export interface RocPoint {
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/** Whether both outcomes are present, without which no ROC exists. */
export const hasBothClasses = ({ malignant }: Pick<Scored, 'malignant'>): boolean =>
  malignant.includes(true) && malignant.includes(false);

/**
 * The empirical ROC curve from (sensitivity 0, specificity 1) at threshold +Infinity to (1, 0), one
 * point a distinct score. Throws when only one outcome is present.
 */
export const rocCurve = ({ scores, malignant }: Scored): RocPoint[] => {
  if (!hasBothClasses({ malignant })) throw new Error('a ROC curve needs both outcomes');
  const order = malignant.map((_, i) => i);
  order.sort((i, j) => (scores[j] as number) - (scores[i] as number));
  const positives = malignant.filter(Boolean).length;
  const negatives = malignant.length - positives;
  const points: RocPoint[] = [
    { threshold: Number.POSITIVE_INFINITY, sensitivity: 0, specificity: 1 },
  ];
  let hits = 0;
  let alarms = 0;
  order.forEach((index, at) => {
    if (malignant[index]) hits++;
    else alarms++;
    const threshold = scores[index] as number;
    const next = order[at + 1];
    if (next !== undefined && scores[next] === threshold) return;
    points.push({
      threshold,
      sensitivity: hits / positives,
      specificity: 1 - alarms / negatives,
    });
  });
  return points;
};

/** Area under the empirical ROC curve (trapezoids; ties count half): the Mann-Whitney statistic. */
export const auc = (scored: Scored): number => {
  const points = rocCurve(scored);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as RocPoint, points[i] as RocPoint];
    area += ((a.specificity - b.specificity) * (a.sensitivity + b.sensitivity)) / 2;
  }
  return area;
};

/**
 * Partial area right of the curve where sensitivity is at least `from`, between 0 and 1 - from:
 * pROC's partial.auc = c(1, from) with focus on sensitivity (Jiang, Metz, Nishikawa 1996). Divide by
 * 1 - from for the mean specificity over that range.
 */
export const partialAuc = (scored: Scored, from: number): number => {
  const points = rocCurve(scored);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as RocPoint, points[i] as RocPoint];
    if (b.sensitivity <= from || b.sensitivity === a.sensitivity) continue;
    const low = Math.max(a.sensitivity, from);
    const share = (low - a.sensitivity) / (b.sensitivity - a.sensitivity);
    const specificityAtLow = a.specificity + share * (b.specificity - a.specificity);
    area += ((b.sensitivity - low) * (specificityAtLow + b.specificity)) / 2;
  }
  return area;
};

/** The most sensitive point whose specificity is at least `specificity`. */
export const atSpecificity = (scored: Scored, specificity: number): RocPoint =>
  rocCurve(scored)
    .filter((point) => point.specificity >= specificity - 1e-12)
    .at(-1) as RocPoint;

/** The most specific point whose sensitivity is at least `sensitivity`. */
export const atSensitivity = (scored: Scored, sensitivity: number): RocPoint =>
  rocCurve(scored).find((point) => point.sensitivity >= sensitivity - 1e-12) as RocPoint;
