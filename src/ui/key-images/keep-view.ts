import { message } from '../../core/message/message.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import { activeView } from '../../state/hanging.ts';
import { lookAgain, lookOf } from '../../state/key-images.ts';
import { openImage } from '../../state/studies-store.ts';
import type { KeptKeyImage } from '../../ports/storage.ts';
import { viewName } from '../format.ts';
import type { Services } from '../services.tsx';

/** Keeps the active view as a key image, and says how to be rid of it. */
export const keepView = (services: Services): void => {
  const { viewer, studies, imageOf, keyImages, notices } = services;
  const view = activeView(viewer.getState(), studies.getState());
  const sop = view?.state().sop;
  const open = sop ? openImage(studies.getState().images, sop) : undefined;
  const image = sop ? imageOf(sop) : undefined;
  const look = view && image && lookOf(view, image);
  if (!open || !image || !look) return;
  const id = keyImages.getState().keep({
    sopInstanceUid: open.header.sopInstanceUid,
    at: localMoment(new Date()),
    ...look,
    pixels: { columns: open.columns, rows: open.rows, digest: open.digest },
  });
  const topic = `key image ${id}`;
  notices.getState().tell(topic, message('key.kept', { view: viewName(open.header) }), {
    action: { label: message('key.undo'), run: () => keyImages.getState().remove(id) },
    about: [open.header.sopInstanceUid],
    passes: true,
  });
  const stop = keyImages.subscribe((now) => {
    if (now.keyImages.some((each) => each.id === id)) return;
    stop();
    notices.getState().tell(topic, undefined);
  });
};

/** Frames that an image may take to come to the screen. */
const PATIENCE = 120;

/** Shows the image of a key image, where it is not on screen, and makes it look as it was kept. */
export const showAgain = (
  services: Pick<Services, 'viewer' | 'showRequest'>,
  key: KeptKeyImage,
  frames = PATIENCE,
): void => {
  const views = [...services.viewer.getState().views.values()];
  const view = views.find((each) => each.state().sop === key.sopInstanceUid);
  const { stage } = services.viewer.getState();
  if (view && stage) return stage.apart(() => lookAgain(view, key));
  if (frames === PATIENCE) services.showRequest.getState().ask(key.sopInstanceUid);
  if (frames > 0) requestAnimationFrame(() => showAgain(services, key, frames - 1));
};
