import { useStore } from 'zustand';
import { operatingPointAt, SPECIFICITIES } from '../../core/explain/operating-point.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Likelihood } from '../../core/units/units.ts';
import { axisPercent, percent } from '../format.ts';
import { rich } from '../components/rich.tsx';
import { t } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useServices } from '../services.tsx';

/** The likelihood (at training prevalence) of the operating point that the reader holds scores against. */
export const useCut = (reference: ReferenceFile | undefined): Likelihood | undefined => {
  const { settings } = useServices();
  const specificity = useStore(settings, (s) => s.specificity);
  const point = reference && operatingPointAt(reference, specificity);
  return point?.likelihood as Likelihood | undefined;
};

/** Above or below, in a word, and which of the pack's operating points is asked. */
export const OperatingPoint = ({
  likelihood,
  cut,
}: {
  likelihood: Likelihood;
  cut: Likelihood;
}) => {
  const { settings } = useServices();
  const { shift } = useAssumedPrevalence();
  const specificity = useStore(settings, (s) => s.specificity);
  const isAbove = likelihood >= cut;
  const text = t('{word} {choice} at {cut}', { cut: axisPercent(shift(cut)) });
  return (
    <p className="operating-point" data-testid="operating-point" data-above={isAbove}>
      <i className="key cut" aria-hidden="true" />
      {rich(text, {
        word: <b>{isAbove ? t('Above') : t('Below')}</b>,
        choice: (
          <select
            value={specificity}
            aria-label={t('Operating point')}
            onChange={({ target }) => {
              const chosen = SPECIFICITIES.find((one) => String(one) === target.value);
              if (chosen) settings.getState().chooseSpecificity(chosen);
            }}
          >
            {SPECIFICITIES.map((one) => (
              <option key={one} value={one}>
                {t('{share} specificity', { share: percent(one) })}
              </option>
            ))}
          </select>
        ),
      })}
    </p>
  );
};
