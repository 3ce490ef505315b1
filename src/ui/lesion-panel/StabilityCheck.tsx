import type { Lesion } from '../../core/lesion/lesion.ts';
import type { Likelihood } from '../../core/units/units.ts';
import type { Stability } from '../../state/lesion-result.ts';
import { percent } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useServices } from '../services.tsx';

/** How far the number moves when the boxes do, asked for by a press of a button. */
export const StabilityCheck = (props: { lesion: Lesion; stability: Stability | undefined }) => {
  const { scoring } = useServices();
  const { shift } = useAssumedPrevalence();
  const { lesion, stability } = props;
  if (stability?.phase === 'running')
    return (
      <p className="fine" role="status">
        {t('Checking stability ...')}
      </p>
    );
  if (stability?.phase === 'done') {
    const { likelihoods, unjudged } = stability;
    const shown = likelihoods.map(shift);
    const [low, high] = [Math.min(...shown), Math.max(...shown)] as [Likelihood, Likelihood];
    const all = likelihoods.length + unjudged;
    return (
      <p className="fine" data-testid="stability" data-low={low} data-high={high}>
        {shown.length > 0 &&
          t('Boxes moved or scaled by 10 %: {low} to {high}.', {
            low: percent(low),
            high: percent(high),
          })}
        {unjudged > 0 && (
          <b>
            {' '}
            {t('{count} of the {all} moved boxes hold nothing to judge.', { count: unjudged, all })}
          </b>
        )}
      </p>
    );
  }
  return (
    <>
      {stability && (
        <p className="alarm">
          {t('Stability could not be checked: {reason}', { reason: say(stability.reason) })}
        </p>
      )}
      <button type="button" onClick={() => void scoring?.getState().examineStability(lesion)}>
        {t('Check stability (boxes moved 10 %)')}
      </button>
    </>
  );
};
