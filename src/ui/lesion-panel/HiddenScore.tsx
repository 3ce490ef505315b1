import type { Lesion } from '../../core/lesion/lesion.ts';
import { mayReveal } from '../../core/lesion/reading.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { useShownScore } from './use-shown-score.ts';

/** In the place of a score that the reader may not see yet: how to see it. Says nothing of it. */
export const HiddenScore = (props: { lesion: Lesion; result: ScoreOnShow }) => {
  const { lesion, result } = props;
  const { lesions } = useServices();
  const score = useShownScore(result);
  const reveal = () => {
    if (score) lesions.getState().reveal(lesion.id, { at: localMoment(new Date()), ...score });
  };
  return (
    <div className="hidden-score" data-testid={`hidden-${lesion.number}`}>
      <p className="fine">
        {mayReveal(lesion)
          ? t('Your assessment is recorded. It stays as it is once the score is revealed.')
          : t('The score is hidden until you have recorded your assessment.')}
      </p>
      <button type="button" className="primary" disabled={!mayReveal(lesion)} onClick={reveal}>
        {t('Reveal the score')}
      </button>
    </div>
  );
};
