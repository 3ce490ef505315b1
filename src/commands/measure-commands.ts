import { type MeasurementKind, startingShape } from '../core/display/measure/measurement.ts';
import type { ViewportHandle } from '../ports/display.ts';
import type { CommandEntry } from './command.ts';
import { volumeIn } from './slice-commands.ts';
import { viewIn } from './viewer-commands.ts';

const group = 'commands.measuring';

/** Across a third of what is seen, in the middle of the view. */
const middleShape = (kind: MeasurementKind, view: ViewportHandle) => {
  const { width, height } = view.size();
  const center = view.canvasToImage({ x: width / 2, y: height / 2 });
  const side = view.canvasToImage({ x: width / 2 + Math.min(width, height) / 3, y: height / 2 });
  return startingShape(kind, center, Math.hypot(side.x - center.x, side.y - center.y));
};

const tool = (kind: MeasurementKind, key: string): CommandEntry => ({
  id: `measure.${kind}`,
  group,
  title: `measure.${kind}`,
  hint: `measure.hint.${kind}`,
  keys: [key],
  toolbar: 'measure',
  context: true,
  pressed: ({ viewer }) => viewer.getState().tool === kind,
  run: ({ viewer }) => viewer.getState().takeTool(kind),
});

/** Puts a measurement into the middle of the selected view, to be moved by arrow keys. */
const place = (kind: MeasurementKind, key: string): CommandEntry => ({
  id: `measure.place-${kind}`,
  group,
  title: `measure.place.${kind}`,
  keys: [key],
  enabled: (context) => viewIn(context) !== undefined,
  run: (context) => {
    const view = viewIn(context);
    const sop = view?.state().sop;
    const volume = volumeIn(context);
    const slice = volume?.sop === sop ? volume?.index : undefined;
    if (view && sop) context.measurements.getState().add(sop, middleShape(kind, view), slice);
  },
});

/** Lengths, angles and areas, and true size. */
export const MEASURE_COMMANDS: readonly CommandEntry[] = [
  tool('distance', 'D'),
  tool('ellipse', 'V'),
  tool('angle', 'A'),
  place('distance', 'Shift+D'),
  place('ellipse', 'Shift+V'),
  place('angle', 'Shift+A'),
  {
    id: 'measure.show',
    group,
    title: 'measure.show',
    keys: ['Shift+M'],
    toolbar: 'measure',
    pressed: ({ measurements }) => measurements.getState().shown,
    run: ({ measurements }) => measurements.getState().show(!measurements.getState().shown),
  },
  {
    id: 'measure.true-size',
    group,
    title: 'measure.true-size',
    keys: ['U'],
    toolbar: 'measure',
    run: (context) => context.showTrueSize(),
  },
  {
    id: 'measure.calibrate',
    group,
    title: 'measure.calibrate',
    keys: ['Shift+U'],
    toolbar: 'measure',
    run: ({ page }) => page.setState({ over: 'screen' }),
  },
];
