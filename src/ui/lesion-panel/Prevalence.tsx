import { t } from '../i18n/text.ts';
import { useServices } from '../services.tsx';
import { useAssumedPrevalence } from '../prevalence.ts';

const rounded = (share: number): number => Math.round(share * 1000) / 10;

/** The assumed prevalence, which every likelihood on screen is restated for. */
export const Prevalence = () => {
  const { settings } = useServices();
  const { assumed, training } = useAssumedPrevalence();
  const asTrained = Math.abs(assumed - training) < 1e-9;
  return (
    <section className="prevalence" aria-label={t('Assumed prevalence')}>
      <label>
        {t('Assumed prevalence')}
        <span>
          <input
            type="number"
            min={0.1}
            max={99.9}
            step={0.1}
            value={rounded(assumed)}
            data-testid="prevalence"
            onChange={(e) => settings.getState().assumePrevalence(Number(e.target.value) / 100)}
          />
          %
        </span>
      </label>
      <p className="fine">
        {asTrained ? (
          t('As in the training lesions, which were sent to biopsy or follow-up.')
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => settings.getState().assumePrevalence(undefined)}
          >
            {t('Back to that of the training lesions, {share} %', { share: rounded(training) })}
          </button>
        )}
      </p>
    </section>
  );
};
