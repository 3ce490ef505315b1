import type { KeyboardEvent, PointerEvent } from 'react';
import type { Box } from '../../../core/geometry/box.ts';
import type { Handle } from './box-drag.ts';
import { screenHandles, TOUCH_TARGET, toScreen } from './screen-box.ts';
import type { LesionOverlay } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { t } from '../../../i18n/phrases/text.ts';

interface BoxShapeProps {
  readonly view: ViewportHandle;
  readonly lesion: LesionOverlay;
  /** In stored image pixels. */
  readonly box: Box;
  readonly selected: boolean;
  readonly score: string | undefined;
  readonly onGrab: (event: PointerEvent, kind: 'move' | Handle) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What the box is to a screen reader: it says in words what stands beside it in figures. */
const nameOf = (lesion: LesionOverlay, box: Box, score: string | undefined): string => {
  const mark = t('Mark of lesion {number}, {width} by {height} pixels at {x}, {y}', {
    number: lesion.label,
    width: Math.round(box.width),
    height: Math.round(box.height),
    x: Math.round(box.x),
    y: Math.round(box.y),
  });
  return score === undefined ? mark : t('{mark}, likelihood {score}', { mark, score });
};

const Handles = ({
  view,
  box,
  colour,
  onGrab,
}: Pick<BoxShapeProps, 'view' | 'box' | 'onGrab'> & { colour: string }) =>
  screenHandles(view, box).map(({ handle, at, touch, cursor }) => (
    <g
      key={handle}
      data-handle={handle}
      style={{ cursor }}
      onPointerDown={(e) => onGrab(e, handle)}
    >
      <rect
        className="box-touch"
        x={touch.x - TOUCH_TARGET / 2}
        y={touch.y - TOUCH_TARGET / 2}
        width={TOUCH_TARGET}
        height={TOUCH_TARGET}
      />
      <rect
        className="box-handle"
        x={at.x - 3.5}
        y={at.y - 3.5}
        width={7}
        height={7}
        fill={colour}
      />
    </g>
  ));

/** One lesion's mark on screen: its rim, its number, and handles while it is selected. */
export const BoxShape = (props: BoxShapeProps) => {
  const { view, lesion, box, selected, score, onGrab, onKeyDown } = props;
  const s = toScreen(view, box);
  const rect = { x: s.x, y: s.y, width: s.width, height: s.height };
  const above = s.y > 18;
  return (
    <>
      <g
        className={selected ? 'box selected' : 'box'}
        data-lesion={lesion.id}
        tabIndex={0}
        role="button"
        aria-pressed={selected}
        aria-label={nameOf(lesion, box, score)}
        onKeyDown={onKeyDown}
      >
        <rect className="box-halo" {...rect} />
        <rect className="box-rim" {...rect} stroke={lesion.colour} />
        <rect
          className="box-grip"
          {...rect}
          pointerEvents="all"
          onPointerDown={(e) => onGrab(e, 'move')}
        />
        {selected ? <Handles view={view} box={box} colour={lesion.colour} onGrab={onGrab} /> : null}
      </g>
      {/* Beside the button, whose name says the same in words. */}
      <text
        className="box-label"
        aria-hidden="true"
        x={s.x}
        y={above ? s.y - 5 : s.y + s.height + 15}
        fill={lesion.colour}
      >
        {lesion.label}
        {/* Apart from the number of the lesion: "2 1 %" would be read as 21 %. */}
        {score ? <tspan>{`: ${score}`}</tspan> : null}
      </text>
    </>
  );
};
