import { useCallback, useMemo, useState } from 'react';
import type { HangingPlace } from '../../core/dicom/hanging.ts';
import { chestWallOf } from './hanging-layout.ts';
import type { ViewportHandle } from './viewport-port.ts';

export type Views = ReadonlyMap<HangingPlace, ViewportHandle>;

export interface LinkedViews {
  readonly views: Views;
  readonly setView: (place: HangingPlace, view: ViewportHandle | null) => void;
  /** Fits views at one common scale, their chest walls inward: those named, else all. */
  readonly fit: (only?: (view: ViewportHandle) => boolean) => void;
}

/** The views of a layout, kept at one scale as long as they are fitted. */
export const useLinkedViews = (): LinkedViews => {
  const [views] = useState(() => new Map<HangingPlace, ViewportHandle>());
  const [snapshot, setSnapshot] = useState<Views>(views);

  const setView = useCallback(
    (place: HangingPlace, view: ViewportHandle | null) => {
      if (view) views.set(place, view);
      else views.delete(place);
      setSnapshot(new Map(views));
    },
    [views],
  );

  const fit = useCallback(
    (only: (view: ViewportHandle) => boolean = () => true) => {
      const visible = [...views].filter(([, view]) => view.fitScale() > 0 && view.state().sop);
      const scale = Math.min(...visible.map(([, view]) => view.fitScale()));
      for (const [place, view] of visible)
        if (only(view)) view.fit({ align: chestWallOf(place), scale });
    },
    [views],
  );

  return useMemo(() => ({ views: snapshot, setView, fit }), [snapshot, setView, fit]);
};
