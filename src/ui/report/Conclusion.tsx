import type { Breast } from '../../core/lesion/exam-reading.ts';
import type { CaseReport, ReportStudy } from '../../core/report/case-report.ts';
import { newestExam, newestFirst } from '../../core/report/newest-exam.ts';
import type { ReportLesion, ReportScore } from '../../core/report/report-lesion.ts';
import { describedAs } from '../descriptor-words.ts';
import { formatDate } from '../format.ts';
import { t } from '../../i18n/phrases/text.ts';
import { placeWords } from '../location-words.ts';
import { cutWords, imageTitle, otherExamWords, shown, shownInterval } from './report-words.ts';

const scoreWords = (score: ReportScore): string =>
  [
    t('likelihood of malignancy {likelihood} ({interval})', {
      likelihood: shown(score, score.likelihood.value),
      interval: shownInterval(score, score.likelihood),
    }),
    cutWords(score),
  ]
    .filter(Boolean)
    .join(t(', '));

const lastCategory = ({ assessments }: ReportLesion): string | undefined =>
  assessments.findLast(({ biRads }) => biRads !== undefined)?.biRads;

/** Where the lesion lies: in the breast where that is known, else on which views. */
const placeOf = (report: CaseReport, lesion: ReportLesion): string =>
  lesion.location
    ? placeWords(lesion.location)
    : lesion.marks
        .map(({ sopInstanceUid: sop }) =>
          imageTitle(report.images.find((image) => image.sopInstanceUid === sop)),
        )
        .join(' + ');

const sideOf = (report: CaseReport, { marks }: ReportLesion) =>
  report.images.find((image) => image.sopInstanceUid === marks[0]?.sopInstanceUid)?.laterality;

const SIDES = [
  ['R', 'Right breast'],
  ['L', 'Left breast'],
  [undefined, 'Side not known'],
] as const;

const LesionLine = ({ report, lesion }: { report: CaseReport; lesion: ReportLesion }) => {
  const category = lastCategory(lesion);
  return (
    <li>
      {[
        t('Lesion {number}, {place}', { number: lesion.number, place: placeOf(report, lesion) }),
        ...otherExamWords(report, lesion),
        category ? t('reader: BI-RADS {category}', { category }) : t('not assessed by the reader'),
        ...(lesion.descriptors ? [describedAs(lesion.descriptors)] : []),
        lesion.score ? scoreWords(lesion.score) : t('not scored'),
      ].join(t('; '))}
    </li>
  );
};

/** A breast with the reader's own category of it. */
const breastWords = (name: (typeof SIDES)[number][1], category: string | undefined): string =>
  category ? `${t(name)}: BI-RADS ${category}` : t(name);

const categoryIn = (exam: readonly ReportStudy[], side: Breast): string | undefined =>
  exam.map(({ reading }) => reading?.categories[side]).find((category) => category !== undefined);

interface ExamLinesProps {
  readonly study: ReportStudy;
  /** Where the report is of several studies. */
  readonly dated: boolean;
  /** The newest exam, whose categories head the breasts. */
  readonly exam: readonly ReportStudy[];
}

/** What the reader said of one exam as a whole. */
const ExamLines = ({ study, dated, exam }: ExamLinesProps) => {
  const { date, reading } = study;
  if (!reading) return null;
  return (
    <>
      {dated && <h3>{formatDate(date || undefined)}</h3>}
      {reading.conclusion && <p className="report-notes">{reading.conclusion}</p>}
      {reading.density && (
        <p>{t('Breast density (ACR): {density}', { density: reading.density })}</p>
      )}
      {SIDES.map(([side, name]) => {
        const category = side && reading.categories[side];
        const isHeading = side && exam.includes(study) && category === categoryIn(exam, side);
        return category && !isHeading && <p key={name}>{breastWords(name, category)}</p>;
      })}
    </>
  );
};

/** What was found, breast by breast, before all detail: the reader's words first, then the score. */
export const Conclusion = ({ report }: { report: CaseReport }) => {
  const exam = newestExam(report);
  return (
    <section className="report-conclusion" data-testid="report-conclusion">
      <h2>{t('Conclusion')}</h2>
      {newestFirst(report.studies).map((study) => (
        <ExamLines
          key={study.studyInstanceUid}
          study={study}
          dated={report.studies.length > 1}
          exam={exam}
        />
      ))}
      {SIDES.map(([side, name]) => {
        const lesions = report.lesions.filter((lesion) => sideOf(report, lesion) === side);
        const category = side && categoryIn(exam, side);
        return lesions.length === 0 && !category ? null : (
          <div key={name}>
            <h3>{breastWords(name, category)}</h3>
            <ul>
              {lesions.map((lesion) => (
                <LesionLine key={lesion.id} {...{ report, lesion }} />
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
};
