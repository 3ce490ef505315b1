import { withMark } from '../core/lesion/lesion.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { ScoringStore } from './scoring-store.ts';

/** A box that is held still for so long while it is dragged is probably meant, ms. */
const HELD_STILL_MS = 80;

/** From one score of a box on the move to the next, ms. */
const MOVING_MS = 100;

/**
 * Lets the scores of a box that is being dragged be computed before the reader lets go of it: every
 * tenth of a second while it moves, where the machine is quick enough, and when it is held still.
 */
export const anticipateScores = (lesions: LesionsStore, scoring: ScoringStore): void => {
  let still: ReturnType<typeof setTimeout> | undefined;
  let moving: ReturnType<typeof setTimeout> | undefined;
  const ask = (isMoving: boolean) => {
    const { preview, lesions: all } = lesions.getState();
    const lesion = all.find(({ id }) => id === preview?.lesionId);
    if (!lesion || !preview) return;
    const marked = withMark(lesion, preview.sopInstanceUid, preview.box);
    scoring.getState().anticipate(marked, isMoving);
  };
  lesions.subscribe(({ preview }, before) => {
    if (preview === before.preview) return;
    clearTimeout(still);
    if (!preview) {
      clearTimeout(moving);
      moving = undefined;
      return;
    }
    still = setTimeout(() => ask(false), HELD_STILL_MS);
    moving ??= setTimeout(() => {
      moving = undefined;
      ask(true);
    }, MOVING_MS);
  });
};
