import { armNames } from '../arm-names.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { viewAsAssumed } from '../../core/report/prevalence.ts';
import type { ReportLesion, ReportScore } from '../../core/report/report-lesion.ts';
import { exactPercent, formatDate, interval, percent, signed } from '../format.ts';
import { describedAs } from '../descriptor-words.ts';
import { rich } from '../components/rich.tsx';
import { t, tData } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { changeWords } from '../lesion-sizes.ts';
import { locationWords } from '../location-words.ts';
import { BAR_MM, LesionImage } from './KeyImage.tsx';
import {
  correctionsOf,
  assessmentText,
  datedTitle,
  imageTitle,
  lesionTitle,
  shown,
  shownInterval,
  captionOf,
  limitsOf,
  notScoredLines,
} from './report-words.ts';
import { LesionFound } from './ReportSecondLook.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

/** Marks are dark on paper-white and on grey alike. */
export const PAPER_MARK = '#ffd166';

const imageOf = (report: CaseReport, sop: string) =>
  report.images.find((image) => image.sopInstanceUid === sop);

/** A likelihood and its interval; no number is parted from its sign where a narrow column breaks them. */
const Estimate = ({ of }: { of: ReportScore['likelihood'] }) => (
  <td>{`${percent(of.value)} (${interval(of)})`.replaceAll(' %', '\u00a0%')}</td>
);

const Values = ({ report, score }: { report: CaseReport; score: ReportScore }) => (
  <table data-testid="report-values">
    <thead>
      <tr>
        <th scope="col">{t('View')}</th>
        {score.arms.map(({ arm }) => (
          <th scope="col" key={arm}>
            {armNames(arm).value}
          </th>
        ))}
        <th scope="col">{t('Likelihood')}</th>
      </tr>
    </thead>
    <tbody>
      {score.views.map((sop, i) => (
        <tr key={sop}>
          <th scope="row">{t('{view} alone', { view: imageTitle(imageOf(report, sop)) })}</th>
          {score.arms.map(({ arm, viewScores }) => (
            <td key={arm}>{signed(viewScores[i] ?? Number.NaN)}</td>
          ))}
          <td>{percent(viewAsAssumed(score, sop) ?? Number.NaN)}</td>
        </tr>
      ))}
      {score.arms.length > 1 &&
        score.arms.map((arm) => (
          <tr key={arm.arm}>
            <th scope="row">{armNames(arm.arm).likelihood}</th>
            {score.arms.map((other) => (
              <td key={other.arm}>{other === arm ? signed(arm.score) : ''}</td>
            ))}
            <Estimate of={arm.likelihood} />
          </tr>
        ))}
      {score.arms.length > 1 && (
        <tr>
          <th scope="row">{t('Mean of the models, at training prevalence')}</th>
          {score.arms.map(({ arm }) => (
            <td key={arm} />
          ))}
          <Estimate of={score.likelihood} />
        </tr>
      )}
    </tbody>
  </table>
);

/** How the number came from the views and models, as the pack that is loaded fuses them. */
const fusionText = (models: number, isCalibrated: boolean): string => {
  if (models === 1) return t('Fusion: mean SVM score of the views, calibrated.');
  return isCalibrated
    ? t(
        'Fusion: mean SVM score of the views in each model, calibrated, then the mean of the models, calibrated once more, restated for the assumed prevalence.',
      )
    : t(
        'Fusion: mean SVM score of the views in each model, calibrated, then the mean of the models, restated for the assumed prevalence.',
      );
};

const Score = ({ report, score }: { report: CaseReport; score: ReportScore }) => {
  const { manifest } = useServices();
  return (
    <>
      <p className="report-likelihood">
        {rich(
          t(
            '{likelihood} likelihood of malignancy, 95 % interval {interval}, at an assumed prevalence of {prevalence}',
            {
              interval: shownInterval(score, score.likelihood),
              prevalence: exactPercent(score.assumedPrevalence),
            },
          ),
          {
            likelihood: (
              <b data-testid="report-likelihood">{shown(score, score.likelihood.value)}</b>
            ),
          },
        )}
      </p>
      <Values report={report} score={score} />
      {score.siteCalibration && (
        <p className="small" data-testid="report-site">
          {t('Calibrated by {site}, {lesions} lesions of the site.', {
            site: score.siteCalibration.name,
            lesions: score.siteCalibration.lesions,
          })}
        </p>
      )}
      <p className="small">
        {fusionText(score.arms.length, manifest?.fusion.calibration !== undefined)}{' '}
        {t('Prevalence in the training lesions {prevalence}. Computed on {engine}.', {
          prevalence: exactPercent(score.trainingPrevalence),
          engine: tData(score.engine),
        })}
      </p>
    </>
  );
};

const Pictures = ({ report, lesion }: { report: CaseReport; lesion: ReportLesion }) => {
  const { imageOf: pixelsOf } = useServices();
  const open = useStudies((s) => s.images);
  const headerOf = (sop: string): OpenImage['header'] | undefined =>
    open.find(({ header }) => header.sopInstanceUid === sop)?.header;
  return (
    <div className="report-pictures">
      {lesion.marks.map((mark) => {
        const { sopInstanceUid: sop } = mark;
        const [image, header] = [pixelsOf(sop), headerOf(sop)];
        const title = datedTitle(report, imageOf(report, sop));
        if (!image || !header) return null;
        return (
          <figure key={sop}>
            <LesionImage
              {...{ image, header }}
              drawn={{ mark, number: lesion.number, colour: PAPER_MARK }}
              label={t('Lesion {number} on {view}', { number: lesion.number, view: title })}
            />
            <figcaption>{captionOf(title, image, BAR_MM.lesion)}</figcaption>
          </figure>
        );
      })}
    </div>
  );
};

/** What the reader said of the lesion; an empty box to write in where nothing was. */
const ReaderBox = ({ lesion }: { lesion: ReportLesion }) => {
  const { assessments, descriptors, notes } = lesion;
  const isEmpty = assessments.length === 0 && notes === '' && !descriptors;
  return (
    <div className={isEmpty ? 'report-reader empty' : 'report-reader'} data-testid="report-reader">
      <p>{t("Reader's assessment:")}</p>
      {assessments.map((assessment) => (
        <p key={assessment.at}>{assessmentText(assessment)}</p>
      ))}
      {descriptors && (
        <p data-testid="report-descriptors">
          {t('Described as {words}', { words: describedAs(descriptors) })}
        </p>
      )}
      {notes && <p className="report-notes">{notes}</p>}
    </div>
  );
};

/** One lesion: its picture on each view, its likelihood, and what limits it. */
export const ReportLesionSection = (props: { report: CaseReport; lesion: ReportLesion }) => {
  const { report, lesion } = props;
  const limits = limitsOf(report, lesion);
  return (
    <section className="report-lesion" data-testid={`report-lesion-${lesion.number}`}>
      <h2>{lesionTitle(report, lesion)}</h2>
      <div className="report-columns">
        <Pictures report={report} lesion={lesion} />
        <div>
          {lesion.score ? (
            <Score report={report} score={lesion.score} />
          ) : (
            notScoredLines(report, lesion).map((line) => <p key={line}>{line}</p>)
          )}
          {correctionsOf(report, lesion).map((text) => (
            <p key={text} data-testid="report-corrected">
              {text}
            </p>
          ))}
          {limits.length > 0 && (
            <>
              <p className="report-warning">{t('Limits of this score:')}</p>
              <ul className="report-warning" data-testid="report-cautions">
                {limits.map((limit) => (
                  <li key={limit}>{limit}</li>
                ))}
              </ul>
            </>
          )}
          {lesion.location && (
            <p data-testid="report-location">
              {t('Location: {words}', { words: locationWords(lesion.location) })}
            </p>
          )}
          <LesionFound report={report} lesionId={lesion.id} />
          {lesion.followUp && (
            <p data-testid="report-follow-up">
              {t('Same as lesion {number} of {date}: {change}', {
                number: lesion.followUp.number,
                date: formatDate(lesion.followUp.date),
                change: changeWords(lesion.followUp),
              })}
            </p>
          )}
          <ReaderBox lesion={lesion} />
        </div>
      </div>
    </section>
  );
};
