import { describe, expect, it, vi } from 'vitest';
import { hangingNow } from '../state/hanging.ts';
import { USUAL_SEQUENCE } from '../core/display/hanging/hanging-sequence.ts';
import type { Stage } from '../ports/display.ts';
import type { ViewerState } from '../state/viewer-store.ts';
import { message } from '../core/message/message.ts';
import { isEnabled, titleOf } from './command.ts';
import { COMMANDS } from './table.ts';
import { markIn } from './viewer-commands.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { openHeaders, run, testContext } from './testing/test-context.ts';

const FOUR = [
  { sopInstanceUid: 'rcc', side: 'R', view: 'CC' },
  { sopInstanceUid: 'lcc', side: 'L', view: 'CC' },
  { sopInstanceUid: 'rmlo', side: 'R', view: 'MLO' },
  { sopInstanceUid: 'lmlo', side: 'L', view: 'MLO' },
] as const;
const OLD = [
  { sopInstanceUid: 'old', side: 'R', view: 'CC', studyDate: '20200102', studyInstanceUid: '1.9' },
] as const;

const opened = (headers: Parameters<typeof openHeaders>[1] = FOUR) => {
  const context = testContext();
  openHeaders(context, headers);
  return context;
};
type Context = ReturnType<typeof opened>;
const cells = ({ viewer, studies }: Context) =>
  hangingNow(viewer.getState(), studies.getState()).onShow.cells.map(({ key }) => key);

describe('the table', () => {
  it('has one command of an id, and one of a key at any time', () => {
    const ids = COMMANDS.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const context = opened([...FOUR, ...OLD]);
    const keys = COMMANDS.filter((entry) => isEnabled(entry, context)).flatMap((e) => e.keys ?? []);
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('shares a key only where the loupe, a finding, a slice or a flicker takes it from what else it does', () => {
    const keys = COMMANDS.flatMap((entry) => entry.keys ?? []);
    const shared = new Set(keys.filter((key, i) => keys.indexOf(key) !== i));
    expect([...shared].sort()).toEqual([
      ...['+', '-', 'ArrowDown', 'ArrowUp', 'Escape', 'O', 'Shift+F2', 'Space'],
    ]);
  });

  it('offers what concerns the page alone while nothing is open', () => {
    const context = testContext();
    const offered = COMMANDS.filter((entry) => isEnabled(entry, context)).map(({ id }) => id);
    expect(offered).toContain('page.palette');
    expect(offered.filter((id) => !id.startsWith('page.'))).toEqual([]);
  });

  it('gives Escape to the loupe while it is out, else to the view that is seen alone, else to the notices', () => {
    const context = opened();
    context.notices.getState().tell('first', 'first');
    context.notices.getState().tell('newest', 'newest');
    run(context, 'viewer.enlarge');
    const escape = () =>
      COMMANDS.findLast((e) => e.keys?.includes('Escape') && isEnabled(e, context))?.id;
    expect(escape()).toBe('viewer.shrink');
    context.loupe.getState().setMode('on');
    expect(escape()).toBe('loupe.close');
    context.loupe.getState().setMode('off');
    run(context, 'viewer.shrink');
    expect(escape()).toBe('page.dismiss-notice');
    run(context, 'page.dismiss-notice');
    expect(context.notices.getState().notices.map(({ topic }) => topic)).toEqual(['first']);
  });
});

describe('commands of the viewer', () => {
  it('take up a tool, and show the marks to who draws', () => {
    const context = opened();
    run(context, 'viewer.overlays');
    run(context, 'viewer.pan');
    expect(context.viewer.getState()).toMatchObject({ tool: 'pan', overlaysHidden: true });
    run(context, 'viewer.mark');
    expect(context.viewer.getState()).toMatchObject({ tool: 'mark', overlaysHidden: false });
    context.viewer.getState().putToolAway();
    expect(context.viewer.getState().tool).toBe('pan');
  });

  it('give the grey of the active view to all views', () => {
    const context = opened();
    const grey = { preset: null, darker: 0.1, stretch: 2, inverted: true };
    const view = (own: object) => ({ grey: () => own, setGrey: vi.fn() });
    const [rcc, lcc] = [view({}), view(grey)];
    const views = new Map(
      Object.entries({ RCC: rcc, LCC: lcc }),
    ) as unknown as ViewerState['views'];
    context.viewer.setState({ views });
    run(context, 'viewer.select-2');
    run(context, 'viewer.grey-to-all');
    expect(rcc.setGrey).toHaveBeenCalledExactlyOnceWith(grey);
  });

  it('lay out, and show one view alone and all again', () => {
    const context = opened();
    run(context, 'viewer.layout-cc');
    expect(cells(context)).toEqual(['RCC', 'LCC']);
    run(context, 'viewer.select-2');
    run(context, 'viewer.enlarge');
    expect(cells(context)).toEqual(['LCC']);
    run(context, 'viewer.shrink');
    expect(cells(context)).toEqual(['RCC', 'LCC']);
  });

  it('compare with a prior where one is open', () => {
    const alone = opened();
    run(alone, 'viewer.both-times');
    expect(cells(alone)).toHaveLength(4);
    const context = opened([...FOUR, ...OLD]);
    run(context, 'viewer.layout-cc');
    run(context, 'viewer.both-times');
    expect(cells(context)).toEqual(['RCC', 'LCC', 'prior-RCC', 'prior-LCC']);
    run(context, 'viewer.prior');
    expect(cells(context)).toEqual(['prior-RCC', 'prior-LCC']);
    run(context, 'viewer.prior');
    expect(cells(context)).toEqual(['RCC', 'LCC']);
  });

  it('step along the hangings that show something else', () => {
    const context = opened();
    const { hangInTurn } = context.settings.getState();
    hangInTurn(USUAL_SEQUENCE.filter((each) => each !== 'quadrants'));
    const steps = Array.from({ length: 5 }, () => {
      run(context, 'viewer.next-hanging');
      return cells(context).join(' ');
    });
    expect(steps).toEqual(['RCC LCC', 'RMLO LMLO', 'RCC RMLO', 'LCC LMLO', 'RCC LCC RMLO LMLO']);
    context.settings.getState().hangInTurn(['overview', 'mlo']);
    run(context, 'viewer.previous-hanging');
    expect(cells(context)).toEqual(['RMLO', 'LMLO']);
  });

  it('step over each view at 1:1, part by part, in both directions, and on to what follows', () => {
    const context = opened();
    context.settings.getState().hangInTurn(['overview', 'quadrants', 'cc']);
    const parts: Record<string, number> = { RCC: 2, LCC: 1, RMLO: 0, LMLO: 3 };
    const stage = { quadrants: (key: string) => parts[key] ?? 0 } as unknown as Stage;
    context.viewer.setState({ stage });
    const seen = () => {
      const { alone } = context.viewer.getState();
      const [first = ''] = cells(context);
      if (alone?.as !== 'quadrants') return cells(context).join(' ');
      return `${first} ${Math.min(alone.tile, (parts[first] ?? 0) - 1)}`;
    };
    const walk = (id: string, steps: number) =>
      Array.from({ length: steps }, () => {
        run(context, id);
        return seen();
      });
    const on = ['RCC 0', 'RCC 1', 'LCC 0', 'RMLO -1', 'LMLO 0', 'LMLO 1', 'LMLO 2'];
    expect(walk('viewer.next-hanging', 8)).toEqual([...on, 'RCC LCC']);
    expect(walk('viewer.previous-hanging', 8)).toEqual([...on.toReversed(), 'RCC LCC RMLO LMLO']);
    // Another view begins at its first part, and Escape shows all of them again.
    run(context, 'viewer.next-hanging');
    run(context, 'viewer.next-hanging');
    run(context, 'viewer.select-4');
    expect(seen()).toBe('LMLO 0');
    run(context, 'viewer.shrink');
    expect(cells(context)).toEqual(['RCC', 'LCC', 'RMLO', 'LMLO']);
  });

  it('let current and prior take turns in one cell, and nothing be drawn meanwhile', () => {
    const alone = opened();
    run(alone, 'viewer.flicker');
    expect(alone.viewer.getState().alone).toBeUndefined();
    const context = opened([...FOUR, ...OLD]);
    const now = () => hangingNow(context.viewer.getState(), context.studies.getState());
    // The prior has no left breast.
    run(context, 'viewer.select-2');
    run(context, 'viewer.flicker');
    expect(now().flicker).toBeUndefined();
    run(context, 'viewer.select-1');
    context.viewer.getState().takeTool('mark');
    run(context, 'viewer.flicker');
    expect(context.viewer.getState().tool).toBe('window');
    expect([now().flicker, now().active?.key]).toEqual(['current', 'RCC']);
    expect(now().onShow).toMatchObject({ columns: 1, rows: 1 });
    expect(cells(context)).toEqual(['RCC', 'prior-RCC']);
    const space = () =>
      COMMANDS.findLast((e) => e.keys?.includes('Space') && isEnabled(e, context))?.id;
    expect(space()).toBe('viewer.flicker-turn');
    run(context, 'viewer.flicker-turn');
    expect([now().flicker, now().active?.key]).toEqual(['prior', 'prior-RCC']);
    expect(context.viewer.getState().alone).toMatchObject({ running: false });
    run(context, 'viewer.mark');
    expect(now().flicker).toBeUndefined();
    expect(cells(context)).toEqual(['RCC', 'LCC', 'RMLO', 'LMLO']);
    expect(space()).toBe('viewer.next-hanging');
    run(context, 'viewer.flicker');
    run(context, 'viewer.shrink');
    expect(now().flicker).toBeUndefined();
  });

  it('offer the lesion magnified where one is selected, and begin anew with each exam', () => {
    const context = opened([...FOUR, ...OLD]);
    run(context, 'viewer.crops');
    expect(context.viewer.getState().crops).toBe(false);
    run(context, 'lesions.new');
    run(context, 'viewer.crops');
    expect(context.viewer.getState().crops).toBe(true);
    run(context, 'studies.next-study');
    expect(context.viewer.getState().crops).toBe(false);
  });

  it('turn links over, and fold the columns', () => {
    const context = opened();
    run(context, 'viewer.link-zoom');
    expect(context.settings.getState().links).toEqual({
      ...{ zoom: false, pan: true, window: true, slices: true },
    });
    run(context, 'page.fold-patients');
    expect(context.settings.getState().folded).toEqual({ patients: true, lesions: false });
  });
});

describe('views that come one by one', () => {
  /** The layouts of an exam whose files come in an order, of which the last is what is there. */
  const layouts = (order: readonly number[], total: number) => {
    const context = testContext();
    const { studies, viewer } = context;
    const seen: string[] = [];
    const look = () => {
      if (studies.getState().images.length === 0) return;
      const { onShow } = hangingNow(viewer.getState(), studies.getState());
      const layout = `${onShow.cells.map(({ key }) => key)} in ${onShow.rows}`;
      if (seen.at(-1) !== layout) seen.push(layout);
    };
    studies.subscribe(look);
    viewer.subscribe(look);
    studies.getState().setProgress({ done: 0, total });
    order.forEach((i, done) => {
      const header = testHeader({ ...FOUR[i] });
      const file = { path: `${i}`, rows: 64, columns: 64, digest: `${i}`, scopeNotes: [] };
      studies.getState().add({ ...file, header, asRead: header });
      studies.getState().setProgress({ done: done + 1, total });
    });
    studies.getState().setProgress(undefined);
    return { seen, context };
  };

  it.each([[[0, 1, 2, 3]], [[3, 0, 2, 1]], [[2, 0, 3, 1]]])(
    'hang in their places at once, in the order %j',
    (order) => {
      expect(layouts(order, 4).seen).toEqual(['RCC,LCC,RMLO,LMLO in 2']);
    },
  );

  it('hang otherwise once at most, where some never come', () => {
    expect(layouts([2, 0], 5).seen).toEqual(['RCC,LCC,RMLO,LMLO in 2', 'RCC,RMLO in 1']);
    expect(layouts([0, 1], 2).seen).toEqual(['RCC in 1', 'RCC,LCC in 1']);
  });

  it('leave an exam as it hangs that others come beside', () => {
    const { context } = layouts([0, 1], 2);
    context.studies.getState().setProgress({ done: 0, total: 40 });
    openHeaders(context, [{ sopInstanceUid: 'p2', patientId: 'P2', studyInstanceUid: '1.8' }]);
    const { images, showPatient } = context.studies.getState();
    expect(cells(context)).toEqual(['RCC', 'LCC']);
    showPatient(patientKeyIn(images, 'p2') ?? '');
    expect(cells(context)).toHaveLength(4);
    showPatient(patientKeyIn(images, 'rcc') ?? '');
    expect(cells(context)).toEqual(['RCC', 'LCC']);
  });
});

it('the exam that comes to be shown is looked at anew, with the tool in the hand', () => {
  const context = opened([...FOUR, ...OLD]);
  run(context, 'viewer.layout-cc');
  run(context, 'viewer.explain');
  run(context, 'viewer.pan');
  run(context, 'studies.next-study');
  expect(context.viewer.getState()).toMatchObject({
    mode: undefined,
    explained: false,
    tool: 'pan',
  });
});

it('goes round through studies and patients', () => {
  const context = opened([
    ...FOUR,
    ...OLD,
    { sopInstanceUid: 'x', patientId: 'P2', studyInstanceUid: '1.8' },
  ]);
  const shown = () => context.studies.getState();
  const first = shown().patientKey;
  run(context, 'studies.next-study');
  expect(shown().studyInstanceUid).toBe('1.9');
  run(context, 'studies.next-patient');
  expect(shown().patientKey).not.toBe(first);
  run(context, 'studies.next-study');
  expect(shown().studyInstanceUid).toBeUndefined();
  run(context, 'studies.next-patient');
  expect(shown().patientKey).toBe(first);
  run(context, 'studies.close');
  expect(context.closePatient).toHaveBeenCalledExactlyOnceWith(first);
});

it('begins one new lesion at a time, and Escape puts it away with the tool', () => {
  const context = opened();
  const { lesions, viewer, history } = context;
  const box = { x: 10, y: 10, width: 10, height: 10 };
  const { patientKey = '' } = context.studies.getState();
  const marked = lesions.getState().createMarked(patientKey, 'rcc', box, undefined);
  run(context, 'lesions.new');
  run(context, 'lesions.new');
  expect(lesions.getState().lesions.map(({ number }) => number)).toEqual([1, 2]);
  lesions.getState().select(marked.id);
  run(context, 'lesions.new');
  expect(lesions.getState().selectedId).toBe(lesions.getState().lesions[1]?.id);
  const escape = () =>
    COMMANDS.findLast((e) => e.keys?.includes('Escape') && isEnabled(e, context))?.id;
  expect(escape()).toBe('viewer.put-away');
  run(context, 'viewer.put-away');
  expect(viewer.getState().tool).toBe('window');
  expect(lesions.getState().lesions).toEqual([marked]);
  expect(escape()).toBeUndefined();
  history.getState().undo();
  expect(lesions.getState().lesions).toEqual([]);
});

it('keeps on Escape a lesion whose mark a step of the history has', () => {
  const context = opened();
  const { lesions } = context;
  run(context, 'lesions.new');
  lesions
    .getState()
    .setMark(lesions.getState().selectedId ?? '', 'rcc', { x: 10, y: 10, width: 10, height: 10 });
  lesions.getState().undo();
  run(context, 'viewer.put-away');
  lesions.getState().redo();
  expect(lesions.getState().lesions[0]?.marks).toHaveProperty('rcc');
});

it('takes the mark off the view in hand, and no other', () => {
  const context = opened();
  const { lesions, studies } = context;
  const box = { x: 10, y: 10, width: 10, height: 10 };
  const { patientKey = '' } = studies.getState();
  const { id } = lesions.getState().createMarked(patientKey, 'rcc', box, undefined);
  lesions.getState().setMark(id, 'rmlo', box);
  const entry = COMMANDS.find((each) => each.id === 'lesions.delete-mark')!;
  run(context, 'viewer.select-2');
  expect(isEnabled(entry, context)).toBe(false);
  run(context, 'viewer.select-3');
  expect(titleOf(entry, context)).toEqual(
    message('lesions.delete-mark-of', { number: 1, view: 'RMLO' }),
  );
  run(context, 'lesions.delete-mark');
  expect(Object.keys(lesions.getState().lesions[0]?.marks ?? {})).toEqual(['rcc']);
});

it('neither goes to nor takes off a mark that was made on other pixels of that UID', () => {
  const context = opened();
  const { lesions, studies } = context;
  const box = { x: 10, y: 10, width: 10, height: 10 };
  const { patientKey = '' } = studies.getState();
  const made = { columns: 64, rows: 64, digest: 'other' };
  lesions.getState().createMarked(patientKey, 'rcc', box, made);
  const entry = COMMANDS.find((each) => each.id === 'lesions.delete-mark')!;
  run(context, 'viewer.select-1');
  expect(isEnabled(entry, context)).toBe(false);
  expect(markIn(context)('rcc')).toBeUndefined();
});

it('does nothing to the lesion of a patient who is not on show', () => {
  const context = opened([
    ...FOUR,
    { ...FOUR[0], sopInstanceUid: 'x', patientId: 'P2', studyInstanceUid: '1.8' },
  ]);
  const { studies, lesions } = context;
  run(context, 'lesions.new');
  const [lesion] = lesions.getState().lesions;
  const keyOf = (sop: string) => patientKeyIn(studies.getState().images, sop) ?? '';
  studies.getState().showPatient(keyOf('x'));
  const offered = COMMANDS.filter((entry) => isEnabled(entry, context)).map(({ id }) => id);
  expect(offered).not.toContain('viewer.lesion');
  expect(offered).not.toContain('viewer.crops');
  run(context, 'lesions.delete');
  expect(context.deleteLesion).not.toHaveBeenCalled();
  studies.getState().showPatient(keyOf('rcc'));
  run(context, 'lesions.delete');
  expect(context.deleteLesion).toHaveBeenCalledExactlyOnceWith(lesion);
});

it('deletes the selected lesion of the patient on show, and no other', () => {
  const context = opened();
  run(context, 'lesions.delete');
  expect(context.deleteLesion).not.toHaveBeenCalled();
  run(context, 'lesions.new');
  expect(context.viewer.getState().tool).toBe('mark');
  const [lesion] = context.lesions.getState().lesions;
  run(context, 'lesions.delete');
  expect(context.deleteLesion).toHaveBeenCalledExactlyOnceWith(lesion);
});
