import { useState } from 'react';
import { exactPercent } from '../../core/units/percent.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { useAssumedPrevalence } from '../prevalence.ts';

/** A share from what was typed in percent, with a point or a comma; undefined where it is none. */
const shareOf = (typed: string): number | undefined => {
  const text = typed.trim().replace(',', '.');
  const share = /^\d*\.?\d+\.?$/.test(text) ? Number(text) / 100 : Number.NaN;
  return share > 0 && share < 1 ? share : undefined;
};

/** What is typed stays as it is typed; it is taken at Enter or on leaving, and Escape gives it up. */
const PrevalenceField = () => {
  const { settings } = useServices();
  const { assumed } = useAssumedPrevalence();
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState(false);
  const take = () => {
    if (typed === undefined) return;
    const share = shareOf(typed);
    setRefused(share === undefined);
    if (share !== undefined) settings.getState().assumePrevalence(share);
    setTyped(undefined);
  };
  return (
    <>
      <label>
        {t('Assumed prevalence')}
        <span>
          <input
            type="text"
            inputMode="decimal"
            size={6}
            autoComplete="off"
            value={typed ?? String(exactPercent(assumed))}
            data-testid="prevalence"
            onChange={(e) => {
              setRefused(false);
              setTyped(e.target.value);
            }}
            onBlur={take}
            onKeyDown={(e) => {
              if (e.key === 'Enter') take();
              if (e.key === 'Escape') setTyped(undefined);
            }}
          />
          %
        </span>
      </label>
      {refused && (
        <p role="alert" className="fine">
          {t('Not taken: a prevalence is a number of percent above 0 and below 100.')}
        </p>
      )}
    </>
  );
};

/** The assumed prevalence, which every likelihood on screen is restated for. */
export const Prevalence = () => {
  const { settings } = useServices();
  const { assumed, training } = useAssumedPrevalence();
  const asTrained = Math.abs(assumed - training) < 1e-9;
  return (
    <section className="prevalence" aria-label={t('Assumed prevalence')}>
      <PrevalenceField />
      <p className="fine">
        {asTrained ? (
          t('As in the training lesions, which were sent to biopsy or follow-up.')
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => settings.getState().assumePrevalence(undefined)}
          >
            {t('Back to that of the training lesions, {share} %', {
              share: exactPercent(training),
            })}
          </button>
        )}
      </p>
    </section>
  );
};
