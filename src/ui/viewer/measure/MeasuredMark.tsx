import type { KeyboardEvent, PointerEvent } from 'react';
import {
  type MeasuredShape,
  shapeHandles,
  type ShapeHandle,
} from '../../../core/display/measure/measurement.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { TOUCH_TARGET } from '../marks/screen-box.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { kindName } from './measure-words.ts';
import { labelPlace, LINE_HEIGHT, screenPoints } from './screen-shape.ts';

/** The drawn line itself, with a dark rim to be seen on white. */
export const ShapeLines = (props: { view: ViewportHandle; shape: MeasuredShape }) => {
  const { view, shape } = props;
  const points = screenPoints(view, shape);
  if (shape.kind !== 'ellipse') {
    const path = points.map(({ x, y }) => `${x},${y}`).join(' ');
    return (
      <>
        <polyline className="measure-halo" points={path} />
        <polyline className="measure-line" points={path} />
        {points.map(({ x, y }, i) => (
          <circle key={i} className="measure-end" cx={x} cy={y} r={2.5} />
        ))}
      </>
    );
  }
  const [a, b] = points as [(typeof points)[0], (typeof points)[0]];
  const oval = {
    cx: (a.x + b.x) / 2,
    cy: (a.y + b.y) / 2,
    rx: Math.abs(a.x - b.x) / 2,
    ry: Math.abs(a.y - b.y) / 2,
  };
  return (
    <>
      <ellipse className="measure-halo" {...oval} />
      <ellipse className="measure-line" {...oval} />
    </>
  );
};

export const ShapeLabel = (props: {
  view: ViewportHandle;
  shape: MeasuredShape;
  lines: readonly string[];
}) => {
  const { view, shape } = props;
  const ends = shapeHandles(shape).map(({ at }) => view.imageToCanvas(at));
  const { x, y, anchor, lines } = labelPlace(ends, view.size(), props.lines);
  return (
    <text className="measure-label" x={x} y={y} textAnchor={anchor}>
      {lines.map((line, i) => (
        <tspan key={i} x={x} dy={i === 0 ? 0 : LINE_HEIGHT}>
          {line}
        </tspan>
      ))}
    </text>
  );
};

interface MarkProps {
  readonly view: ViewportHandle;
  readonly id: string;
  readonly shape: MeasuredShape;
  readonly lines: readonly string[];
  readonly selected: boolean;
  readonly onGrab: (event: PointerEvent, handle: number | 'all') => void;
  readonly onKeyDown: (event: KeyboardEvent, handle: number | 'all') => void;
}

const Handle = (props: Pick<MarkProps, 'view' | 'onGrab' | 'onKeyDown'> & ShapeHandle) => {
  const { index, at, view, onGrab, onKeyDown } = props;
  const { x, y } = view.imageToCanvas(at);
  const half = TOUCH_TARGET / 2;
  return (
    <g
      data-measure-handle={index}
      tabIndex={0}
      role="button"
      aria-label={t('Handle {number}: arrow keys move it', { number: index + 1 })}
      onPointerDown={(e) => onGrab(e, index)}
      onKeyDown={(e) => onKeyDown(e, index)}
    >
      <rect
        className="box-touch"
        x={x - half}
        y={y - half}
        width={TOUCH_TARGET}
        height={TOUCH_TARGET}
      />
      <circle className="measure-handle" cx={x} cy={y} r={5} />
    </g>
  );
};

/** One measurement on screen: its line, its numbers, and handles while it is selected. */
export const MeasuredMark = (props: MarkProps) => {
  const { view, shape, lines, selected, onGrab, onKeyDown } = props;
  return (
    <g className={selected ? 'measured selected' : 'measured'} data-measurement={props.id}>
      <g
        className="measured-body"
        tabIndex={0}
        role="button"
        aria-pressed={selected}
        aria-label={`${kindName(shape.kind)}: ${lines.join('; ')}`}
        onPointerDown={(e) => onGrab(e, 'all')}
        onKeyDown={(e) => onKeyDown(e, 'all')}
      >
        <ShapeLines view={view} shape={shape} />
        <ShapeLabel view={view} shape={shape} lines={lines} />
      </g>
      {selected
        ? shapeHandles(shape).map((handle) => (
            <Handle key={handle.index} {...handle} {...{ view, onGrab, onKeyDown }} />
          ))
        : null}
    </g>
  );
};
