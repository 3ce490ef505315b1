import { message, type Message } from '../core/message/message.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { awayOnShow } from './current-score.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { NoticesStore } from './notices-store.ts';
import type { StudiesStore } from './studies-store.ts';

type Away = ReturnType<typeof awayOnShow>[number];

const messageOf = ({ lesion: { number }, reason, image }: Away): Message => {
  const view = viewLabel(image.header);
  const { columns, rows } = image;
  return reason === 'outside'
    ? message('away.outside', { number, view, columns, rows })
    : message('away.other-pixels', { number, view });
};

/** Says which kept marks stay away from the images that carry their UIDs, and why; each once. */
export const tellAway = (
  lesions: LesionsStore,
  studies: StudiesStore,
  notices: NoticesStore,
): void => {
  let told = new Set<string>();
  const tell = () => {
    const now = new Set<string>();
    for (const away of awayOnShow(lesions.getState().lesions, studies.getState().images)) {
      const topic = `away ${away.lesion.id} ${away.sopInstanceUid}`;
      now.add(topic);
      if (!told.has(topic))
        notices.getState().tell(topic, messageOf(away), { about: [away.sopInstanceUid] });
    }
    for (const topic of told) if (!now.has(topic)) notices.getState().tell(topic, undefined);
    told = now;
  };
  lesions.subscribe((s, before) => {
    if (s.lesions !== before.lesions) tell();
  });
  studies.subscribe((s, before) => {
    if (s.images !== before.images) tell();
  });
};
