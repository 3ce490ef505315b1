import { withMark } from '../core/lesion/lesion.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { ScoringStore } from './scoring-store.ts';

/** A box that is held still for so long while it is dragged is probably meant, ms. */
const HELD_STILL_MS = 80;

/** Lets the score of a box that is held still be computed before the reader lets go of it. */
export const anticipateScores = (lesions: LesionsStore, scoring: ScoringStore): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  lesions.subscribe(({ preview }, before) => {
    if (preview === before.preview) return;
    clearTimeout(timer);
    if (!preview) return;
    timer = setTimeout(() => {
      const lesion = lesions.getState().lesions.find(({ id }) => id === preview.lesionId);
      if (lesion)
        scoring.getState().anticipate(withMark(lesion, preview.sopInstanceUid, preview.box));
    }, HELD_STILL_MS);
  });
};
