import { type PointerEvent, useEffect, useRef, useState } from 'react';
import {
  isMeasurable,
  type MeasuredShape,
  type Measurement,
  type MeasurementKind,
  movedShape,
  withHandle,
} from '../../../core/display/measure/measurement.ts';
import { useServices } from '../../services.tsx';
import type { ViewportHandle } from '../../../ports/display.ts';
import { type Draft, draftShape, follow, letGo, press } from './draw-shape.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';
import { listenOnWindows } from '../second-window/picture-window.ts';

/** Screen pixels that the pointer must move before it is a drag: a hand's tremor on a click. */
const CLICK_SLACK = 3;

/** A measurement that is being changed by the pointer: as a whole, or by one handle. */
interface Change {
  readonly id: string;
  readonly from: ImagePoint;
  readonly shape: MeasuredShape;
  readonly handle: number | 'all';
  readonly now: MeasuredShape;
}

const offset = (event: PointerEvent) => {
  const svg = event.currentTarget.closest('svg') ?? event.currentTarget;
  const { left, top } = svg.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

const changed = ({ from, shape, handle }: Change, at: ImagePoint): MeasuredShape =>
  handle === 'all'
    ? movedShape(shape, at.x - from.x, at.y - from.y)
    : withHandle(shape, handle, at);

/** Draws and changes measurements on one view with any pointer. Coordinates are never rounded. */
export const useMeasuring = (
  view: ViewportHandle,
  sop: string,
  drawing: MeasurementKind | null,
  /** Of a volume, the slice on the screen. */
  slice?: number,
) => {
  const store = useServices().measurements;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [change, setChange] = useState<Change | null>(null);
  // One that another tool was taken before it was done does not come back with its own.
  if (draft && draft.kind !== drawing) setDraft(null);
  /** Whether the pointer is ours and not the view's. */
  const taken = useRef(false);
  const start = useRef({ x: 0, y: 0 });
  const current = draft?.kind === drawing ? draft : null;

  const hold = (event: PointerEvent) => {
    taken.current = true;
    start.current = offset(event);
    event.currentTarget.closest('svg')?.setPointerCapture(event.pointerId);
  };
  const at = (event: PointerEvent) => view.canvasToImage(offset(event));
  const isPrimary = (event: PointerEvent) => event.button === 0 && event.isPrimary;
  const hasMoved = (event: PointerEvent) => {
    const { x, y } = offset(event);
    return Math.hypot(x - start.current.x, y - start.current.y) >= CLICK_SLACK;
  };

  const down = (event: PointerEvent) => {
    if (!drawing || !isPrimary(event)) return;
    hold(event);
    store.getState().select(undefined);
    setDraft(press(current, drawing, at(event)));
  };
  const grab = (event: PointerEvent, { id, shape }: Measurement, handle: number | 'all') => {
    if (!isPrimary(event) || current) return;
    event.stopPropagation();
    hold(event);
    store.getState().select(id);
    setChange({ id, shape, handle, from: at(event), now: shape });
  };
  const move = (event: PointerEvent) => {
    if (!event.isPrimary) return;
    if (change && hasMoved(event)) setChange({ ...change, now: changed(change, at(event)) });
    else if (current) setDraft(follow(current, at(event)));
  };
  const up = (event: PointerEvent) => {
    if (!event.isPrimary) return;
    taken.current = false;
    if (change) {
      setChange(null);
      if (change.now !== change.shape && isMeasurable(change.now))
        store.getState().change(change.id, change.now);
      return;
    }
    if (!current || !isPrimary(event)) return;
    const next = letGo(current, at(event), hasMoved(event));
    if ('draft' in next) return setDraft(next.draft);
    setDraft(null);
    if (isMeasurable(next.shape)) store.getState().add(sop, next.shape, slice);
  };
  const cancel = () => {
    taken.current = false;
    setDraft(null);
    setChange(null);
  };

  const busy = current !== null || change !== null;
  useEffect(() => {
    if (!busy) return undefined;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      taken.current = false;
      setDraft(null);
      setChange(null);
    };
    return listenOnWindows({ keydown: onKey }, true);
  }, [busy]);

  return {
    draft: current && draftShape(current),
    shapeOf: ({ id, shape }: Measurement) => (change?.id === id ? change.now : shape),
    taken,
    down,
    grab,
    move,
    up,
    cancel,
  };
};
