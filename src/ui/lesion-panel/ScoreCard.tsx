import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ArmScore, LikelihoodEstimate } from '../../core/lesion/types.ts';
import { isNotShipped } from '../../core/pack/shipped.ts';
import type { Likelihood } from '../../core/units.ts';
import type { LesionResult } from '../../state/scoring-store.ts';
import type { OpenImage } from '../../state/studies-store.ts';
import { interval, percent, signed, viewName } from '../format.ts';
import { t, tMessage } from '../i18n/text.ts';
import { type AssumedPrevalence, useAssumedPrevalence } from '../prevalence.ts';
import { useScoring, useServices, useStudies } from '../services.tsx';
import { doubtsOf } from './doubts.ts';
import { FeatureTable } from './FeatureTable.tsx';
import { HiddenScore } from './HiddenScore.tsx';
import { ReferenceHistogram } from './ReferenceHistogram.tsx';
import { StabilityCheck } from './StabilityCheck.tsx';

type Scored = Extract<LesionResult, { phase: 'scored' }>;

const imageOf = (images: readonly OpenImage[], sop: string) =>
  images.find((i) => i.header.sopInstanceUid === sop);

const nameOf = (images: readonly OpenImage[], sop: string): string => {
  const image = imageOf(images, sop);
  return image ? viewName(image.header) : t('closed view');
};

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

const Warnings = ({ result, images }: { result: Scored; images: readonly OpenImage[] }) => {
  const engine = useScoring((s) => s.engine);
  const reference = engine.phase === 'ready' ? engine.reference : undefined;
  const { manifest } = useServices();
  const notes = new Set([
    ...(manifest && isNotShipped(manifest)
      ? [t('This model pack was not shipped with this program.')]
      : []),
    ...doubtsOf(result, reference),
    ...result.views.flatMap(
      (sop) => imageOf(images, sop)?.scopeNotes.map((n) => tMessage(n.text)) ?? [],
    ),
  ]);
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

/** What each arm says by itself, where there are two. */
const Arms = ({ arms }: { arms: readonly ArmScore[] }) => {
  const { shift } = useAssumedPrevalence();
  if (arms.length < 2) return null;
  return (
    <table className="view-scores" data-testid="arms">
      <caption>{t('Each arm alone, over all marked views')}</caption>
      <tbody>
        {arms.map(({ arm, likelihood }) => (
          <tr key={arm}>
            <th scope="row">{arm === 'cnn' ? t('Network (CNN)') : t('Measured features')}</th>
            <td>{percent(shift(likelihood.value))}</td>
            <td>{interval(shifted(likelihood, shift))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
          prevalence: percent(assumed),
        })}
      </p>
      <p className="fine">{fusionRule(score.arms.length, result.views.length)}</p>
      <Warnings result={result} images={images} />
      <Arms arms={score.arms} />
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
      {reasons.map((text) => (
        <li key={text}>{t('Not scored: {reason}', { reason: text })}</li>
      ))}
    </ul>
  </div>
);

type Withheld = Extract<LesionResult, { phase: 'withheld' }>;

/** Marked places that hold nothing to judge: no number, but why. */
const WithheldScore = ({ result }: { result: Withheld }) => {
  const images = useStudies((s) => s.images);
  const reasons = Object.entries(result.problems).map(([sop, { text }]) =>
    t('{view}: {text}', { view: nameOf(images, sop), text: tMessage(text) }),
  );
  return <NotScored reasons={reasons} />;
};

/** What is known of one lesion's score, in whichever state it is. */
export const ScoreCard = (props: {
  lesion: Lesion;
  result: LesionResult | undefined;
  blockedBy: readonly string[];
  /** Reading first: the reader may not see the score yet. */
  hidden: boolean;
  onRetry: () => void;
}) => {
  const { lesion, result, blockedBy } = props;
  if (Object.keys(lesion.marks).length === 0)
    return (
      <p className="fine">
        {t('Click on it, or drag a box around it, on each view where it is seen.')}
      </p>
    );
  if (blockedBy.length > 0) return <NotScored reasons={blockedBy} />;
  if (!result)
    return <p className="fine">{t('Its images are not open, or the engine is not ready.')}</p>;
  if (result.phase === 'running')
    return (
      <p role="status" className="fine">
        {t('Scoring ...')}
      </p>
    );
  if (result.phase === 'failed')
    return (
      <div role="alert" className="alarm">
        <p>{t('Scoring failed: {reason}', { reason: tMessage(result.reason) })}</p>
        <button type="button" onClick={props.onRetry}>
          {t('Try again')}
        </button>
      </div>
    );
  if (result.phase === 'withheld') return <WithheldScore result={result} />;
  if (props.hidden) return <HiddenScore lesion={lesion} result={result} />;
  return <Fused lesion={lesion} result={result} />;
};
