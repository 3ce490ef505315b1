import type { Lesion } from '../core/lesion/lesion.ts';
import { t } from './i18n/text.ts';
import type { Services } from './services.tsx';

/** Deletes a lesion, however that was asked for, and says how to have it back. */
export const deleteLesion = (
  { lesions, notices }: Pick<Services, 'lesions' | 'notices'>,
  { id, number }: Lesion,
): void => {
  lesions.getState().remove(id);
  const lesion = t('Lesion {number}', { number });
  notices
    .getState()
    .tell('deleted', t('{lesion} was deleted. Undo (Ctrl+Z) brings it back.', { lesion }));
};
