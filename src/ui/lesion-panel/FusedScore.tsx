import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Scored } from '../../state/lesion-result.ts';
import { exactPercent, frequency, percent, shortInterval } from '../format.ts';
import { rich } from '../components/rich.tsx';
import { t } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useScoring, useServices } from '../services.tsx';
import { Cautions } from './Cautions.tsx';
import { LikelihoodBar } from './LikelihoodBar.tsx';
import { OperatingPoint, useCut } from './OperatingPoint.tsx';
import { ReferenceHistogram } from './ReferenceHistogram.tsx';

/** The fused number, large, in percent or as a natural frequency. */
const Likelihood = ({ result }: { result: Scored }) => {
  const { settings } = useServices();
  const { shift } = useAssumedPrevalence();
  const isFrequency = useStore(settings, (s) => s.likelihoodAs) === 'frequency';
  const { score, info } = result.answer;
  const value = shift(score.likelihood.value);
  return (
    <output
      className={isFrequency ? 'in-words' : undefined}
      data-testid="likelihood"
      data-value={score.likelihood.value}
      data-views={score.viewLikelihoods.join(' ')}
      data-backend={info.backend}
    >
      {isFrequency ? frequency(value) : percent(value)}
    </output>
  );
};

/** A score at a glance: number and bar, operating point, cautions, and the lesion among others. */
export const FusedScore = ({ result, views }: { result: Scored; views: ReactNode }) => {
  const engine = useScoring((s) => s.engine);
  const reference = engine.phase === 'ready' ? engine.reference : undefined;
  const cut = useCut(reference);
  const { assumed, site, shift, shiftAll } = useAssumedPrevalence();
  const { likelihood } = result.answer.score;
  const estimate = shiftAll(likelihood);
  return (
    <div className="fused">
      <div className="likelihood">
        <Likelihood result={result} />
        <div>
          <span className="fine">{t('likelihood of malignancy')}</span>
          {views}
        </div>
      </div>
      <LikelihoodBar
        estimate={estimate}
        prevalence={assumed}
        cut={cut === undefined ? undefined : shift(cut)}
      />
      <p className="fine">
        {t('95 % CI {interval}', { interval: shortInterval(estimate) })}
        {t(', ')}
        <span className="prevalence-key">
          {rich(t('{mark} prevalence {prevalence}', { prevalence: exactPercent(assumed) }), {
            mark: <i className="key prior" aria-hidden="true" />,
          })}
        </span>
      </p>
      {site && (
        <p className="fine" data-testid="score-site">
          {t('site calibration: {site}', { site: site.name })}
        </p>
      )}
      {cut !== undefined && <OperatingPoint likelihood={likelihood.value} cut={cut} />}
      <Cautions result={result} />
      {reference && <ReferenceHistogram reference={reference} likelihood={likelihood.value} />}
    </div>
  );
};
