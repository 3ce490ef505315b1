import { beforeEach, describe, expect, it, vi } from 'vitest';
import { examOnShow } from '../state/open-exams.ts';
import { madeLook, testSecondLook } from '../state/testing/test-second-look.ts';
import type { ViewerState } from '../state/viewer-store.ts';
import { isEnabled } from './command.ts';
import { SECOND_LOOK_COMMANDS } from './second-look-commands.ts';
import { COMMANDS } from './table.ts';
import { openHeaders, run, testContext } from './testing/test-context.ts';

const FOUR = [
  { sopInstanceUid: 'rcc', side: 'R', view: 'CC' },
  { sopInstanceUid: 'lcc', side: 'L', view: 'CC' },
  { sopInstanceUid: 'rmlo', side: 'R', view: 'MLO' },
  { sopInstanceUid: 'lmlo', side: 'L', view: 'MLO' },
] as const;

/** Three findings: R over both views, L in the CC alone, and one that 0.25 marks an image do not show. */
const opened = () => {
  const bare = testContext();
  openHeaders(bare, FOUR);
  const { studies, lesions } = bare;
  const images = () => studies.getState().images;
  const { store, feed } = testSecondLook({ lesions, images });
  const exam = examOnShow(studies.getState())?.key ?? '';
  feed.show({ [exam]: { phase: { name: 'ready' }, views: [] } });
  const [rcc, lcc, rmlo] = images();
  if (!rcc || !lcc || !rmlo) throw new Error('four images are open');
  feed.found(exam, () =>
    madeLook([
      [0.9, [rcc, 30, 30], [rmlo, 34, 34]],
      [0.5, [lcc, 30, 30]],
      [0.2, [rmlo, 25, 60]],
    ]),
  );
  const stage = { fit: vi.fn(), toLesion: vi.fn() };
  bare.viewer.setState({ stage: stage as unknown as ViewerState['stage'] });
  return { ...bare, secondLook: store, exam, stage };
};
type Context = ReturnType<typeof opened>;
let context: Context;
beforeEach(() => {
  context = opened();
});

const offered = () =>
  SECOND_LOOK_COMMANDS.filter((entry) => isEnabled(entry, context)).map(({ id }) =>
    id.replace('second-look.', ''),
  );
const chosen = () => context.viewer.getState().finding;

describe('the second look by key', () => {
  it('offers nothing but the word before it is given, and never that word again', () => {
    expect(offered()).toEqual(['done']);
    run(context, 'second-look.next');
    run(context, 'second-look.accept');
    expect(chosen()).toBeUndefined();
    expect(context.lesions.getState().lesions).toEqual([]);
    run(context, 'second-look.done');
    expect(offered()).toEqual(['next', 'previous']);
  });

  it('steps round through the findings, most suspicious first, and zooms to each', () => {
    run(context, 'second-look.done');
    run(context, 'second-look.next');
    const first = chosen();
    expect(context.stage.fit).toHaveBeenCalledTimes(1);
    const markOn = context.stage.toLesion.mock.lastCall?.[0] as (sop: string) => unknown;
    expect(markOn('rmlo')).toEqual({ x: 14, y: 14, width: 40, height: 40 });
    expect(markOn('lcc')).toBeUndefined();
    run(context, 'second-look.next');
    expect(chosen()).not.toBe(first);
    run(context, 'second-look.next');
    expect(chosen()).toBe(first);
    run(context, 'second-look.previous');
    expect(chosen()).not.toBe(first);
  });

  it('shows all views where the finding is on none that hangs', () => {
    run(context, 'second-look.done');
    run(context, 'viewer.layout-left');
    run(context, 'second-look.next');
    expect(context.viewer.getState().mode).toBeUndefined();
    run(context, 'viewer.layout-cc');
    run(context, 'second-look.next');
    expect(context.viewer.getState().mode).toBe('cc');
  });

  it('accepts the one looked at as a lesion of its views, selected, in one step of the history', () => {
    run(context, 'second-look.done');
    run(context, 'second-look.next');
    expect(offered()).toContain('accept');
    run(context, 'second-look.accept');
    const { lesions, selectedId } = context.lesions.getState();
    expect(lesions.map(({ id, marks }) => [id, Object.keys(marks)])).toEqual([
      [selectedId, ['rcc', 'rmlo']],
    ]);
    expect(offered()).not.toContain('accept');
    run(context, 'lesions.undo');
    expect(context.lesions.getState().lesions).toEqual([]);
    expect(offered()).toContain('accept');
  });

  it('asks why before it dismisses, and takes a dismissal back by the same key', () => {
    run(context, 'second-look.done');
    run(context, 'second-look.next');
    run(context, 'second-look.dismiss');
    expect(context.page.getState().over).toBe('dismissal');
    const dismissals = () => context.secondLook.getState().exams[context.exam]?.dismissals ?? [];
    expect(dismissals()).toEqual([]);
    context.secondLook.getState().dismiss(context.exam, chosen() ?? '', 'vessel');
    const byMinus = COMMANDS.filter((e) => e.keys?.includes('-') && isEnabled(e, context));
    expect(byMinus.map(({ id }) => id)).toEqual(['second-look.reopen']);
    run(context, 'second-look.reopen');
    expect(dismissals()).toEqual([]);
  });

  it('leaves + and - to the loupe while it is out', () => {
    run(context, 'second-look.done');
    run(context, 'second-look.next');
    const onTop = () =>
      COMMANDS.findLast((e) => e.keys?.includes('+') && isEnabled(e, context))?.id;
    expect(onTop()).toBe('second-look.accept');
    context.loupe.getState().setMode('on');
    expect(onTop()).toBe('loupe.stronger');
  });

  it('zooms to the finding as to a lesion, while no lesion is selected', () => {
    const zoom = COMMANDS.find(({ id }) => id === 'viewer.lesion');
    if (!zoom) throw new Error('there is a command that zooms');
    expect(isEnabled(zoom, context)).toBe(false);
    run(context, 'second-look.done');
    run(context, 'second-look.next');
    expect(isEnabled(zoom, context)).toBe(true);
  });
});
