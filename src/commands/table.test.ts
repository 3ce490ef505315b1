import { describe, expect, it, vi } from 'vitest';
import { hangingNow } from '../state/hanging.ts';
import type { ViewerState } from '../state/viewer-store.ts';
import { isEnabled } from './command.ts';
import { COMMANDS } from './table.ts';
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

  it('shares a key only where the loupe, a finding or a slice takes it from what else it does', () => {
    const keys = COMMANDS.flatMap((entry) => entry.keys ?? []);
    const shared = new Set(keys.filter((key, i) => keys.indexOf(key) !== i));
    expect([...shared].sort()).toEqual(['+', '-', 'ArrowDown', 'ArrowUp', 'Escape', 'Shift+F2']);
  });

  it('offers what concerns the page alone while nothing is open', () => {
    const context = testContext();
    const offered = COMMANDS.filter((entry) => isEnabled(entry, context)).map(({ id }) => id);
    expect(offered).toContain('page.palette');
    expect(offered.filter((id) => !id.startsWith('page.'))).toEqual([]);
  });

  it('gives Escape to the loupe while it is out, else to the view that is seen alone', () => {
    const context = opened();
    run(context, 'viewer.enlarge');
    const escape = () =>
      COMMANDS.findLast((e) => e.keys?.includes('Escape') && isEnabled(e, context))?.id;
    expect(escape()).toBe('viewer.shrink');
    context.loupe.getState().setMode('on');
    expect(escape()).toBe('loupe.close');
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
    const steps = Array.from({ length: 5 }, () => {
      run(context, 'viewer.next-hanging');
      return cells(context).join(' ');
    });
    expect(steps).toEqual(['RCC LCC', 'RMLO LMLO', 'RCC RMLO', 'LCC LMLO', 'RCC LCC RMLO LMLO']);
    context.settings.getState().hangInTurn(['overview', 'mlo']);
    run(context, 'viewer.previous-hanging');
    expect(cells(context)).toEqual(['RMLO', 'LMLO']);
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
