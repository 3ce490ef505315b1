// @vitest-environment jsdom
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import { hangingNow } from '../../../state/hanging.ts';
import { ServicesProvider, type Services } from '../../services.tsx';
import type { Hung } from './linked-views.ts';
import { HAND_RESTS_AFTER, useHand } from './use-hand.ts';
import { useRoomierLayout } from './use-roomier-layout.ts';

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
/** Tall breasts: roomier in a row on a wide screen, two by two on an upright one. */
const TALL = { columns: 100, rows: 220, columnSpacing: 1, rowSpacing: 1 };
/** As wide as high, which hang two by two even on a wide screen. */
const SQUARE = { ...TALL, columns: 220 };
const hungOf = (sop: string, geometry = TALL) => {
  const frame = breastFrame(geometry, AS_STORED, 'left', undefined);
  return { sop, frame, shape: undefined, level: 'CC', calibrated: true } as const;
};
const FOUR = ['0', '1', '2', '3'].map((sop) => hungOf(sop));

const Cells = (props: { hung: readonly Hung[]; complete: boolean }) => {
  const cells = useRef<HTMLDivElement>(null);
  useHand(cells);
  const owed = useRoomierLayout(cells, props.hung, props.complete);
  return <div ref={cells} data-testid="cells" aria-busy={owed} />;
};

const sized: (() => void)[] = [];
let area = { width: 1000, height: 1800 };
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private readonly onSize: () => void) {
        sized.push(onSize);
      }
      // It tells the first size, too, some time later.
      observe() {
        setTimeout(() => act(this.onSize));
      }
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockImplementation(() => area.width);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(() => area.height);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const setUp = (context = testContext()) => {
  const services = { ...context } as unknown as Services;
  const page = (hung: readonly Hung[]) => (
    <ServicesProvider services={services}>
      <Cells hung={hung} complete={hung.length === 4} />
    </ServicesProvider>
  );
  const { getByTestId, rerender } = render(page(FOUR.slice(0, 0)));
  act(() => void vi.runAllTimers());
  return {
    ...context,
    cells: getByTestId('cells'),
    hang: (hung: readonly Hung[]) => rerender(page(hung)),
    roomier: () => context.viewer.getState().roomier,
    isBusy: () => getByTestId('cells').getAttribute('aria-busy') === 'true',
    grow: (width: number, height: number) => {
      area = { width, height };
      act(() => sized.at(-1)?.());
    },
  };
};
const WIDE = [1550, 950] as const;
const UPRIGHT = [1000, 1800] as const;
const after = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

it('hangs nothing otherwise under a pointer that is held down, but when it is let go', () => {
  const { cells, hang, grow, roomier } = setUp();
  grow(...UPRIGHT);
  hang(FOUR);
  expect(roomier()).toBe('four');
  fireEvent.pointerDown(cells);
  grow(...WIDE);
  expect(roomier()).toBe('four');
  fireEvent.pointerUp(document.body);
  expect(roomier()).toBe('four');
  act(() => void vi.runAllTimers());
  expect(roomier()).toBe('row');
  // A pointer beside the pictures is in nobody's way.
  fireEvent.pointerDown(document.body);
  grow(...UPRIGHT);
  expect(roomier()).toBe('four');
});

/** An exam of which the first view makes it look as if it hung two by two. */
const opening = () => {
  const page = setUp();
  const { studies, viewer } = page;
  area = { width: WIDE[0], height: WIDE[1] };
  studies.getState().setProgress({ done: 0, total: 16 });
  act(() => {
    viewer.setState({ filling: true });
    page.hang([hungOf('0', SQUARE)]);
  });
  expect(page.roomier()).toBe('four');
  return page;
};

it('chooses once more with the last view of the exam, and not with images of other exams', () => {
  const { hang, roomier, viewer, studies } = opening();
  hang(FOUR.slice(0, 3));
  expect(roomier()).toBe('four');
  hang(FOUR);
  expect(roomier()).toBe('row');
  // The rest of the files are of others, and the last of them ends the opening.
  viewer.setState({ roomier: 'four' });
  act(() => studies.getState().setProgress(undefined));
  after(HAND_RESTS_AFTER);
  expect(viewer.getState().filling).toBe(false);
  expect(roomier()).toBe('four');
});

it('waits with the last view for a hand that is at work on the pictures, and says so', () => {
  const { cells, hang, roomier, isBusy } = opening();
  hang(FOUR.slice(0, 3));
  fireEvent.pointerMove(cells);
  hang(FOUR);
  expect([roomier(), isBusy()]).toEqual(['four', true]);
  after(HAND_RESTS_AFTER / 2);
  fireEvent.pointerDown(cells);
  after(10 * HAND_RESTS_AFTER);
  expect([roomier(), isBusy()]).toEqual(['four', true]);
  fireEvent.pointerUp(cells);
  after(HAND_RESTS_AFTER / 2);
  fireEvent.pointerMove(cells);
  after(HAND_RESTS_AFTER / 2);
  expect(roomier()).toBe('four');
  after(HAND_RESTS_AFTER);
  expect([roomier(), isBusy()]).toEqual(['row', false]);
});

it.each<[string, () => void]>([
  ['pictures', () => fireEvent.pointerMove(document.body)],
  ['window', () => fireEvent.pointerOut(document.body, { relatedTarget: null })],
])('waits for a hand that aims with a drawing tool, until it leaves the %s', (_, leave) => {
  const { cells, hang, roomier, viewer } = opening();
  act(() => viewer.getState().takeTool('mark'));
  fireEvent.pointerMove(cells);
  hang(FOUR);
  after(10 * HAND_RESTS_AFTER);
  expect(roomier()).toBe('four');
  leave();
  after(2 * HAND_RESTS_AFTER);
  expect(roomier()).toBe('row');
});

it('closes up places that stay empty only when no hand is at work on the pictures', () => {
  const context = testContext();
  const { cells, studies, viewer } = setUp(context);
  const shown = () =>
    hangingNow(viewer.getState(), studies.getState()).onShow.cells.map(({ key }) => key);
  studies.getState().setProgress({ done: 0, total: 16 });
  act(() =>
    openHeaders(context, [
      { view: 'CC', side: 'R' },
      { view: 'CC', side: 'L' },
    ]),
  );
  expect(shown()).toHaveLength(4);
  fireEvent.pointerDown(cells);
  act(() => studies.getState().setProgress(undefined));
  expect(shown()).toHaveLength(4);
  fireEvent.pointerUp(cells);
  after(2 * HAND_RESTS_AFTER);
  expect(shown()).toEqual(['RCC', 'LCC']);
});
