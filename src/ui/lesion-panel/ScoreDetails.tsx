import { armNames } from '../arm-names.ts';
import { joinViews } from '../../core/lesion/joining.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import type { Likelihood } from '../../core/units/units.ts';
import type { Scored } from '../../state/lesion-result.ts';
import { exactPercent, interval, percent, signed } from '../format.ts';
import { t, tData } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useScoring, useServices } from '../services.tsx';
import { FeatureStrips } from './FeatureStrips.tsx';
import { ReferenceCounts } from './ReferenceHistogram.tsx';
import { ScoredAlikeTable } from './ScoredAlikeTable.tsx';
import { StabilityCheck } from './StabilityCheck.tsx';

/** The views by name, each with what it says alone by the calibration of single views. */
const ViewTable = ({ result }: { result: Scored }) => {
  const { arms, viewLikelihoods } = result.answer.score;
  const { shiftView } = useAssumedPrevalence();
  const rows = result.origins
    .map(({ name }, i) => ({ name, i }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <table className="view-scores">
      <caption>{t('Each view alone, with the calibration of single views')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('View')}</th>
          {arms.map((arm) => (
            <th scope="col" key={arm.arm}>
              {armNames(arm.arm).value}
            </th>
          ))}
          <th scope="col">{t('Likelihood')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, i }) => (
          <tr key={i} data-testid="view-score">
            <th scope="row">{name}</th>
            {arms.map((arm) => (
              <td key={arm.arm}>{signed(arm.viewScores[i] ?? Number.NaN)}</td>
            ))}
            <td>{percent(shiftView(viewLikelihoods[i] as Likelihood))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/**
 * What each model says by itself, where there are two, and how the fused number comes from them: their
 * mean holds at the training prevalence, and it is the mean that is restated for another.
 */
const Models = ({ score }: { score: LesionScore }) => {
  const { assumed, training, site, shift, shiftAll } = useAssumedPrevalence();
  const { manifest } = useServices();
  if (score.arms.length < 2) return null;
  const mean = manifest?.fusion.calibration
    ? t('Mean of the models, calibrated')
    : t('Mean of the models');
  return (
    <table className="view-scores" data-testid="models">
      <caption>
        {t('Each model alone, over all marked views, at the training prevalence of {prevalence}', {
          prevalence: exactPercent(training),
        })}
      </caption>
      <tbody>
        {score.arms.map(({ arm, likelihood }) => (
          <tr key={arm}>
            <th scope="row">{armNames(arm).model}</th>
            <td>{percent(likelihood.value)}</td>
            <td>{interval(likelihood)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{mean}</th>
          <td>{percent(score.likelihood.value)}</td>
          <td>{interval(score.likelihood)}</td>
        </tr>
        {(site || assumed !== training) && (
          <tr>
            <th scope="row">
              {site
                ? t('That mean, calibrated by {site}, at a prevalence of {prevalence}', {
                    site: site.name,
                    prevalence: exactPercent(assumed),
                  })
                : t('That mean at a prevalence of {prevalence}', {
                    prevalence: exactPercent(assumed),
                  })}
            </th>
            <td>{percent(shift(score.likelihood.value))}</td>
            <td>{interval(shiftAll(score.likelihood))}</td>
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

const fusionRule = (models: number, views: number): string => {
  if (models > 1)
    return views > 1
      ? t(
          'Fusion: mean SVM score of {views} views in each model, calibrated, mean of the models.',
          { views },
        )
      : t(
          'Fusion: SVM score of the one marked view in each model, calibrated, mean of the models.',
        );
  return views > 1
    ? t('Fusion: mean SVM score of {views} views, calibrated (Platt).', { views })
    : t('Fusion: SVM score of the one marked view, calibrated (Platt).');
};

/** What scored: pack and its hash, backend and adapter, and how long it took. */
const Origin = ({ result }: { result: Scored }) => {
  const { manifest, packSha256 } = useServices();
  const { info, milliseconds } = result.answer;
  return (
    <p className="fine" data-testid="score-origin" title={packSha256 && `SHA-256 ${packSha256}`}>
      {t('{pack}, {backend} ({adapter}), {total} ms of which network {network} ms', {
        pack: `${manifest?.id} ${manifest?.version} ${packSha256?.slice(0, 12) ?? ''}`.trim(),
        backend: info.backend,
        adapter: tData(info.adapter),
        total: Math.round(milliseconds.total),
        network: Math.round(milliseconds.network),
      })}
    </p>
  );
};

/** What stands behind a score, for who asks. */
export const ScoreDetails = ({ lesion, result }: { lesion: Lesion; result: Scored }) => {
  const { manifest } = useServices();
  const engine = useScoring((s) => s.engine);
  const { score } = result.answer;
  const reference = engine.phase === 'ready' ? engine.reference : undefined;
  return (
    <>
      <StabilityCheck lesion={lesion} stability={result.stability} />
      <Models score={score} />
      <ViewTable result={result} />
      {reference && result.described && (
        <FeatureStrips reference={reference} described={result.described} />
      )}
      {reference && <ScoredAlikeTable reference={reference} score={score} />}
      {reference && <ReferenceCounts reference={reference} likelihood={score.likelihood.value} />}
      <p className="fine">
        {fusionRule(score.arms.length, viewsCounted(result))}
        {manifest?.fusion.calibration && ` ${t('This mean is calibrated once more.')}`}
      </p>
      <Origin result={result} />
    </>
  );
};
