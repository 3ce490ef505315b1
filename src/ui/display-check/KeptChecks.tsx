import { useStore } from 'zustand';
import type { DisplayCheck } from '../../core/display/check/display-check.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { verdictWords } from './check-words.ts';

export const momentWords = (at: string): string => at.slice(0, 16).replace('T', ' ');

/** The checks that were kept in this browser, the newest first; not printed. */
export const KeptChecks = ({ onOpen }: { onOpen: (check: DisplayCheck) => void }) => {
  const { settings } = useServices();
  const checks = useStore(settings, (s) => s.displayChecks);
  if (checks.length === 0) return null;
  return (
    <section className="on-screen" data-testid="kept-checks">
      <h2>{t('Kept checks')}</h2>
      <ul className="kept-checks">
        {checks.map((check) => (
          <li key={check.at}>
            {momentWords(check.at)} <bdi>{check.display}</bdi> {verdictWords(check)}{' '}
            <button type="button" onClick={() => onOpen(check)}>
              {t('Open')}
            </button>{' '}
            <button type="button" onClick={() => settings.getState().forgetDisplayCheck(check)}>
              {t('Delete check')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
