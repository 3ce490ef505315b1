import type { Lesion } from '../core/lesion/lesion.ts';
import { message } from '../core/message/message.ts';
import type { Services } from './services.tsx';

/** Deletes a lesion, however that was asked for, and says how to have it back while that is the last step. */
export const deleteLesion = (
  { lesions, history, notices }: Pick<Services, 'lesions' | 'history' | 'notices'>,
  { id, number, marks }: Lesion,
): void => {
  lesions.getState().remove(id);
  const topic = `deleted ${id}`;
  notices
    .getState()
    .tell(topic, message('mark.deleted', { number }), { about: Object.keys(marks), passes: true });
  const stop = history.subscribe(() => {
    stop();
    notices.getState().tell(topic, undefined);
  });
};
