import type { CaseReport } from '../../core/report/case-report.ts';
import type { ReportLesion, ReportScore } from '../../core/report/report-lesion.ts';
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
        lesion.score ? scoreWords(lesion.score) : t('not scored'),
      ].join(t('; '))}
    </li>
  );
};

/** What was found, breast by breast, before all detail: the reader's category first, then the score. */
export const Conclusion = ({ report }: { report: CaseReport }) => (
  <section className="report-conclusion" data-testid="report-conclusion">
    <h2>{t('Conclusion')}</h2>
    {SIDES.map(([side, name]) => {
      const lesions = report.lesions.filter((lesion) => sideOf(report, lesion) === side);
      return lesions.length === 0 ? null : (
        <div key={name}>
          <h3>{t(name)}</h3>
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
