import type { Breast } from '../../core/lesion/exam-reading.ts';
import type { CaseReport, ReportStudy } from '../../core/report/case-report.ts';
import type { ReportLesion, ReportScore } from '../../core/report/report-lesion.ts';
import { describedAs } from '../descriptor-words.ts';
import { formatDate } from '../format.ts';
import { t } from '../../i18n/phrases/text.ts';
import { placeWords } from '../location-words.ts';
import { cutWords, imageTitle, shown, shownInterval } from './report-words.ts';

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
        category ? t('reader: BI-RADS {category}', { category }) : t('not assessed by the reader'),
        ...(lesion.descriptors ? [describedAs(lesion.descriptors)] : []),
        lesion.score ? scoreWords(lesion.score) : t('not scored'),
      ].join(t('; '))}
    </li>
  );
};

/** What the reader said of one exam as a whole; dated where the report is of several. */
const ExamLines = ({ study, dated }: { study: ReportStudy; dated: boolean }) => {
  const { date, reading } = study;
  if (!reading) return null;
  return (
    <>
      {dated && <h3>{formatDate(date || undefined)}</h3>}
      {reading.conclusion && <p className="report-notes">{reading.conclusion}</p>}
      {reading.density && (
        <p>{t('Breast density (ACR): {density}', { density: reading.density })}</p>
      )}
    </>
  );
};

/** The reader's own category of a breast, of the newest exam that has one. */
const categoryOf = ({ studies }: CaseReport, side: Breast): string | undefined =>
  studies
    .toSorted((a, b) => (a.date < b.date ? 1 : -1))
    .map(({ reading }) => reading?.categories[side])
    .find((category) => category !== undefined);

/** What was found, breast by breast, before all detail: the reader's words first, then the score. */
export const Conclusion = ({ report }: { report: CaseReport }) => (
  <section className="report-conclusion" data-testid="report-conclusion">
    <h2>{t('Conclusion')}</h2>
    {report.studies.map((study) => (
      <ExamLines key={study.studyInstanceUid} study={study} dated={report.studies.length > 1} />
    ))}
    {SIDES.map(([side, name]) => {
      const lesions = report.lesions.filter((lesion) => sideOf(report, lesion) === side);
      const category = side && categoryOf(report, side);
      return lesions.length === 0 && !category ? null : (
        <div key={name}>
          <h3>{category ? `${t(name)}: BI-RADS ${category}` : t(name)}</h3>
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
