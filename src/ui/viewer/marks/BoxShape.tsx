import type { KeyboardEvent, PointerEvent } from 'react';
import type { Box } from '../../../core/geometry/box.ts';
import type { Handle } from './box-drag.ts';
import { boxLabelPlace, isInView, textWidth } from './label-place.ts';
import { cornerTicks, screenHandles, touchTarget, toScreen } from './screen-box.ts';
import type { LesionOverlay } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { t } from '../../../i18n/phrases/text.ts';

interface BoxShapeProps {
  readonly view: ViewportHandle;
  readonly lesion: LesionOverlay;
  /** In stored image pixels. */
  readonly box: Box;
  readonly selected: boolean;
  /** The fused likelihood of the lesion; undefined where there is none to show. */
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
}: Pick<BoxShapeProps, 'view' | 'box' | 'onGrab'> & { colour: string }) => {
  const target = touchTarget();
  return screenHandles(view, box, target).map(({ handle, at, touch, cursor }) => (
    <g
      key={handle}
      data-handle={handle}
      style={{ cursor }}
      onPointerDown={(e) => onGrab(e, handle)}
    >
      <rect
        className="box-touch"
        x={touch.x - target / 2}
        y={touch.y - target / 2}
        width={target}
        height={target}
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
};

const LABEL_SIZE = 13;

/**
 * One lesion's mark on screen: ticks at its corners and its number; while it is pointed at its rim, its
 * score and, where it is selected, its handles.
 */
export const BoxShape = (props: BoxShapeProps) => {
  const { view, lesion, box, selected, score, onGrab, onKeyDown } = props;
  const s = toScreen(view, box);
  const rect = { x: s.x, y: s.y, width: s.width, height: s.height };
  const ticks = cornerTicks(s);
  // Apart from the number of the lesion: "2 1 %" would be read as 21 %.
  const scored = score === undefined ? '' : `: ${score}`;
  const width = textWidth(lesion.label + scored, LABEL_SIZE);
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
        <path className="box-halo" d={ticks} />
        <path className="box-ticks" d={ticks} stroke={lesion.colour} />
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
      {isInView(s, view.size()) ? (
        <text
          className="box-label"
          aria-hidden="true"
          {...boxLabelPlace(s, width, LABEL_SIZE, view.size())}
          fill={lesion.colour}
        >
          {lesion.label}
          {scored ? <tspan>{scored}</tspan> : null}
        </text>
      ) : null}
    </>
  );
};
