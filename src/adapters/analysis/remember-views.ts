import type { Mark } from '../../ports/analysis.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';

/** Marks of one image whose measurements are kept: a lesion's other views stand when one is moved. */
const MOST_KEPT = 4;

/**
 * Measures each box of an image once, as long as it is among the last few asked for and measuring it does
 * not fail. `measure` is asked at once for all the views that are not kept.
 */
export const rememberViews = (
  measure: (marks: readonly Mark[], rule: ViewRule) => readonly Promise<MeasuredView>[],
) => {
  const bySop = new Map<string, Map<string, Promise<MeasuredView>>>();
  const keptOf = (sop: string) => {
    const kept = bySop.get(sop) ?? new Map<string, Promise<MeasuredView>>();
    bySop.set(sop, kept);
    return kept;
  };
  const keep = (sop: string, key: string, measured: Promise<MeasuredView>) => {
    const kept = keptOf(sop);
    kept.delete(key);
    kept.set(key, measured);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    measured.catch(() => {
      if (kept.get(key) === measured) kept.delete(key);
    });
  };
  return {
    measure: (marks: readonly Mark[], rule: ViewRule): Promise<readonly MeasuredView[]> => {
      const keyOf = ([, { x, y, width, height }]: Mark) =>
        JSON.stringify([x, y, width, height, rule.patch, rule.features]);
      const known = new Map(marks.map((mark) => [mark, keptOf(mark[0]).get(keyOf(mark))]));
      const missing = marks.filter((mark) => !known.get(mark));
      const fresh = measure(missing, rule);
      missing.forEach((mark, i) => known.set(mark, fresh[i]));
      const views = marks.map((mark) => known.get(mark) as Promise<MeasuredView>);
      marks.forEach((mark, i) => keep(mark[0], keyOf(mark), views[i] as Promise<MeasuredView>));
      return Promise.all(views);
    },
    /** The image is another now, or gone. */
    forget: (sop: string) => void bySop.delete(sop),
  };
};
