import type { Lesion } from '../core/lesion/lesion.ts';
import type { CommandEntry } from './command.ts';
import { type CommandContext, lesionIn } from './context.ts';

const group = 'commands.lesions';

const ownLesions = ({ lesions, studies }: CommandContext): readonly Lesion[] => {
  const { patientKey } = studies.getState();
  return lesions.getState().lesions.filter((lesion) => lesion.patientKey === patientKey);
};

/** Selects the lesion so many places on, of those of the patient. */
const step = (by: 1 | -1) => (context: CommandContext) => {
  const own = ownLesions(context);
  const { select } = context.lesions.getState();
  const at = own.findIndex((lesion) => lesion === lesionIn(context));
  const next = at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length;
  if (own[next]) select(own[next].id);
};

/** What can be asked of the lesions of the patient on show. */
export const LESION_COMMANDS: readonly CommandEntry[] = [
  {
    id: 'lesions.new',
    group,
    title: 'lesions.new',
    keys: ['N'],
    context: true,
    run: ({ studies, lesions, viewer }) => {
      const { patientKey } = studies.getState();
      if (patientKey === undefined) return;
      lesions.getState().create(patientKey);
      viewer.getState().takeTool('mark');
    },
  },
  {
    id: 'lesions.undo',
    group,
    title: 'lesions.undo',
    keys: ['Ctrl+Z'],
    run: ({ history }) => history.getState().undo(),
  },
  {
    id: 'lesions.redo',
    group,
    title: 'lesions.redo',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    run: ({ history }) => history.getState().redo(),
  },
  {
    id: 'lesions.table',
    group,
    title: 'lesions.table',
    keys: ['Shift+R'],
    run: ({ page }) => page.setState({ over: 'lesions' }),
  },
  { id: 'lesions.next', group, title: 'lesions.next', keys: ['>'], run: step(1) },
  { id: 'lesions.previous', group, title: 'lesions.previous', keys: ['<'], run: step(-1) },
  {
    id: 'lesions.delete',
    group,
    title: 'lesions.delete',
    keys: ['Shift+Delete'],
    run: (context) => {
      const selected = lesionIn(context);
      if (selected) context.deleteLesion(selected);
    },
  },
];
