import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { Box } from '../../../core/geometry/box.ts';
import { arrowStep, moveBox, resizeByArrow, type Handle } from './box-drag.ts';
import { ActivationOverlay } from '../activation/ActivationOverlay.tsx';
import { BoxShape } from './BoxShape.tsx';
import { imageMatrix, toScreen } from './screen-box.ts';
import { useBoxDrag } from './use-box-drag.ts';
import { useEventShield } from '../view/use-event-shield.ts';
import { useKeyboardMark } from './use-keyboard-mark.ts';
import { useViewState } from '../view/use-view.ts';
import type { BoxedImage } from '../../../core/lesion/least-box.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import type { LesionOverlay, MarkingProps } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

interface BoxOverlayProps extends MarkingProps {
  readonly view: ViewportHandle;
  readonly sop: string;
  readonly size: BoxedImage;
  /** Where the breast lies; undefined where that is not known. */
  readonly breast: BreastShape | undefined;
  /** Whether this is the view that keys go to. */
  readonly selected?: boolean;
}

/** A box that was just drawn takes the focus, so that arrow keys and Delete go to it. */
const useFocusOnDrawn = (
  svg: RefObject<SVGSVGElement | null>,
  lesionId: string | undefined,
  drawing: boolean,
) => {
  const drew = useRef(false);
  useEffect(() => {
    if (drawing) drew.current = true;
    else if (drew.current) {
      drew.current = false;
      const boxes = svg.current?.querySelectorAll<SVGElement>('[data-lesion]') ?? [];
      const drawn = [...boxes].find((box) => box.dataset['lesion'] === lesionId);
      drawn?.focus({ preventScroll: true });
    }
  }, [svg, lesionId, drawing]);
};

const Draft = (props: { view: ViewportHandle; box: Box; colour: string }) => {
  const { x, y, width, height } = toScreen(props.view, props.box);
  return <rect className="box-rim draft" {...{ x, y, width, height }} stroke={props.colour} />;
};

/** Keys that ask nothing of the mark which has the focus. */
const PASSING_KEYS = ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape'];

/** The focus is never on the mark of a lesion that was selected before: keys would act on two lesions. */
const useFocusFollows = (
  svg: RefObject<SVGSVGElement | null>,
  selectedLesionId: string | undefined,
) => {
  useEffect(() => {
    const focused = svg.current?.querySelector<SVGElement>('[data-lesion]:focus');
    if (!focused || selectedLesionId === undefined) return;
    if (focused.dataset['lesion'] === selectedLesionId) return;
    const boxes = svg.current?.querySelectorAll<SVGElement>('[data-lesion]') ?? [];
    const own = [...boxes].find((box) => box.dataset['lesion'] === selectedLesionId);
    if (own) own.focus({ preventScroll: true });
    else focused.blur();
  }, [svg, selectedLesionId]);
};

/** The outline of a lesion, drawn in stored pixels under the view's own matrix. */
const OutlineShape = (props: {
  matrix: string;
  polygon: readonly ImagePoint[];
  colour: string;
}) => (
  <polygon
    className="lesion-outline"
    transform={`matrix(${props.matrix})`}
    points={props.polygon.map(({ x, y }) => `${x},${y}`).join(' ')}
    stroke={props.colour}
  />
);

/**
 * The marks on one view, and the drawing of new ones while the tool is 'mark'. Lies over the canvas
 * and lets everything through that is not on a mark, unless the tool is 'mark'. A press on a mark
 * selects it with every tool, and only a drag from there moves it.
 */
export const BoxOverlay = (props: BoxOverlayProps) => {
  const { view, sop, size, lesions, selectedLesionId, tool, scores } = props;
  const shown = useViewState(view).sop === sop;
  const svg = useRef<SVGSVGElement>(null);
  const drag = useBoxDrag(props);
  useEventShield(svg, drag.taken);
  const { active } = drag;
  useFocusOnDrawn(svg, selectedLesionId, active?.drag.kind === 'draw');
  useFocusFollows(svg, selectedLesionId);
  useKeyboardMark(svg, {
    ...props,
    selected: shown && props.selected === true,
    marked: lesions.some(({ id, marks }) => id === selectedLesionId && sop in marks),
  });
  const activation = active ? undefined : props.activations?.[sop];
  const opacity = props.activationOpacity ?? 0;
  const selected = lesions.find((lesion) => lesion.id === selectedLesionId);

  const grab =
    (lesion: LesionOverlay, box: Box) => (event: React.PointerEvent, kind: 'move' | Handle) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      (event.currentTarget.closest('[data-lesion]') as SVGElement | null)?.focus();
      props.onSelectLesion(lesion.id);
      drag.begin(event, lesion.id, { kind, box, from: { x: 0, y: 0 } });
    };

  const keys = (lesion: LesionOverlay, box: Box) => (event: KeyboardEvent) => {
    // What is done to a mark, here or by a command, is done to the lesion that is then selected.
    const isOther = lesion.id !== selectedLesionId;
    if (isOther && !PASSING_KEYS.includes(event.key)) props.onSelectLesion(lesion.id);
    const step = arrowStep(event.key, event.shiftKey, (p) => view.canvasToImage(p));
    if (step) {
      const changed = event.ctrlKey
        ? resizeByArrow(event.key, box, step, size)
        : moveBox(box, step.x, step.y, size);
      if (changed) props.onMarkMove(lesion.id, sop, changed, 'commit');
    } else if (event.shiftKey) return;
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      props.onMarkDelete(lesion.id, sop);
    } else if (!isOther || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const boxOf = (lesion: LesionOverlay): Box | undefined => {
    if (active?.lesionId !== lesion.id) return lesion.marks[sop];
    return active.drag.kind === 'draw' ? undefined : active.box;
  };
  // The selected lesion is drawn last, so that its handles lie on top.
  const ordered = [...lesions].sort(
    (a, b) => Number(a.id === selectedLesionId) - Number(b.id === selectedLesionId),
  );

  return (
    <svg
      ref={svg}
      className={`picture-layer box-overlay${tool === 'mark' ? ' marking' : ''}`}
      data-sop={sop}
      data-matrix={shown ? imageMatrix(view) : undefined}
      onPointerDown={(e) => {
        if (tool === 'mark' && shown) drag.begin(e, selectedLesionId, 'draw');
      }}
      onPointerMove={drag.move}
      onPointerUp={drag.release}
      onPointerCancel={drag.interrupt}
      onLostPointerCapture={drag.interrupt}
    >
      {shown && activation && opacity > 0 ? (
        <ActivationOverlay {...{ view, activation, opacity }} />
      ) : null}
      {shown &&
        lesions.map((lesion) => {
          const polygon = props.outlines?.[lesion.id]?.[sop];
          if (!polygon || active?.lesionId === lesion.id) return null;
          const { id, colour } = lesion;
          return (
            <OutlineShape
              key={`outline ${id}`}
              {...{ polygon, colour }}
              matrix={imageMatrix(view)}
            />
          );
        })}
      {shown &&
        ordered.map((lesion) => {
          const box = boxOf(lesion);
          if (!box) return null;
          const isSelected = lesion.id === selectedLesionId;
          return (
            <BoxShape
              key={lesion.id}
              {...{ view, lesion, box }}
              selected={isSelected}
              score={active?.lesionId === lesion.id ? undefined : scores?.[lesion.id]}
              onGrab={grab(lesion, box)}
              onKeyDown={keys(lesion, box)}
            />
          );
        })}
      {active?.drag.kind === 'draw' ? (
        <Draft view={view} box={active.box} colour={selected?.colour ?? 'var(--accent)'} />
      ) : null}
    </svg>
  );
};
