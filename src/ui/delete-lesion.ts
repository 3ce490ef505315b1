import type { Lesion } from '../core/lesion/lesion.ts';
import { t } from '../i18n/phrases/text.ts';
import type { Services } from './services.tsx';

/** Deletes a lesion, however that was asked for, and says how to have it back until it is. */
export const deleteLesion = (
  { lesions, notices }: Pick<Services, 'lesions' | 'notices'>,
  { id, number }: Lesion,
): void => {
  lesions.getState().remove(id);
  const lesion = t('Lesion {number}', { number });
  const text = t('{lesion} was deleted. Undo (Ctrl+Z) brings it back.', { lesion });
  notices.getState().tell('deleted', text);
  const stop = lesions.subscribe((now) => {
    if (!now.lesions.some((each) => each.id === id)) return;
    stop();
    if (notices.getState().notices.some((notice) => notice.text === text))
      notices.getState().tell('deleted', undefined);
  });
};
