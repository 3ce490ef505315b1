import { useCallback, useState, useSyncExternalStore } from 'react';
import { observeSize } from '../second-window/picture-window.ts';
import type { ViewportEngine, ViewportHandle, ViewState } from '../../../ports/display.ts';

/** The state of a view; renders again after every change, pans included. */
export const useViewState = (view: ViewportHandle): ViewState =>
  useSyncExternalStore(
    useCallback((listener) => view.onChange(listener), [view]),
    () => view.state(),
  );

/**
 * Makes a view in the element that the returned ref is put on, and disposes of it with the element.
 * `onResized` runs after the view took a new size.
 */
export const useView = (
  engine: ViewportEngine<HTMLDivElement>,
  onResized: () => void,
): readonly [view: ViewportHandle | null, attach: (element: HTMLDivElement | null) => void] => {
  const [view, setView] = useState<ViewportHandle | null>(null);
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) return;
      const made = engine.createView(element);
      const stopObserving = observeSize(element, () => {
        made.resize();
        onResized();
      });
      setView(made);
      return () => {
        stopObserving();
        made.dispose();
        setView(null);
      };
    },
    [engine, onResized],
  );
  return [view, attach];
};
