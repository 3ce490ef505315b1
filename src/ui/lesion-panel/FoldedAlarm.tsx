import { useStore } from 'zustand';
import { runCommand } from '../../commands/registry.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import type { ScoringStore } from '../../state/scoring-store.ts';
import { useServices } from '../services.tsx';
import './card.css';

const Alarm = ({ scoring }: { scoring: ScoringStore }) => {
  const engine = useStore(scoring, (s) => s.engine);
  if (engine.phase !== 'blocked' && engine.phase !== 'failed') return null;
  return (
    <div role="alert" className="folded-alarm alarm" data-testid="folded-alarm">
      {engine.phase === 'blocked'
        ? t('Scoring is blocked. {reason}', { reason: say(engine.reason) })
        : t('Scoring is not available: {reason}', { reason: say(engine.reason) })}{' '}
      <button type="button" onClick={() => runCommand('page.fold-lesions')}>
        {t('Show the lesions')}
      </button>
    </div>
  );
};

/** Says that there are no scores while the panel that would say it is folded. */
export const FoldedAlarm = () => {
  const { scoring } = useServices();
  return scoring ? <Alarm scoring={scoring} /> : null;
};
