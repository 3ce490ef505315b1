import { message, type Message, type Value } from '../../core/message/message.ts';
import { type Lesion, marksKey } from '../../core/lesion/lesion.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import type { ReportScore } from '../../core/report/report-lesion.ts';
import { percentNumber } from '../../core/units/percent.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';

/** A reported score that waits for the page's own from the same marks. */
export interface Expected {
  readonly path: string;
  readonly lesionId: string;
  readonly marks: string;
  readonly score: ReportScore;
  readonly pack: NonNullable<RestoredCase['report']>['pack'];
}

/** Backends differ in the last digits; more than this is another model, or another image. */
export const SAME_LIKELIHOOD = 0.005;

const packName = (pack: { readonly id: string; readonly version: string } | undefined): Value =>
  pack ? `${pack.id} ${pack.version}` : message('restored.unnamed-pack');

const sameViews = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((sop) => b.includes(sop));

/**
 * Holds a reported score against the page's own. 'wait': no score of the same marks and views yet;
 * 'drop': the marks have changed since, there is nothing to compare. Otherwise what to say,
 * undefined where both agree.
 */
export const compareScores = (
  expected: Expected,
  lesion: Lesion | undefined,
  result: ScoreOnShow | undefined,
  pack: { readonly id: string; readonly version: string } | undefined,
): 'wait' | 'drop' | { readonly text: Message | undefined } => {
  if (!lesion || marksKey(lesion) !== expected.marks) return 'drop';
  if (result?.phase !== 'scored' || !sameViews(result.views, expected.score.views)) return 'wait';
  const [then, now] = [expected.score.likelihood.value, result.answer.score.likelihood.value];
  if (Math.abs(then - now) <= SAME_LIKELIHOOD) return { text: undefined };
  return {
    text: message('restored.compared', {
      number: lesion.number,
      path: expected.path,
      then: percentNumber(then, 1),
      thenPack: packName(expected.pack),
      now: percentNumber(now, 1),
      nowPack: packName(pack),
    }),
  };
};
