import type { AppliedSiteCalibration } from '../../core/classifier/site-calibration.ts';
import { message, type Message } from '../../core/message/message.ts';
import { operatingPointAt, type Specificity } from '../../core/explain/operating-point.ts';
import type { Caution } from '../../core/explain/score-cautions.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ReportedLesion } from '../../core/report/build-case-report.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { followUp } from '../../core/lesion/follow-up.ts';
import type { SizedView } from '../../core/lesion/lesion-size.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { headerOfLesion, linkedLesion } from '../../state/follow-ups.ts';
import type { EngineStatus } from '../../ports/inference.ts';

/** What is wrong with one image stands among its warnings too; what keeps the marks apart only here. */
const refusalOf = (
  reasons: Extract<ScoreOnShow, { phase: 'refused' }>['reasons'],
): Message | undefined => (reasons.find(({ view }) => view === undefined) ?? reasons[0])?.text;

const problemOf = (result: ScoreOnShow | undefined, engine: EngineStatus | undefined): Message => {
  if (result?.phase === 'failed') return result.reason;
  const [withheld] = Object.values(result?.phase === 'withheld' ? result.problems : {});
  if (withheld) return withheld.text;
  const refusal = result?.phase === 'refused' && refusalOf(result.reasons);
  if (refusal) return refusal;
  if (engine?.phase === 'blocked' || engine?.phase === 'failed') return engine.reason;
  if (engine?.phase === 'ready') return message('score.not-ready');
  return message('score.no-engine');
};

export interface ReportedScore {
  /** Undefined where no pack is loaded. */
  readonly engine: EngineStatus | undefined;
  /** As it is on show (scoreOnShow); undefined where no pack is loaded. */
  readonly result: ScoreOnShow | undefined;
  readonly cautions: readonly Caution[];
  readonly assumedPrevalence: number;
  readonly siteCalibration?: AppliedSiteCalibration | undefined;
  /** Of the operating point that the reader holds scores against. */
  readonly specificity: Specificity;
}

const operatingPointOf = (engine: EngineStatus | undefined, specificity: Specificity) => {
  if (engine?.phase !== 'ready') return {};
  const operatingPoint = operatingPointAt(engine.reference, specificity);
  return operatingPoint ? { operatingPoint } : {};
};

const warningsOf = ({ problems }: Extract<ScoreOnShow, { phase: 'withheld' }>) =>
  Object.fromEntries(Object.entries(problems).map(([sop, problem]) => [sop, [problem]]));

/** A lesion with its outlines and score, or with the reason why it has none. */
export const reportedLesion = (
  lesion: Lesion,
  { engine, result, cautions, assumedPrevalence, siteCalibration, specificity }: ReportedScore,
): ReportedLesion => {
  if (result?.phase !== 'scored')
    return {
      lesion,
      scoreProblem: problemOf(result, engine),
      ...(result?.phase === 'withheld' ? { markWarnings: warningsOf(result) } : {}),
    };
  const { answer, views, outlines } = result;
  return {
    lesion,
    outlines: Object.fromEntries(
      views.flatMap((sop, i) => {
        const polygon = outlines[i]?.polygon ?? [];
        return polygon.length < 3 ? [] : [[sop, polygon.map(({ x, y }) => [x, y] as const)]];
      }),
    ),
    cautions,
    scored: {
      views,
      score: answer.score,
      assumedPrevalence,
      ...(siteCalibration && { siteCalibration }),
      ...operatingPointOf(engine, specificity),
      engine: `${answer.info.backend}, ${answer.info.adapter}`,
    },
  };
};

/** The lesion beside what the reader said is the same on an earlier exam; undefined without a scale. */
export const reportedFollowUp = (
  lesion: Lesion,
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
  sizesOf: (lesion: Lesion) => readonly SizedView[],
): ReportedLesion['followUp'] => {
  const linked = linkedLesion(lesion, lesions, images);
  if (!linked) return undefined;
  const date = linked.header.studyDate;
  const found = followUp(sizesOf(lesion), sizesOf(linked.lesion), {
    now: headerOfLesion(lesion, images)?.studyDate ?? '',
    then: date,
  });
  return found && { number: linked.lesion.number, date, ...found };
};
