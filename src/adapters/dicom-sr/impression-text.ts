import { type Correction, correctionOf } from '../../core/report/corrected-view.ts';
import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { asAssumed } from '../../core/report/prevalence.ts';
import { locationText } from '../../core/lesion/location-words.ts';
import { descriptorWords, type MassDescriptors } from '../../core/lesion/mass-descriptors.ts';
import type { Reading } from '../../core/lesion/reading.ts';
import {
  type ReportFollowUp,
  type ReportLesion,
  type ReportScore,
  scoreCautionTexts,
} from '../../core/report/report-lesion.ts';
import { findingOfLesion } from '../../core/report/report-second-look.ts';
import { exactPercent, percentNumber } from '../../core/units/percent.ts';
import { findingText } from './finding-text.ts';

export const percent = (p: number): string => `${percentNumber(p, 1)} %`;

/** "RCC", or what is known of it. */
export const viewLabel = (image: ReportImage | undefined): string =>
  `${image?.laterality ?? ''}${image?.view ?? ''}` || 'view';

const siteText = ({ siteCalibration: site }: ReportScore): string =>
  site ? `, calibrated by "${site.name}" (${site.lesions} lesions of the site)` : '';

/** "The number that was on screen, with its interval and prevalence." */
export const likelihoodText = (score: ReportScore): string => {
  const { value, low, high } = score.likelihood;
  const name = score.calibrated ? 'Likelihood of malignancy' : 'Score (not calibrated)';
  const [v, l, h] = [value, low, high].map((p) => percent(asAssumed(score, p)));
  return `${name} ${v} (95 % interval ${l} to ${h}) at an assumed prevalence of ${exactPercent(score.assumedPrevalence)} %${siteText(score)}.`;
};

const armTexts = (score: ReportScore, labels: readonly string[]): string[] =>
  score.arms.map((arm) => {
    const views = arm.viewScores.map((s, i) => `${labels[i]} ${s.toFixed(3)}`).join(', ');
    return `SVM decision value of the ${arm.arm} arm: ${arm.score.toFixed(3)} (${views}).`;
  });

const pointText = (score: ReportScore): string[] => {
  const { operatingPoint: point, likelihood } = score;
  if (!point) return [];
  const side = likelihood.value >= point.likelihood ? 'At or above' : 'Below';
  return [`${side} the operating point "${point.name}".`];
};

const CORRECTED = { both: 'Side and view', side: 'Side', view: 'View' } as const;

const correctionText = ({ what, view, file = 'nothing' }: Correction): string =>
  `${CORRECTED[what]} of ${view} set by the reader; the file says ${file}.`;

const readingText = ({ biRads, suspicion, scoreShown, at }: Reading): string => {
  const words = [
    ...(biRads ? [`BI-RADS ${biRads}`] : []),
    ...(suspicion === undefined ? [] : [`suspicion ${suspicion} of 100`]),
    scoreShown ? 'after the score was seen' : 'before the score was seen',
    at,
  ];
  return `Reader's assessment: ${words.join(', ')}.`;
};

const descriptorText = (descriptors: MassDescriptors): string =>
  `Described by the reader: ${descriptorWords(descriptors).join(', ')}.`;

const SIZE_OF = { outline: 'outline', box: 'mark' } as const;

const millimetres = (mm: number): string => `${mm.toFixed(1)} mm`;

const followUpText = (of: ReportFollowUp): string => {
  const { number, date, then, now, mmAYear, unlikeScales } = of;
  const unlike = unlikeScales ? '; not to be compared, mm of unlike planes' : '';
  const rate =
    mmAYear === undefined
      ? ''
      : `, ${mmAYear < 0 ? '-' : '+'}${millimetres(Math.abs(mmAYear))} a year`;
  return `Same as lesion ${number} of ${date} as the reader says: ${millimetres(then.mm)} then (${SIZE_OF[then.of]}, ${then.view}), ${millimetres(now.mm)} now (${SIZE_OF[now.of]}, ${now.view})${rate}${unlike}.`;
};

/** What a person should read of one lesion: TID 4002 row 5, and the label in a presentation state. */
export const impressionText = (report: CaseReport, lesion: ReportLesion): string => {
  const imageOf = (uid: string) => report.images.find((image) => image.sopInstanceUid === uid);
  const { score } = lesion;
  const warnings = new Set(
    lesion.marks.flatMap(({ sopInstanceUid, warnings = [] }) => {
      const image = imageOf(sopInstanceUid);
      const all = [...(image?.warnings ?? []), ...warnings];
      return all.map((w) => `${viewLabel(image)}: ${w.text}`);
    }),
  );
  const cautions = scoreCautionTexts(lesion);
  const found = findingOfLesion(report, lesion.id);
  const corrected = lesion.marks.flatMap(({ sopInstanceUid }) => {
    const correction = correctionOf(imageOf(sopInstanceUid));
    return correction ? [correctionText(correction)] : [];
  });
  return [
    found?.look.unread
      ? `Finding ${lesion.number}, marked by the program alone.`
      : `Lesion ${lesion.number}, ${lesion.origin ? 'found by the finder, accepted' : 'marked'} by the reader.`,
    ...(found ? [findingText(found)] : []),
    ...(score
      ? [
          likelihoodText(score),
          ...armTexts(
            score,
            score.views.map((uid) => viewLabel(imageOf(uid))),
          ),
          ...pointText(score),
        ]
      : [`Not scored${lesion.scoreProblem ? `: ${lesion.scoreProblem}` : ''}.`]),
    ...(cautions.length > 0 ? [`Limits of this score: ${cautions.join(' ')}`] : []),
    ...(warnings.size > 0
      ? [`Outside what the model was made for: ${[...warnings].join(' ')}`]
      : []),
    ...corrected,
    ...(lesion.location ? [`Location: ${locationText(lesion.location)}.`] : []),
    ...(lesion.descriptors ? [descriptorText(lesion.descriptors)] : []),
    ...(lesion.followUp ? [followUpText(lesion.followUp)] : []),
    ...lesion.assessments.map(readingText),
    ...(lesion.notes ? [`Reader's notes: ${lesion.notes}`] : []),
    'Research use only, not for decisions about patients.',
  ].join(' ');
};
