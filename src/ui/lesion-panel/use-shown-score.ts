import { useStore } from 'zustand';
import type { ShownScore } from '../../core/lesion/reading.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { shownScore } from '../../state/shown-scores.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useServices } from '../services.tsx';

/** A score as the screen shows it now, to be kept with what the reader says. */
export const useShownScore = (result: ScoreOnShow | undefined): ShownScore | undefined => {
  const { settings, manifest } = useServices();
  const chosen = useStore(settings, (s) => s.assumedPrevalence);
  const { site } = useAssumedPrevalence();
  return manifest && shownScore(result, manifest, chosen, site);
};
