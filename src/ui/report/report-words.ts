import { message } from '../../core/message/message.ts';
import { calibrationOf } from '../../core/display/measure/calibration.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { formatPersonName } from '../../core/dicom/person-name.ts';
import { correctionOf as correctionIn } from '../../core/report/corrected-view.ts';
import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { otherStudyOf } from '../../core/report/newest-exam.ts';
import { asAssumed } from '../../core/report/prevalence.ts';
import {
  type ReportAssessment,
  type ReportLesion,
  type ReportScore,
  scoreCautionTexts,
} from '../../core/report/report-lesion.ts';
import { formatDate, percent } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';

export const imageTitle = (image: ReportImage | undefined): string =>
  `${image?.laterality ?? '?'}${image?.view ?? '?'}`;

/** The date of a lesion that is of another exam than the newest; nothing where it is of that. */
export const otherExamWords = (report: CaseReport, lesion: ReportLesion): readonly string[] => {
  const study = otherStudyOf(report, lesion);
  return study ? [t('other exam, {date}', { date: formatDate(study.date || undefined) })] : [];
};

const examDate = (report: CaseReport, image: ReportImage | undefined): string =>
  report.studies.find(({ studyInstanceUid: uid }) => uid === image?.studyInstanceUid)?.date ?? '';

/** The date of the exam of an image, where the report is of more than one. */
export const examWords = (
  report: CaseReport,
  image: ReportImage | undefined,
): string | undefined => {
  const isOfOne = new Set(report.studies.map(({ date }) => date)).size < 2;
  return image && !isOfOne ? formatDate(examDate(report, image) || undefined) : undefined;
};

/** "LCC", with the date where the report is of more than one exam. */
export const datedTitle = (report: CaseReport, image: ReportImage | undefined): string =>
  [imageTitle(image), examWords(report, image)].filter(Boolean).join(' ');

/** "Lesion 2", with the date where the report is of more than one exam. */
export const lesionTitle = (report: CaseReport, { number, marks }: ReportLesion): string => {
  const image = report.images.find((i) => marks.some((m) => m.sopInstanceUid === i.sopInstanceUid));
  return [t('Lesion {number}', { number }), examWords(report, image)].filter(Boolean).join(' · ');
};

/** "62 %" as it is on screen: at the assumed prevalence. */
export const shown = (score: ReportScore, likelihood: number): string =>
  percent(asAssumed(score, likelihood));

export const shownInterval = (
  score: ReportScore,
  { low, high }: { readonly low: number; readonly high: number },
): string => t('{low} to {high}', { low: shown(score, low), high: shown(score, high) });

/** Who it is about, as lines of name and value. */
export const patientLines = ({
  patient,
  studies,
}: CaseReport): readonly (readonly [string, string])[] => [
  [t('Patient'), formatPersonName(patient.name) || t('No name')],
  [t('Patient ID'), patient.id || t('none')],
  [t('Born'), patient.birthDate ? formatDate(patient.birthDate) : t('not stated')],
  [t('Sex'), patient.sex || t('not stated')],
  ...studies.flatMap(
    ({ date, description, accessionNumber, referringPhysicianName }) =>
      [
        [
          t('Study'),
          [
            formatDate(date || undefined),
            description,
            accessionNumber && t('accession {number}', { number: accessionNumber }),
          ]
            .filter((part) => part !== '')
            .join(t(', ')),
        ],
        ...(referringPhysicianName
          ? [[t('Referred by'), formatPersonName(referringPhysicianName)] as const]
          : []),
      ] as const,
  ),
];

/** On which side of the operating point the score lies; '' where the pack names none. */
export const cutWords = ({ likelihood, operatingPoint: cut }: ReportScore): string => {
  if (!cut) return '';
  const specificity = percent(cut.specificity);
  return likelihood.value >= cut.likelihood
    ? t('above the operating point at {specificity} specificity', { specificity })
    : t('below the operating point at {specificity} specificity', { specificity });
};

/** What is said against the lesion's images and marks, each with its view; the same once. */
const wrongWith = (report: CaseReport, lesion: ReportLesion) =>
  lesion.marks.flatMap(({ sopInstanceUid, warnings = [] }) => {
    const image = report.images.find((i) => i.sopInstanceUid === sopInstanceUid);
    return [...(image?.warnings ?? []), ...warnings].map(({ text }) => ({
      text,
      said: t('{view}: {text}', { view: imageTitle(image), text }),
    }));
  });

/** What puts the lesion's images outside what the model was made for, but for why it has no score. */
const warningsOf = (report: CaseReport, lesion: ReportLesion): readonly string[] => [
  ...new Set(
    wrongWith(report, lesion)
      .filter(({ text }) => text !== lesion.scoreProblem)
      .map(({ said }) => said),
  ),
];

/** All that limits a score, each once: what speaks against it, and what its images are. */
export const limitsOf = (report: CaseReport, lesion: ReportLesion): readonly string[] => [
  ...new Set([...scoreCautionTexts(lesion), ...warningsOf(report, lesion)]),
];

/** Why a lesion has no score, once, with the views that it is about where it is about some. */
export const notScoredLines = (report: CaseReport, lesion: ReportLesion): readonly string[] => {
  const { scoreProblem } = lesion;
  if (!scoreProblem) return [t('Not scored.')];
  const ofViews = wrongWith(report, lesion).filter(({ text }) => text === scoreProblem);
  const reasons = new Set(ofViews.map(({ said }) => said));
  return [...(reasons.size > 0 ? reasons : [scoreProblem])].map((reason) =>
    t('Not scored: {reason}', { reason }),
  );
};

export const assessmentText = (assessment: ReportAssessment): string =>
  [
    assessment.biRads && `BI-RADS ${assessment.biRads}`,
    assessment.suspicion !== undefined &&
      t('suspicion {value} of 100', { value: assessment.suspicion }),
    assessment.scoreShown ? t('after the score was seen') : t('before the score was seen'),
    formatPersonName(assessment.reader),
    assessment.at.slice(0, 16).replace('T', ' '),
  ]
    .filter((part) => part !== '' && part !== undefined && part !== false)
    .join(', ');

/** Where the reader set side or view of the lesion's images, for the report to say so. */
export const correctionsOf = (report: CaseReport, lesion: ReportLesion): readonly string[] =>
  lesion.marks.flatMap(({ sopInstanceUid }) => {
    const image = report.images.find((i) => i.sopInstanceUid === sopInstanceUid);
    const correction = correctionIn(image);
    if (!correction) return [];
    const { what, view, file } = correction;
    return say(
      file === undefined
        ? message(`corrected.${what}.unsaid`, { view })
        : message(`corrected.${what}`, { view, file }),
    );
  });

/** What a picture is of, and how long the bar on it is where lengths are known. */
export const captionOf = (title: string, image: MammogramImage, mm: number): string =>
  calibrationOf(image).kind === 'none'
    ? t('{view}, no scale', { view: title })
    : t('{view}, bar {length} mm', { view: title, length: mm });
