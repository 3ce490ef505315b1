import type { Lesion } from '../core/lesion/lesion.ts';
import { message } from '../core/message/message.ts';
import type { Services } from './services.tsx';

/** Deletes a lesion, however that was asked for, and says how to have it back until it is. */
export const deleteLesion = (
  { lesions, notices }: Pick<Services, 'lesions' | 'notices'>,
  { id, number }: Lesion,
): void => {
  lesions.getState().remove(id);
  const text = message('mark.deleted', { number });
  notices.getState().tell('deleted', text);
  const stop = lesions.subscribe((now) => {
    if (!now.lesions.some((each) => each.id === id)) return;
    stop();
    if (notices.getState().notices.some((notice) => notice.text === text))
      notices.getState().tell('deleted', undefined);
  });
};
