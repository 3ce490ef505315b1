import type { MeasurementKind } from '../../../core/display/measure/measurement.ts';
import type { Command } from '../../../commands/command.ts';
import { t } from '../../../i18n/phrases/text.ts';

export interface MeasureActions {
  setTool(tool: MeasurementKind): void;
  /** Puts a measurement into the middle of the selected view, to be moved by arrow keys. */
  place(kind: MeasurementKind): void;
  toggleShown(): void;
  trueSize(): void;
  calibrate(): void;
}

/** What the reader can ask about lengths, by key or by name. */
export const measureCommands = (actions: MeasureActions): readonly Command[] => {
  const group = t('Measuring');
  const command = (id: string, title: string, keys: readonly string[], run: () => void) => ({
    id: `measure.${id}`,
    group,
    title,
    keys,
    run,
  });
  return [
    command('distance', t('Measure a distance'), ['D'], () => actions.setTool('distance')),
    command('ellipse', t('Measure an ellipse'), ['V'], () => actions.setTool('ellipse')),
    command('angle', t('Measure an angle'), ['A'], () => actions.setTool('angle')),
    command('place-distance', t('Distance in the middle of the view'), ['Shift+D'], () =>
      actions.place('distance'),
    ),
    command('place-ellipse', t('Ellipse in the middle of the view'), ['Shift+V'], () =>
      actions.place('ellipse'),
    ),
    command('place-angle', t('Angle in the middle of the view'), ['Shift+A'], () =>
      actions.place('angle'),
    ),
    command('show', t('Show the measurements'), ['Shift+M'], actions.toggleShown),
    command('true-size', t('True size on this screen'), ['U'], actions.trueSize),
    command('calibrate', t('Calibrate this screen'), ['Shift+U'], actions.calibrate),
  ];
};
