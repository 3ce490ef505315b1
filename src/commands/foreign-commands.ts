import type { ForeignLayer } from '../state/foreign-store.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';

const group = 'commands.foreign';

const layer = (
  what: ForeignLayer,
  entry: Pick<CommandEntry, 'id' | 'title' | 'hint' | 'keys' | 'toolbar'>,
): CommandEntry => ({
  group,
  ...entry,
  pressed: ({ foreign }) => foreign.getState()[what],
  run: ({ foreign }) => foreign.getState().toggle(what),
});

const states = ({ foreign }: CommandContext) =>
  foreign.getState().documents.filter(({ content }) => content.kind === 'presentation');

/** One presentation state on, after the last one none. */
const nextState = (context: CommandContext): void => {
  const { applied, apply } = context.foreign.getState();
  const all = states(context).map(({ sopInstanceUid }) => sopInstanceUid);
  apply(applied === undefined ? all[0] : all[all.indexOf(applied) + 1]);
};

/** What other programs said of the images. */
export const FOREIGN_COMMANDS: readonly CommandEntry[] = [
  layer('marks', {
    id: 'foreign.marks',
    title: 'foreign.marks',
    hint: 'foreign.hint.marks',
    keys: ['Shift+C'],
    toolbar: 'show',
  }),
  layer('overlays', {
    id: 'foreign.overlays',
    title: 'foreign.overlays',
    hint: 'foreign.hint.overlays',
    keys: ['Shift+O'],
    toolbar: 'show',
  }),
  layer('unpresented', {
    id: 'foreign.unpresented',
    title: 'foreign.unpresented',
    hint: 'foreign.hint.unpresented',
  }),
  {
    id: 'foreign.next-state',
    group,
    title: 'foreign.next-state',
    hint: 'foreign.hint.next-state',
    keys: ['Shift+E'],
    enabled: (context) => states(context).length > 0,
    run: nextState,
  },
];
