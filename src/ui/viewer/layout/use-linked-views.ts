import { useCallback, useLayoutEffect, useMemo, useState } from 'react';
import type { Box } from '../../../core/geometry/box.ts';
import type { CellKey } from './hanging-layout.ts';
import { LinkedViews, type Hung, type SearchStep } from './linked-views.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { Links } from '../../../ports/storage.ts';

export interface LinkedViewsOfLayout {
  readonly views: ReadonlyMap<CellKey, ViewportHandle>;
  readonly setView: (key: CellKey, view: ViewportHandle | null) => void;
  /** Fits views at one common scale, their chest walls inward: those named, else all. */
  readonly fit: (only?: (view: ViewportHandle) => boolean) => void;
  /** One part of the breast on or back. */
  readonly step: (active: CellKey, direction: 1 | -1) => void;
  /** One to one about what is pointed at, else the mark, else the breast (LinkedViews). */
  readonly oneToOne: LinkedViews['oneToOne'];
  /** A zoomed view about what is pointed at or the mark, before it is shown alone (LinkedViews). */
  readonly centre: LinkedViews['centre'];
  /** Where the pointer is over a view; undefined when it left. */
  readonly pointAt: LinkedViews['pointAt'];
  /** The selected lesion in the middle of every view that shows it, or back (LinkedViews). */
  readonly toLesion: LinkedViews['toLesion'];
  /** Moves views each for itself: none follows another. */
  readonly apart: (change: () => void) => void;
  /** Where such a search stands; undefined once the views were moved otherwise. */
  readonly searchStep: SearchStep | undefined;
}

/** The views of a layout, held together. */
export const useLinkedViews = (
  hung: ReadonlyMap<CellKey, Hung>,
  links: Links,
  /** Of the selected lesion, by SOP Instance UID. */
  marks: Readonly<Record<string, Box>> | undefined,
): LinkedViewsOfLayout => {
  const [searchStep, setSearchStep] = useState<SearchStep>();
  const [linked] = useState(() => new LinkedViews(setSearchStep));
  const [views, setViews] = useState(() => linked.views());

  // Before the effects of the views, which fit themselves by it.
  useLayoutEffect(
    () => linked.update(hung, links, (sop) => marks?.[sop]),
    [linked, hung, links, marks],
  );

  const setView = useCallback(
    (key: CellKey, view: ViewportHandle | null) => {
      linked.setView(key, view);
      setViews(linked.views());
    },
    [linked],
  );
  const fit = useCallback((only?: (view: ViewportHandle) => boolean) => linked.fit(only), [linked]);
  const step = useCallback(
    (active: CellKey, direction: 1 | -1) => linked.step(active, direction),
    [linked],
  );
  const oneToOne = useCallback(
    (...asked: Parameters<LinkedViews['oneToOne']>) => linked.oneToOne(...asked),
    [linked],
  );
  const centre = useCallback(
    (...asked: Parameters<LinkedViews['centre']>) => linked.centre(...asked),
    [linked],
  );
  const pointAt = useCallback(
    (...asked: Parameters<LinkedViews['pointAt']>) => linked.pointAt(...asked),
    [linked],
  );
  const toLesion = useCallback(() => linked.toLesion(), [linked]);
  const apart = useCallback((change: () => void) => linked.apart(change), [linked]);
  return useMemo(
    () => ({ views, setView, fit, step, oneToOne, centre, pointAt, toLesion, apart, searchStep }),
    [views, setView, fit, step, oneToOne, centre, pointAt, toLesion, apart, searchStep],
  );
};
