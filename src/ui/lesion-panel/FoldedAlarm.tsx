import { useStore } from 'zustand';
import { runCommand } from '../../commands/registry.ts';
import { t } from '../../i18n/phrases/text.ts';
import type { ScoringStore } from '../../state/scoring-store.ts';
import { useServices } from '../services.tsx';
import { engineProblem } from './engine-problem.ts';

const Alarm = ({ scoring }: { scoring: ScoringStore }) => {
  const problem = engineProblem(useStore(scoring, (s) => s.engine));
  if (problem === undefined) return null;
  return (
    <div role="alert" className="folded-alarm alarm" data-testid="folded-alarm">
      {problem}{' '}
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
