import type { Box } from '../../core/geometry/box.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';

/** Marks of one image whose measurements are kept: a lesion's other views stand when one is moved. */
const MOST_KEPT = 4;

/**
 * Measures each box of an image once, as long as it is among the last few asked for and measuring it does
 * not fail.
 */
export const rememberViews = (
  measure: (sop: string, box: Box, rule: ViewRule) => Promise<MeasuredView>,
) => {
  const bySop = new Map<string, Map<string, Promise<MeasuredView>>>();
  return {
    measure: (sop: string, box: Box, rule: ViewRule): Promise<MeasuredView> => {
      const kept = bySop.get(sop) ?? new Map<string, Promise<MeasuredView>>();
      bySop.set(sop, kept);
      const { x, y, width, height } = box;
      const key = JSON.stringify([x, y, width, height, rule.patch, rule.features]);
      const measured = kept.get(key) ?? measure(sop, box, rule);
      kept.delete(key);
      kept.set(key, measured);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
      measured.catch(() => {
        if (kept.get(key) === measured) kept.delete(key);
      });
      return measured;
    },
    /** The image is another now, or gone. */
    forget: (sop: string) => void bySop.delete(sop),
  };
};
