import { useMemo } from 'react';
import type { CommandContext } from '../../commands/context.ts';
import { deleteLesion } from '../delete-lesion.ts';
import { keepView } from '../key-images/keep-view.ts';
import { type Services, useServices } from '../services.tsx';
import { showTrueSize } from '../viewer/measure/true-size.ts';
import { screenKeyNow } from '../viewer/measure/use-screen.ts';

const trueSize = ({ page, viewer, settings, notices, imageOf }: Services): void => {
  const screen = settings.getState().screens[screenKeyNow()];
  if (!screen) return page.setState({ over: 'screen' });
  const { stage, views } = viewer.getState();
  stage?.apart(() =>
    notices.getState().tell('true-size', showTrueSize(views.values(), imageOf, screen), {
      about: [...views.values()].flatMap((view) => view.state().sop ?? []),
    }),
  );
};

/** What commands act on: the page's stores and ports, and what is done in words. */
export const commandContext = (services: Services): CommandContext => ({
  ...services,
  deleteLesion: (lesion) => deleteLesion(services, lesion),
  keepView: () => keepView(services),
  showTrueSize: () => trueSize(services),
});

export const useCommandContext = (): CommandContext => {
  const services = useServices();
  return useMemo(() => commandContext(services), [services]);
};
