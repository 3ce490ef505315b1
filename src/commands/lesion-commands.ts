import type { Lesion } from '../core/lesion/lesion.ts';
import { message } from '../core/message/message.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { begunLesions } from '../state/lesions-store.ts';
import type { CommandEntry } from './command.ts';
import { type CommandContext, lesionIn } from './context.ts';
import { hangingIn } from './viewer-commands.ts';

const group = 'commands.lesions';

const ownLesions = ({ lesions, studies }: CommandContext): readonly Lesion[] => {
  const { patientKey } = studies.getState();
  return lesions.getState().lesions.filter((lesion) => lesion.patientKey === patientKey);
};

/** The image in the active view, where the selected lesion has a mark on it. */
const markedIn = (context: CommandContext): OpenImage | undefined => {
  const shown = hangingIn(context).active?.shown;
  return shown && shown.header.sopInstanceUid in (lesionIn(context)?.marks ?? {})
    ? shown
    : undefined;
};

/** Selects the lesion so many places on, of those of the patient. */
const step = (by: 1 | -1) => (context: CommandContext) => {
  const own = ownLesions(context);
  const { select } = context.lesions.getState();
  const at = own.findIndex(({ id }) => id === lesionIn(context)?.id);
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
    // One that is still empty is as new as another.
    run: (context) => {
      const { patientKey } = context.studies.getState();
      if (patientKey === undefined) return;
      const { create, select } = context.lesions.getState();
      const begun = begunLesions(context.lesions.getState()).findLast(
        (lesion) => lesion.patientKey === patientKey,
      );
      if (begun) select(begun.id);
      else create(patientKey);
      context.viewer.getState().takeTool('mark');
    },
  },
  {
    id: 'lesions.undo',
    group,
    title: 'lesions.undo',
    keys: ['Ctrl+Z'],
    repeats: true,
    run: ({ history }) => history.getState().undo(),
  },
  {
    id: 'lesions.redo',
    group,
    title: 'lesions.redo',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    repeats: true,
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
    id: 'lesions.delete-mark',
    group,
    title: (context) => {
      const [lesion, image] = [lesionIn(context), markedIn(context)];
      if (!lesion || !image) return 'lesions.delete-mark';
      return message('lesions.delete-mark-of', {
        number: lesion.number,
        view: viewLabel(image.header),
      });
    },
    context: true,
    enabled: (context) => markedIn(context) !== undefined,
    run: (context) => {
      const [lesion, image] = [lesionIn(context), markedIn(context)];
      if (lesion && image)
        context.lesions.getState().removeMark(lesion.id, image.header.sopInstanceUid);
    },
  },
  {
    id: 'lesions.delete',
    group,
    title: (context) => {
      const lesion = lesionIn(context);
      if (!lesion) return 'lesions.delete';
      return message('lesions.delete-number', { number: lesion.number });
    },
    keys: ['Shift+Delete'],
    context: true,
    enabled: (context) => lesionIn(context) !== undefined,
    run: (context) => {
      const selected = lesionIn(context);
      if (selected) context.deleteLesion(selected);
    },
  },
];
