import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CellKey } from '../../../core/display/hanging/hanging-layout.ts';
import type { Box } from '../../../core/geometry/box.ts';
import { linksOf } from '../../../state/settings-store.ts';
import { useServices } from '../../services.tsx';
import { type CloseUp, LinkedViews, type Hung, type SearchStep } from './linked-views.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useFullScreen } from './use-full-screen.ts';

export interface StageOfLayout extends Pick<LinkedViews, 'pointAt' | 'fit' | 'resize'> {
  readonly setView: (key: CellKey, view: ViewportHandle | null) => void;
  /** Where a search part by part stands; undefined once the views were moved otherwise. */
  readonly searchStep: SearchStep | undefined;
}

/** The views of a layout, held together; puts them where commands find them. */
export const useStage = (
  hung: ReadonlyMap<CellKey, Hung>,
  root: RefObject<HTMLElement | null>,
  /** Of the selected lesion, else of the finding that is looked at, by SOP Instance UID. */
  marks: Readonly<Record<string, Box>> | undefined,
  /** What stands alone where it is not the reader who says where it looks. */
  closeUp: CloseUp | undefined,
): StageOfLayout => {
  const { viewer, settings } = useServices();
  const links = linksOf(useStore(settings));
  const [searchStep, setSearchStep] = useState<SearchStep>();
  const [linked] = useState(() => new LinkedViews(setSearchStep));
  const toggleFullScreen = useFullScreen(root);

  // Before the effects of the views, which fit themselves by it.
  useLayoutEffect(
    () => linked.update(hung, links, (sop) => marks?.[sop], closeUp),
    [linked, hung, links, marks, closeUp],
  );
  useLayoutEffect(() => {
    viewer.setState({
      stage: {
        fit: (only) => linked.fit(only),
        step: (active, direction) => linked.step(active, direction),
        quadrants: (key) => linked.quadrants(key),
        oneToOne: (active, markOn) => linked.oneToOne(active, markOn),
        centre: (active, markOn) => linked.centre(active, markOn),
        toLesion: (markOn) => linked.toLesion(markOn),
        apart: (change) => linked.apart(change),
        toggleFullScreen,
      },
    });
    return () => viewer.setState({ stage: undefined, views: new Map() });
  }, [viewer, linked, toggleFullScreen]);

  const setView = useCallback(
    (key: CellKey, view: ViewportHandle | null) => {
      // Its cell may have got another size since it was made.
      view?.resize();
      linked.setView(key, view);
      viewer.setState({ views: linked.views() });
    },
    [linked, viewer],
  );
  return {
    setView,
    searchStep,
    pointAt: (key, at) => linked.pointAt(key, at),
    fit: (only) => linked.fit(only),
    resize: () => linked.resize(),
  };
};
