import { message } from '../core/message/message.ts';
import {
  addsMarks,
  boxesOf,
  chosenFinding,
  findingsOnShow,
  lookOnShow,
} from '../state/exam-findings.ts';
import { withoutFlicker } from '../state/viewer-store.ts';
import { isWordDue, type ShownFinding } from '../state/shown-findings.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';
import { hangingIn } from './viewer-commands.ts';

const group = 'commands.second-look';

const isDue = (context: CommandContext): boolean => {
  const on = lookOnShow(context);
  return on !== undefined && isWordDue(on.look);
};
const hasFindings = (context: CommandContext): boolean => findingsOnShow(context).length > 0;

/** All views, where those on screen do not show it. */
const bringOnScreen = (context: CommandContext, { marks }: ShownFinding): void => {
  const { onShow } = hangingIn(context);
  const isSeen = onShow.cells.some(({ shown }) =>
    marks.some(({ sopInstanceUid }) => sopInstanceUid === shown?.header.sopInstanceUid),
  );
  if (!isSeen) context.viewer.setState({ mode: undefined, times: 'current', alone: undefined });
};

/**
 * Looks at a finding: it, and no lesion, is what is selected, and every view that shows it zooms to it;
 * the others show the whole breast.
 */
export const lookAtFinding = (context: CommandContext, finding: ShownFinding): void => {
  const { viewer, lesions } = context;
  const boxes = boxesOf(finding);
  lesions.getState().select(undefined);
  viewer.setState(({ alone }) => ({
    finding: finding.id,
    overlaysHidden: false,
    alone: withoutFlicker(alone),
  }));
  bringOnScreen(context, finding);
  const { stage } = viewer.getState();
  stage?.fit();
  stage?.toLesion((sop) => boxes[sop]);
};

/** The finding so many places on; it goes round. */
const step = (by: 1 | -1) => (context: CommandContext) => {
  const findings = findingsOnShow(context);
  const at = findings.findIndex(({ id }) => id === context.viewer.getState().finding);
  const next = at < 0 ? (by > 0 ? 0 : -1) : (at + by) % findings.length;
  const finding = findings.at(next);
  if (finding) lookAtFinding(context, finding);
};

const accept = (context: CommandContext): void => {
  const [on, finding] = [lookOnShow(context), chosenFinding(context)];
  if (on && finding) context.secondLook.getState().accept(on.exam.key, finding.id);
};

const reopen = (context: CommandContext): void => {
  const [on, finding] = [lookOnShow(context), chosenFinding(context)];
  if (on && finding) context.secondLook.getState().reopen(on.exam.key, finding.id);
};

const isChosen =
  (of: (finding: ShownFinding) => boolean) =>
  (context: CommandContext): boolean => {
    const finding = chosenFinding(context);
    return finding !== undefined && of(finding);
  };

/** The reader's word that the own look is done, and what is done with findings after it. */
export const SECOND_LOOK_COMMANDS: readonly CommandEntry[] = [
  {
    id: 'second-look.done',
    group,
    title: 'second-look.done',
    hint: 'second-look.hint.done',
    keys: ['Shift+F2'],
    enabled: isDue,
    run: (context) => {
      const on = lookOnShow(context);
      if (on) context.secondLook.getState().sayLookDone(on.exam.key);
    },
  },
  {
    id: 'second-look.next',
    group,
    title: 'second-look.next',
    keys: ['F2'],
    enabled: hasFindings,
    run: step(1),
  },
  {
    id: 'second-look.previous',
    group,
    title: 'second-look.previous',
    keys: ['Shift+F2'],
    enabled: (context) => !isDue(context) && hasFindings(context),
    run: step(-1),
  },
  {
    id: 'second-look.accept',
    group,
    title: (context) => {
      const lesion = chosenFinding(context)?.agreesWith;
      return lesion
        ? message('second-look.add-views', { number: lesion.number })
        : 'second-look.accept';
    },
    keys: ['+'],
    context: true,
    enabled: isChosen(addsMarks),
    run: accept,
  },
  {
    id: 'second-look.dismiss',
    group,
    title: 'second-look.dismiss',
    keys: ['-'],
    context: true,
    enabled: isChosen(({ answer }) => answer.kind === 'open'),
    run: ({ page }) => page.setState({ over: 'dismissal' }),
  },
  {
    id: 'second-look.reopen',
    group,
    title: 'second-look.reopen',
    keys: ['-'],
    context: true,
    enabled: isChosen(({ answer }) => answer.kind === 'dismissed'),
    run: reopen,
  },
];
