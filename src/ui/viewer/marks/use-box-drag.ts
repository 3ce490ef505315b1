import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { isBoxInside, type Box } from '../../../core/geometry/box.ts';
import { type BoxedImage, isBelowLesions } from '../../../core/lesion/least-box.ts';
import { dragBox, type Drag } from './box-drag.ts';
import type { MarkCallbacks } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { Point } from '../../../core/geometry/point.ts';
import { listenOnWindows } from '../second-window/picture-window.ts';

/** A drag of the pointer; `lesionId` is undefined while the first box of a new lesion is drawn. */
interface Active {
  readonly pointerId: number;
  readonly lesionId: string | undefined;
  readonly drag: Drag;
  readonly box: Box;
  /** Where it began on screen, to tell a click from a move. */
  readonly start: Point;
}

/** Screen pixels that a box or handle must be dragged before it moves: a hand's tremor on a click. */
const CLICK_SLACK = 3;

const offset = (event: PointerEvent): Point => {
  const svg = event.currentTarget.closest('svg') ?? event.currentTarget;
  const { left, top } = svg.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

const sameBox = (a: Box, b: Box) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

type Options = Pick<
  MarkCallbacks,
  'onMarkMove' | 'onMarkPlace' | 'onMarkCancel' | 'onMarkPoint' | 'onMarkLost' | 'onMarkRefused'
> & {
  readonly view: ViewportHandle;
  readonly size: BoxedImage;
  readonly sop: string;
};

/**
 * Draws, moves and resizes boxes with any pointer. Coordinates are never rounded. What was drawn becomes a mark,
 * or the reader hears why not.
 */
export const useBoxDrag = ({ view, size, sop, ...on }: Options) => {
  const [active, setActive] = useState<Active | null>(null);
  const taken = useRef(false);

  const end = () => {
    taken.current = false;
    setActive(null);
  };
  const cancel = () => {
    end();
    on.onMarkCancel?.();
  };

  /** The drag ended, and not by the reader's doing. */
  const breakOff = () => {
    if (active?.drag.kind === 'draw') on.onMarkLost?.();
    cancel();
  };

  /** Takes the pointer; other buttons and further fingers are left to the view. */
  const begin = (event: PointerEvent, lesionId: string | undefined, drag: 'draw' | Drag) => {
    if (event.button !== 0 || !event.isPrimary) return;
    // A pointer that presses has been let go before, though nobody heard of it.
    if (active?.pointerId === event.pointerId) breakOff();
    else if (active) return;
    taken.current = true;
    event.currentTarget.closest('svg')?.setPointerCapture(event.pointerId);
    const start = offset(event);
    const from = view.canvasToImage(start);
    const taking: Drag = drag === 'draw' ? { kind: 'draw', from } : { ...drag, from };
    const { pointerId } = event;
    setActive({ pointerId, lesionId, drag: taking, start, box: dragBox(taking, from, size) });
  };

  const isClick = (event: PointerEvent, { start }: Active): boolean => {
    const at = offset(event);
    return Math.hypot(at.x - start.x, at.y - start.y) < CLICK_SLACK;
  };

  const boxNow = (event: PointerEvent, now: Active): Box => {
    if (now.drag.kind !== 'draw' && isClick(event, now)) return now.drag.box;
    return dragBox(now.drag, view.canvasToImage(offset(event)), size);
  };

  /** A click on the picture asks for an outline there; beside it there is none. */
  const point = (event: PointerEvent, now: Active) => {
    cancel();
    const { x, y } = view.canvasToImage(offset(event));
    if (x < 0 || y < 0 || x >= size.columns || y >= size.rows) return on.onMarkRefused?.('beyond');
    on.onMarkPoint?.(now.lesionId, sop, { x, y });
  };

  const move = (event: PointerEvent) => {
    if (!active || event.pointerId !== active.pointerId) return;
    const box = boxNow(event, active);
    setActive({ ...active, box });
    const { lesionId, drag } = active;
    if (drag.kind !== 'draw' && lesionId && isBoxInside(box, size.columns, size.rows))
      on.onMarkMove(lesionId, sop, box, 'preview');
  };

  const release = (event: PointerEvent) => {
    if (!active || event.pointerId !== active.pointerId) return;
    const box = boxNow(event, active);
    const { lesionId, drag } = active;
    if (drag.kind === 'draw') {
      if (isClick(event, active) || isBelowLesions(box, size)) return point(event, active);
      end();
      // One that is too small, or lies beside the image, is refused with a reason.
      on.onMarkPlace(lesionId, sop, box);
      return;
    }
    if (sameBox(box, drag.box) || !isBoxInside(box, size.columns, size.rows)) return cancel();
    end();
    if (lesionId) on.onMarkMove(lesionId, sop, box, 'commit');
  };

  const interrupt = (event: PointerEvent) => {
    if (taken.current && event.pointerId === active?.pointerId) breakOff();
  };
  const onGone = useEffectEvent(() => {
    if (active) breakOff();
  });
  useEffect(() => () => onGone(), []);

  const giveUp = useRef(cancel);
  useEffect(() => {
    giveUp.current = cancel;
  });
  const dragging = active !== null;
  useEffect(() => {
    if (!dragging) return undefined;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      giveUp.current();
    };
    return listenOnWindows({ keydown: onKey }, true);
  }, [dragging]);

  return { active, taken, begin, move, release, interrupt };
};
