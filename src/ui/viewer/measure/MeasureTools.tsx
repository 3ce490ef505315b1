import { useEffect, useRef, useState } from 'react';
import { type MeasurementKind, startingShape } from '../../../core/display/measure/measurement.ts';
import type { ScreenCalibration } from '../../../core/display/measure/screen-scale.ts';
import { useCommands } from '../../commands/use-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useMeasurements, useServices } from '../../services.tsx';
import { Item, ToolMenu } from '../toolbar/ToolMenu.tsx';
import type { PrimaryTool, ViewportHandle } from '../../../ports/display.ts';
import { measureCommands } from './measure-commands.ts';
import { kindName } from './measure-words.ts';
import { ScreenDialog } from './ScreenDialog.tsx';
import { showTrueSize } from './true-size.ts';
import { useScreen } from './use-screen.ts';

interface MeasureToolsProps {
  readonly tool: PrimaryTool;
  readonly onToolChange: (tool: PrimaryTool) => void;
  /** The selected view. */
  readonly view: ViewportHandle | undefined;
  /** All views of the layout. */
  readonly views: Iterable<ViewportHandle>;
  /** Moves views each for itself: none follows another. */
  readonly apart: (change: () => void) => void;
}

const TOOLS: readonly { kind: MeasurementKind; key: string; hint: () => string }[] = [
  { kind: 'distance', key: 'D', hint: () => t('Drag from one end to the other') },
  {
    kind: 'ellipse',
    key: 'V',
    hint: () => t('Drag from one corner of the ellipse to the other'),
  },
  {
    kind: 'angle',
    key: 'A',
    hint: () => t('Drag the first arm to its vertex, then click the end of the second'),
  },
];

/** Says so when the page comes to a screen or a zoom that was not measured. */
const useScaleWarning = (key: string, calibration: ScreenCalibration | undefined) => {
  const { notices } = useServices();
  const last = useRef({ key, calibrated: calibration !== undefined });
  useEffect(() => {
    const before = last.current;
    last.current = { key, calibrated: calibration !== undefined };
    if (before.key === key) return;
    const lost = before.calibrated && !calibration;
    const text = t(
      "The browser's zoom or the screen has changed: true size is not calibrated here. Go back to the earlier zoom, or calibrate this one.",
    );
    notices.getState().tell('true-size', lost ? text : undefined);
  }, [key, calibration, notices]);
};

/** Across a third of what is seen, in the middle of the view. */
const middleShape = (kind: MeasurementKind, view: ViewportHandle) => {
  const { width, height } = view.size();
  const center = view.canvasToImage({ x: width / 2, y: height / 2 });
  const side = view.canvasToImage({ x: width / 2 + Math.min(width, height) / 3, y: height / 2 });
  return startingShape(kind, center, Math.hypot(side.x - center.x, side.y - center.y));
};

/** Measuring tools and true size: buttons, keys, and the dialog that measures the screen. */
export const MeasureTools = ({ tool, onToolChange, view, views, apart }: MeasureToolsProps) => {
  const { measurements, notices, imageOf } = useServices();
  const shown = useMeasurements((s) => s.shown);
  const { key, calibration } = useScreen();
  const [calibrating, setCalibrating] = useState(false);
  useScaleWarning(key, calibration);

  const trueSize = () => {
    if (!calibration) return setCalibrating(true);
    apart(() => notices.getState().tell('true-size', showTrueSize(views, imageOf, calibration)));
  };
  useCommands(
    measureCommands({
      setTool: onToolChange,
      place: (kind) => {
        const sop = view?.state().sop;
        if (view && sop) measurements.getState().add(sop, middleShape(kind, view));
      },
      toggleShown: () => measurements.getState().show(!measurements.getState().shown),
      trueSize,
      calibrate: () => setCalibrating(true),
    }),
  );
  return (
    <div role="group" aria-label={t('Measuring')}>
      <ToolMenu
        name={
          TOOLS.some(({ kind }) => kind === tool) ? kindName(tool as MeasurementKind) : t('Measure')
        }
        hint={t('Distance, ellipse, angle, and true size')}
      >
        {(close) => (
          <>
            {TOOLS.map(({ kind, key: shortcut, hint }) => (
              <Item
                key={kind}
                name={kindName(kind)}
                hint={hint()}
                shortcut={shortcut}
                pressed={tool === kind}
                onPress={() => {
                  onToolChange(kind);
                  close();
                }}
              />
            ))}
            <Item
              name={t('Show the measurements')}
              shortcut="Shift+M"
              pressed={shown}
              onPress={() => measurements.getState().show(!shown)}
            />
            <Item
              name={t('True size on this screen')}
              shortcut="U"
              onPress={() => {
                close();
                trueSize();
              }}
            />
            <Item
              name={t('Calibrate this screen')}
              shortcut="Shift+U"
              onPress={() => {
                close();
                setCalibrating(true);
              }}
            />
          </>
        )}
      </ToolMenu>
      {calibrating ? <ScreenDialog onClose={() => setCalibrating(false)} /> : null}
    </div>
  );
};
