import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { t } from '../../i18n/phrases/text.ts';
import type { OpenImage } from '../../ports/analysis.ts';

/** Why a patient's results cannot be exported now, as a sentence; undefined where they can. */
export const exportBlock = (
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
  scoreOf: (lesion: Lesion) => ScoreOnShow | undefined,
  /** Whether there is something to report beside lesions (useSaidBeside). */
  isMoreSaid: boolean,
): string | undefined => {
  const open = new Set(images.map((image) => image.header.sopInstanceUid));
  const marked = lesions.filter((lesion) => Object.keys(lesion.marks).some((sop) => open.has(sop)));
  if (marked.length === 0 && !isMoreSaid)
    return t('Nothing to export yet: mark a lesion, measure or assess the exam first.');
  if (marked.some((lesion) => scoreOf(lesion)?.phase === 'running'))
    return t('The score is still being computed.');
  return undefined;
};
