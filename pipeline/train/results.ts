import { LIST } from '../analytic/final.ts';
import { describeSetting } from '../analytic/nested.ts';
import type { Answer } from '../cv/answers.ts';
import type { Validation } from '../cv/cross-validate.ts';
import type { NetworkScores } from '../cv/replicates.ts';
import { describe } from '../cv/search.ts';
import { isLoneBox, type Problem } from '../data/rois.ts';
import {
  compareArms,
  reportAuc,
  reportCases,
  subgroupsBy,
  type CaseReport,
} from '../protocol/metrics.ts';
import { FOLDS } from '../protocol/rules.ts';
import { ARM_ANSWERS, casesOf, malignantShare, uncalibratedCases, type Judged } from './cases.ts';
import type { Interval } from './interval.ts';
import type { MeasuredArm } from './measured-arm.ts';
import type { FoldedTraining } from './train-data.ts';

/** All that a run came to. */
export interface Trained {
  readonly id: string;
  readonly network: string;
  readonly singleNetwork: boolean;
  readonly data: FoldedTraining;
  readonly validation: Validation;
  readonly measured: MeasuredArm | undefined;
  readonly judged: Judged;
  readonly networks: NetworkScores | undefined;
  readonly interval: Interval | undefined;
  /** From features to the machines that ship. */
  readonly seconds: number;
  readonly problems: readonly Problem[];
}

/** Each arm's figures, and the comparisons between them. */
const armReports = ({ lesions, views, answers, viewAnswers }: Judged, hasAnalytic: boolean) => {
  const names = hasAnalytic ? (['cnn', 'analytic', 'ensemble'] as const) : (['cnn'] as const);
  const arms = Object.fromEntries(
    names.map((arm) => [
      arm,
      {
        perLesion: reportCases(casesOf(lesions, answers, ARM_ANSWERS[arm])),
        perView: reportCases(casesOf(views, viewAnswers, ARM_ANSWERS[arm])),
      },
    ]),
  );
  const comparisons = hasAnalytic
    ? compareArms(
        Object.fromEntries(names.map((arm) => [arm, answers.map(ARM_ANSWERS[arm])])),
        lesions.map((l) => l.malignant),
      )
    : [];
  /** What the pack answers: the ensemble, or the one arm. */
  const answered = arms[names.at(-1) as string] as { perLesion: CaseReport; perView: CaseReport };
  return { arms, comparisons, answered };
};

/** With the setting that each fold's own inner search chose, in place of the one that ships. */
const nestedReports = ({ data, validation, measured }: Trained) => ({
  cnn: reportAuc(uncalibratedCases(data.rois, validation.scores)),
  analytic: measured && reportAuc(uncalibratedCases(data.rois, measured.validation.scores)),
});

const analyticReport = (
  { validation }: MeasuredArm,
  { lesions, answers }: Judged,
  heldOutByFold: ReturnType<typeof reportAuc>[],
) => ({
  chosen: validation.chosen.map((c) => ({
    setting: describeSetting(c.setting),
    innerAuc: c.innerAuc,
    features: LIST,
  })),
  final: describeSetting(validation.final.setting),
  heldOutByFold,
  lesions: answers.map((a, i) => ({
    score: lesions[i]?.analytic as number,
    likelihood: a.analytic as number,
  })),
});

/** The results file of a run: what docs/evaluation.md, the model card and later runs read. */
export const resultsOf = (trained: Trained) => {
  const { data, validation, measured, judged, networks } = trained;
  const { lesions, answers } = judged;
  const { arms, comparisons, answered } = armReports(judged, measured !== undefined);
  const said = lesions.map((l, i) => {
    const likelihood = (answers[i] as Answer).likelihood;
    return { ...l, score: likelihood, likelihood };
  });
  const byFold = (pick: (a: Answer) => number) =>
    Array.from({ length: FOLDS }, (_, k) =>
      reportAuc(casesOf(lesions, answers, pick).filter((_, i) => lesions[i]?.fold === k)),
    );
  return {
    id: trained.id,
    network: trained.network,
    singleNetwork: trained.singleNetwork,
    multiplyAdds: data.description.multiplyAdds,
    lesionCount: lesions.length,
    imageCount: new Set(data.rois.map((r) => r.image)).size,
    patientCount: new Set(data.rois.map((r) => r.patient)).size,
    malignantShare: malignantShare(lesions),
    seconds: trained.seconds,
    boxesPerSecond: data.boxesPerSecond,
    leftOut: data.rois.filter((r) => isLoneBox(r.lesion)).length,
    networks: networks && { kind: networks.kind, pooledAuc: networks.pooledAuc },
    chosen: validation.chosen.map((t) => ({ setting: describe(t.setting), innerAuc: t.auc })),
    final: describe(validation.final.setting),
    heldOutByFold: byFold(ARM_ANSWERS.cnn),
    nested: nestedReports(trained),
    interval: trained.interval,
    layers: validation.bySet.map(({ set, scores }) => ({
      set,
      auc: reportAuc(uncalibratedCases(data.rois, scores)),
    })),
    outer: validation.outer.map((t) => ({ setting: describe(t.setting), auc: t.auc })),
    arms,
    comparisons,
    analytic: measured && analyticReport(measured, judged, byFold(ARM_ANSWERS.analytic)),
    ...answered,
    subgroups: [
      ...subgroupsBy('views', said, (l) => String(l.views)),
      ...subgroupsBy('density', said, (l) => l.density),
      ...subgroupsBy('subtlety', said, (l) => l.subtlety),
      ...subgroupsBy('margins', said, (l) => l.margins),
    ],
    lesions: lesions.map((l, i) => ({
      ...l,
      score: l.cnn,
      likelihood: (answers[i] as Answer).cnn,
    })),
    ensemble:
      measured &&
      said.map(({ malignant, score, likelihood }) => ({ malignant, score, likelihood })),
    problems: trained.problems,
  };
};

type Written = ReturnType<typeof resultsOf>;

/** The figures of a run in a few lines, for who waits for it. */
export const summary = ({ perLesion, arms, comparisons, interval, final, seconds }: Written) => {
  const { auc } = perLesion;
  return [
    `lesion AUC ${auc?.value.toFixed(3)} (DeLong ${auc?.delong.map((v) => v.toFixed(3)).join(' to ')}), ECE ${perLesion.ece.toFixed(3)}`,
    ...Object.entries(arms).map(
      ([arm, report]) => `${arm}: lesion AUC ${report.perLesion.auc?.value.toFixed(3)}`,
    ),
    ...comparisons.map(
      ({ a, b, difference, holm }) =>
        `${a} - ${b}: ${difference.toFixed(4)}, Holm p ${holm.toPrecision(2)}`,
    ),
    ...Object.entries(interval ?? {}).map(
      ([arm, { coverage }]) =>
        `interval, ${arm}: covers ${coverage.fifths.map((v) => v.toFixed(3)).join(', ')} by fifth, half-width ${coverage.halfWidth.toFixed(3)}`,
    ),
    `final SVM: ${final}; ${seconds.toFixed(0)} s from features to pack`,
  ];
};
