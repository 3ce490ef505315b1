import type { LikelihoodEstimate } from '../../core/lesion/types.ts';
import type { Likelihood } from '../../core/units/units.ts';
import { exactPercent, percent, shortInterval } from '../format.ts';
import { t } from '../../i18n/phrases/text.ts';

const at = (share: number) => ({ left: `${share * 100}%` });

/**
 * The likelihood from 0 to 100 % with its interval, the prevalence it starts from and the operating
 * point it is held against, all at one prevalence.
 */
export const LikelihoodBar = (props: {
  estimate: LikelihoodEstimate;
  prevalence: number;
  cut: Likelihood | undefined;
}) => {
  const { estimate, prevalence, cut } = props;
  const { value, low, high } = estimate;
  const said = [
    t('{likelihood} between 0 and 100 %', { likelihood: percent(value) }),
    t('95 % CI {interval}', { interval: shortInterval(estimate) }),
    t('prevalence {prevalence}', { prevalence: exactPercent(prevalence) }),
    ...(cut === undefined ? [] : [t('operating point {cut}', { cut: percent(cut) })]),
  ];
  return (
    <div className="likelihood-bar" role="img" aria-label={said.join(t(', '))}>
      <i className="span" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
      <i className="value" style={at(value)} />
      {cut !== undefined && <i className="cut" style={at(cut)} />}
      <i className="prior" style={at(prevalence)} />
    </div>
  );
};
