import {
  type ComponentProps,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { measure } from '../../../core/display/measure/measure.ts';
import {
  isMeasurable,
  type MeasuredShape,
  type Measurement,
  type MeasurementKind,
  movedShape,
  shapeHandles,
  withHandle,
} from '../../../core/display/measure/measurement.ts';
import { useMeasurements, useServices } from '../../services.tsx';
import { arrowStep } from '../marks/box-drag.ts';
import { useEventShield } from '../view/use-event-shield.ts';
import { useViewState } from '../view/use-view.ts';
import type { Sight } from '../../../state/slices-store.ts';
import type { PrimaryTool, ViewportHandle } from '../../../ports/display.ts';
import { MeasuredMark, ShapeLabel, ShapeLines } from './MeasuredMark.tsx';
import { readingLines } from './measure-words.ts';
import { useMeasuring } from './use-measuring.ts';

const drawnBy = (tool: PrimaryTool): MeasurementKind | null =>
  tool === 'distance' || tool === 'ellipse' || tool === 'angle' ? tool : null;

/** What was just added takes the focus, so that arrow keys and Delete go to it. */
const useFocusOnNew = (svg: RefObject<SVGSVGElement | null>, own: readonly Measurement[]) => {
  const { measurements } = useServices();
  const known = useRef(new Set(own.map((m) => m.id)));
  useEffect(() => {
    const { selectedId } = measurements.getState();
    const isNew = selectedId !== undefined && !known.current.has(selectedId);
    known.current = new Set(own.map((m) => m.id));
    if (!isNew || !known.current.has(selectedId)) return;
    svg.current
      ?.querySelector<SVGElement>(`[data-measurement="${selectedId}"] .measured-body`)
      ?.focus({ preventScroll: true });
  }, [svg, own, measurements]);
};

const useLines = (shape: MeasuredShape, image: MammogramImage) =>
  readingLines(useMemo(() => measure(shape, image), [shape, image]));

type MarkProps = Omit<ComponentProps<typeof MeasuredMark>, 'lines'> & {
  readonly image: MammogramImage;
};
const Mark = ({ image, ...props }: MarkProps) => (
  <MeasuredMark {...props} lines={useLines(props.shape, image)} />
);

const Drawn = (props: { view: ViewportHandle; shape: MeasuredShape; image: MammogramImage }) => {
  const lines = useLines(props.shape, props.image);
  return (
    <g className="measured draft">
      <ShapeLines {...props} />
      {isMeasurable(props.shape) ? <ShapeLabel {...props} lines={lines} /> : null}
    </g>
  );
};

/** The measurements on one view, and the drawing of new ones while a measuring tool is chosen. */
export const MeasureLayer = (props: {
  view: ViewportHandle;
  sop: string;
  image: MammogramImage;
  tool: PrimaryTool;
  /** What is seen of a volume: measurements are of a slice, and drawn where it is in sight. */
  sight?: Sight | undefined;
}) => {
  const { view, sop, image, tool, sight } = props;
  const { from = 0, to = Infinity } = sight ?? {};
  const { measurements: store } = useServices();
  const isOn = useViewState(view).sop === sop;
  const all = useMeasurements((s) => s.measurements);
  const shown = useMeasurements((s) => s.shown);
  const selectedId = useMeasurements((s) => s.selectedId);
  const own = useMemo(
    () =>
      all.filter(
        (m) =>
          m.sopInstanceUid === sop && (m.slice === undefined || (m.slice >= from && m.slice < to)),
      ),
    [all, sop, from, to],
  );
  const drawing = drawnBy(tool);
  const svg = useRef<SVGSVGElement>(null);
  const measuring = useMeasuring(view, sop, drawing, sight?.index);
  useEventShield(svg, measuring.taken);
  useFocusOnNew(svg, own);

  const keys =
    ({ id, shape }: Measurement) =>
    (event: KeyboardEvent, handle: number | 'all') => {
      const step = arrowStep(event.key, event.shiftKey, (p) => view.canvasToImage(p));
      const { change, remove, select } = store.getState();
      if (step) {
        const at = handle === 'all' ? undefined : shapeHandles(shape)[handle]?.at;
        const next = at
          ? withHandle(shape, handle as number, { x: at.x + step.x, y: at.y + step.y })
          : movedShape(shape, step.x, step.y);
        if (isMeasurable(next)) change(id, next);
      } else if (event.key === 'Delete' || event.key === 'Backspace') remove(id);
      else if (event.key === 'Escape' && selectedId === id) select(undefined);
      else if (event.key === 'Enter' || event.key === ' ') select(id);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };

  if (!isOn) return null;
  return (
    <svg
      ref={svg}
      className={`picture-layer measure-layer${drawing ? ' drawing' : ''}`}
      data-measuring={sop}
      onPointerDown={measuring.down}
      onPointerMove={measuring.move}
      onPointerUp={measuring.up}
      onPointerCancel={measuring.cancel}
    >
      {shown
        ? own.map((measurement) => (
            <Mark
              key={measurement.id}
              {...{ view, image, id: measurement.id }}
              shape={measuring.shapeOf(measurement)}
              selected={measurement.id === selectedId}
              onGrab={(event, handle) => measuring.grab(event, measurement, handle)}
              onKeyDown={keys(measurement)}
            />
          ))
        : null}
      {measuring.draft ? <Drawn shape={measuring.draft} {...{ view, image }} /> : null}
    </svg>
  );
};
