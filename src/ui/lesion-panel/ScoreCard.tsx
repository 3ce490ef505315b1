import type { Message } from '../../core/message/message.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { Arm, LesionScore, LikelihoodEstimate } from '../../core/lesion/types.ts';
import type { Likelihood } from '../../core/units/units.ts';
import { joinViews } from '../../core/lesion/joining.ts';
import { cautionsOf } from '../../state/cautions.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import type { Scored } from '../../state/lesion-result.ts';
import { exactPercent, interval, percent, signed, viewName } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { type AssumedPrevalence, useAssumedPrevalence } from '../prevalence.ts';
import { useNipples, useScoring, useServices, useStudies } from '../services.tsx';
import { FeatureTable } from './FeatureTable.tsx';
import { HiddenScore } from './HiddenScore.tsx';
import { ReferenceHistogram } from './ReferenceHistogram.tsx';
import { StabilityCheck } from './StabilityCheck.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

const imageOf = (images: readonly OpenImage[], sop: string) =>
  images.find((i) => i.header.sopInstanceUid === sop);

const nameOf = (images: readonly OpenImage[], sop: string): string => {
  const image = imageOf(images, sop);
  return image ? viewName(image.header) : t('closed view');
};

/** A sentence of core with the view that it speaks of, where it is of one. */
const withView = ({ view, text }: { readonly view?: string; readonly text: Message }): string =>
  view === undefined ? say(text) : t('{view}: {text}', { view, text: say(text) });

const ViewTable = ({ result, images }: { result: Scored; images: readonly OpenImage[] }) => {
  const { arms, viewLikelihoods } = result.answer.score;
  const { shift } = useAssumedPrevalence();
  const rows = result.views
    .map((sop, i) => ({ sop, i, name: nameOf(images, sop) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <table className="view-scores">
      <caption>{t('Score of each view alone')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('View')}</th>
          {arms.map((arm) => (
            <th scope="col" key={arm.arm}>
              {arm.arm === 'cnn' ? t('SVM score, CNN') : t('SVM score, measured')}
            </th>
          ))}
          <th scope="col">{t('Likelihood')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ sop, i, name }) => (
          <tr key={sop} data-testid="view-score">
            <th scope="row">{name}</th>
            {arms.map((arm) => (
              <td key={arm.arm}>{signed(arm.viewScores[i] ?? Number.NaN)}</td>
            ))}
            <td>{percent(shift(viewLikelihoods[i] as Likelihood))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** All that speaks against trusting the score: the same as on the printed report. */
const Warnings = ({ result, images }: { result: Scored; images: readonly OpenImage[] }) => {
  const { imageOf, manifest: pack } = useServices();
  const engine = useScoring((s) => s.engine);
  const landmarks = useNipples((s) => s.landmarks);
  const placed = useNipples((s) => s.placed);
  const seen = images.flatMap(({ header }) => {
    const image = imageOf(header.sopInstanceUid);
    return image ? [{ header, image }] : [];
  });
  const cautions = cautionsOf(result, {
    images,
    seen,
    engine,
    nipples: { landmarks, placed },
    pack,
  });
  const notes = new Set(cautions.map(withView));
  if (notes.size === 0) return null;
  return (
    <ul
      className="score-warnings"
      data-testid="score-warnings"
      aria-label={t('Limits of this score')}
    >
      {[...notes].map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
};

const fusionRule = (arms: number, views: number): string => {
  if (arms > 1)
    return views > 1
      ? t('Fusion: mean SVM score of {views} views per arm, calibrated, mean of the arms', {
          views,
        })
      : t('Fusion: SVM score of the one marked view per arm, calibrated, mean of the arms');
  return views > 1
    ? t('Fusion: mean SVM score of {views} views, calibrated (Platt)', { views })
    : t('Fusion: SVM score of the one marked view, calibrated (Platt)');
};

const shifted = (
  { value, low, high }: LikelihoodEstimate,
  shift: AssumedPrevalence['shift'],
): LikelihoodEstimate => ({ value: shift(value), low: shift(low), high: shift(high) });

/**
 * What each arm says by itself, where there are two, and how the fused number comes from them: their
 * mean holds at the training prevalence, and it is the mean that is restated for another.
 */
const Arms = ({ score }: { score: LesionScore }) => {
  const { assumed, training, shift } = useAssumedPrevalence();
  const { manifest } = useServices();
  if (score.arms.length < 2) return null;
  const mean = manifest?.fusion.calibration
    ? t('Mean of the arms, calibrated')
    : t('Mean of the arms');
  const name = (arm: Arm) => (arm === 'cnn' ? t('Network (CNN)') : t('Measured features'));
  return (
    <table className="view-scores" data-testid="arms">
      <caption>
        {t('Each arm alone, over all marked views, at the training prevalence of {prevalence}', {
          prevalence: exactPercent(training),
        })}
      </caption>
      <tbody>
        {score.arms.map(({ arm, likelihood }) => (
          <tr key={arm}>
            <th scope="row">{name(arm)}</th>
            <td>{percent(likelihood.value)}</td>
            <td>{interval(likelihood)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{mean}</th>
          <td>{percent(score.likelihood.value)}</td>
          <td>{interval(score.likelihood)}</td>
        </tr>
        {assumed !== training && (
          <tr>
            <th scope="row">
              {t('That mean at a prevalence of {prevalence}', {
                prevalence: exactPercent(assumed),
              })}
            </th>
            <td>{percent(shift(score.likelihood.value))}</td>
            <td>{interval(shifted(score.likelihood, shift))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
};

/** How many views the score is the mean of: images of one projection count as one. */
const viewsCounted = ({ origins }: Scored): number => {
  const joined = joinViews(origins);
  return joined.ok ? joined.value.length : origins.length;
};

const Fused = ({ lesion, result }: { lesion: Lesion; result: Scored }) => {
  const { manifest } = useServices();
  const images = useStudies((s) => s.images);
  const engine = useScoring((s) => s.engine);
  const { score, info, milliseconds } = result.answer;
  const { assumed, shift } = useAssumedPrevalence();
  const estimate = shifted(score.likelihood, shift);
  return (
    <div className="fused" data-testid={`score-${lesion.number}`}>
      <p className="likelihood">
        <output
          data-testid="likelihood"
          data-value={score.likelihood.value}
          data-views={score.viewLikelihoods.join(' ')}
          data-backend={info.backend}
        >
          {percent(estimate.value)}
        </output>
        <span>{t('likelihood of malignancy')}</span>
      </p>
      <p>
        {t('95 % interval {interval}, at an assumed prevalence of {prevalence}', {
          interval: interval(estimate),
          prevalence: exactPercent(assumed),
        })}
      </p>
      <p className="fine">
        {fusionRule(score.arms.length, viewsCounted(result))}
        {manifest?.fusion.calibration && <> {t('This mean is calibrated once more.')}</>}
      </p>
      <Warnings result={result} images={images} />
      <Arms score={score} />
      <ViewTable result={result} images={images} />
      {engine.phase === 'ready' && (
        <ReferenceHistogram reference={engine.reference} likelihood={score.likelihood.value} />
      )}
      {engine.phase === 'ready' && result.described && (
        <FeatureTable reference={engine.reference} described={result.described} />
      )}
      <StabilityCheck lesion={lesion} stability={result.stability} />
      <p className="fine" data-testid="score-origin">
        {t('{pack}, {backend} ({adapter}), {total} ms of which network {network} ms', {
          pack: `${manifest?.id} ${manifest?.version}`,
          backend: info.backend,
          adapter: info.adapter,
          total: Math.round(milliseconds.total),
          network: Math.round(milliseconds.network),
        })}
      </p>
      <p className="fine">{t('Research use only. Not a diagnosis.')}</p>
    </div>
  );
};

const NotScored = ({ reasons }: { reasons: readonly string[] }) => (
  <div role="alert">
    <ul className="score-warnings" data-testid="not-scored">
      {reasons.map((reason) => (
        <li key={reason}>{t('Not scored: {reason}', { reason })}</li>
      ))}
    </ul>
  </div>
);

type Withheld = Extract<ScoreOnShow, { phase: 'withheld' }>;

/** Marked places that hold nothing to judge: no number, but why. */
const WithheldScore = ({ result }: { result: Withheld }) => {
  const images = useStudies((s) => s.images);
  const reasons = Object.entries(result.problems).map(([sop, { text }]) =>
    withView({ view: nameOf(images, sop), text }),
  );
  return <NotScored reasons={reasons} />;
};

const Waiting = ({ lesion }: { lesion: Lesion }) => {
  const engine = useScoring((s) => s.engine.phase);
  const wasScored = useScoring((s) => lesion.id in s.results);
  if (!wasScored)
    return <p className="fine">{t('To be scored when the scoring engine is ready.')}</p>;
  return (
    <p role="status" className="fine" data-testid="to-be-scored">
      {engine === 'ready'
        ? t('To be scored again.')
        : t('To be scored again when the scoring engine is ready.')}
    </p>
  );
};

/** What is known of one lesion's score, in whichever state it is. */
export const ScoreCard = (props: {
  lesion: Lesion;
  result: ScoreOnShow;
  /** Reading first: the reader may not see the score yet. */
  hidden: boolean;
  onRetry: () => void;
}) => {
  const { lesion, result } = props;
  switch (result.phase) {
    case 'unmarked':
      return (
        <p className="fine">
          {t('Click on it, or drag a box around it, on each view where it is seen.')}
        </p>
      );
    case 'refused':
      return <NotScored reasons={result.reasons.map(withView)} />;
    case 'withheld':
      return <WithheldScore result={result} />;
    case 'closed':
      return <p className="fine">{t('Its marks are on no image that is open.')}</p>;
    case 'waiting':
      return <Waiting lesion={lesion} />;
    case 'running':
      return (
        <p role="status" className="fine">
          {t('Scoring ...')}
        </p>
      );
    case 'failed':
      return (
        <div role="alert" className="alarm">
          <p>{t('Scoring failed: {reason}', { reason: say(result.reason) })}</p>
          <button type="button" onClick={props.onRetry}>
            {t('Try again')}
          </button>
        </div>
      );
    case 'scored':
      return props.hidden ? (
        <HiddenScore lesion={lesion} result={result} />
      ) : (
        <Fused lesion={lesion} result={result} />
      );
  }
};
