import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ArmScore, LikelihoodEstimate } from '../../core/lesion/types.ts';
import type { Likelihood } from '../../core/units.ts';
import type { LesionResult } from '../../state/scoring-store.ts';
import type { OpenImage } from '../../state/studies-store.ts';
import { interval, percent, signed, viewName } from '../format.ts';
import { type AssumedPrevalence, useAssumedPrevalence } from '../prevalence.ts';
import { useScoring, useServices, useStudies } from '../services.tsx';
import { doubtsOf } from './doubts.ts';
import { FeatureTable } from './FeatureTable.tsx';
import { ReferenceHistogram } from './ReferenceHistogram.tsx';
import { StabilityCheck } from './StabilityCheck.tsx';

type Scored = Extract<LesionResult, { phase: 'scored' }>;

const imageOf = (images: readonly OpenImage[], sop: string) =>
  images.find((i) => i.header.sopInstanceUid === sop);

const nameOf = (images: readonly OpenImage[], sop: string): string => {
  const image = imageOf(images, sop);
  return image ? viewName(image.header) : 'closed view';
};

const ViewTable = ({ result, images }: { result: Scored; images: readonly OpenImage[] }) => {
  const { arms, viewLikelihoods } = result.answer.score;
  const { shift } = useAssumedPrevalence();
  const rows = result.views
    .map((sop, i) => ({ sop, i, name: nameOf(images, sop) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <table className="view-scores">
      <caption>Score of each view alone</caption>
      <thead>
        <tr>
          <th scope="col">View</th>
          {arms.map((arm) => (
            <th scope="col" key={arm.arm}>
              SVM score, {arm.arm === 'cnn' ? 'CNN' : 'measured'}
            </th>
          ))}
          <th scope="col">Likelihood</th>
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
  const notes = new Set([
    ...doubtsOf(result, reference),
    ...result.views.flatMap((sop) => imageOf(images, sop)?.scopeNotes.map((n) => n.text) ?? []),
  ]);
  if (notes.size === 0) return null;
  return (
    <ul className="score-warnings" data-testid="score-warnings" aria-label="Limits of this score">
      {[...notes].map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
};

const fusionRule = (arms: number, views: number): string => {
  const mean = views > 1 ? `mean SVM score of ${views} views` : 'SVM score of the one marked view';
  return arms > 1 ? `${mean} per arm, calibrated, mean of the arms` : `${mean}, calibrated (Platt)`;
};

const shifted = (
  { value, low, high }: LikelihoodEstimate,
  shift: AssumedPrevalence['shift'],
): LikelihoodEstimate => ({ value: shift(value), low: shift(low), high: shift(high) });

const ARM_NAMES = { cnn: 'Network (CNN)', analytic: 'Measured features' } as const;

/** What each arm says by itself, where there are two. */
const Arms = ({ arms }: { arms: readonly ArmScore[] }) => {
  const { shift } = useAssumedPrevalence();
  if (arms.length < 2) return null;
  return (
    <table className="view-scores" data-testid="arms">
      <caption>Each arm alone, over all marked views</caption>
      <tbody>
        {arms.map(({ arm, likelihood }) => (
          <tr key={arm}>
            <th scope="row">{ARM_NAMES[arm]}</th>
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
        <span>likelihood of malignancy</span>
      </p>
      <p>
        95 % interval {interval(estimate)}, at an assumed prevalence of {percent(assumed)}
      </p>
      <p className="fine">Fusion: {fusionRule(score.arms.length, result.views.length)}</p>
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
        {manifest?.id} {manifest?.version}, {info.backend} ({info.adapter}),{' '}
        {Math.round(milliseconds.total)} ms of which network {Math.round(milliseconds.network)} ms
      </p>
      <p className="fine">Research use only. Not a diagnosis.</p>
    </div>
  );
};

/** What is known of one lesion's score, in whichever state it is. */
export const ScoreCard = (props: {
  lesion: Lesion;
  result: LesionResult | undefined;
  blockedBy: readonly string[];
  onRetry: () => void;
}) => {
  const { lesion, result, blockedBy } = props;
  if (Object.keys(lesion.marks).length === 0)
    return (
      <p className="fine">Click on it, or drag a box around it, on each view where it is seen.</p>
    );
  if (blockedBy.length > 0)
    return (
      <ul className="score-warnings" role="alert">
        {blockedBy.map((text) => (
          <li key={text}>Not scored: {text}</li>
        ))}
      </ul>
    );
  if (!result) return <p className="fine">Its images are not open, or the engine is not ready.</p>;
  if (result.phase === 'running')
    return (
      <p role="status" className="fine">
        Scoring ...
      </p>
    );
  if (result.phase === 'failed')
    return (
      <div role="alert" className="alarm">
        <p>Scoring failed: {result.reason}</p>
        <button type="button" onClick={props.onRetry}>
          Try again
        </button>
      </div>
    );
  return <Fused lesion={lesion} result={result} />;
};
