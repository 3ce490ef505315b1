// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useStore } from 'zustand';
import { openHeaders, run, testContext } from '../../../commands/testing/test-context.ts';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import { testHeader } from '../../../core/dicom/test-header.ts';
import { testImage } from '../../../core/image/testing.ts';
import { hangingNow } from '../../../state/hanging.ts';
import type { ViewerState } from '../../../state/viewer-store.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { Flicker } from './Flicker.tsx';
import type { Hung } from './linked-views.ts';

const HEADERS = [
  { sopInstanceUid: 'now', side: 'R', view: 'CC', studyDate: '20260105' },
  { sopInstanceUid: 'then', side: 'R', view: 'CC', studyDate: '20240110', studyInstanceUid: '1.9' },
] as const;

const hungAs = (sop: string, more: Partial<Hung> = {}): Hung => ({
  sop,
  shape: undefined,
  level: 'CC',
  calibrated: true,
  frame: breastFrame(
    { columns: 80, rows: 120, columnSpacing: 0.1, rowSpacing: 0.1 },
    { transpose: false, flipHorizontal: false, flipVertical: false },
    'right',
    undefined,
  ),
  ...more,
});

const PAIR = { as: 'flicker', current: 'RCC', prior: 'prior-RCC' } as const;
const pictures = new Map(
  HEADERS.map((header) => [
    header.sopInstanceUid,
    { header: testHeader(header), image: testImage(8, 8, () => 0) },
  ]),
);

let prefersLess = false;
/** What the prior's view shows by now. */
let priorShows: string | null = 'then';

const Page = ({ context, then }: { context: ReturnType<typeof testContext>; then: Hung }) => {
  const look = useStore(context.viewer);
  const { flicker } = hangingNow(look, context.studies.getState());
  const hung = new Map([
    ['RCC', hungAs('now', { nipple: { x: 8, y: 60 } })] as const,
    ['prior-RCC', then] as const,
  ]);
  return flicker ? <Flicker pair={PAIR} {...{ flicker, hung, pictures }} /> : null;
};

const start = (then: Hung = hungAs('then', { nipple: { x: 9, y: 62 } })) => {
  const context = testContext();
  openHeaders(context, HEADERS);
  const prior = { state: () => ({ sop: priorShows }) };
  const views = new Map([['prior-RCC', prior]]) as unknown as ViewerState['views'];
  context.viewer.setState({ views });
  render(
    <ServicesProvider services={context as unknown as Services}>
      <Page {...{ context, then }} />
    </ServicesProvider>,
  );
  act(() => run(context, 'viewer.flicker'));
  return context;
};
const shown = () => document.querySelector('[data-label=flicker]')?.textContent;
const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  [prefersLess, priorShows] = [false, 'then'];
  vi.useFakeTimers();
  window.matchMedia = ((query: string) => ({
    matches: query.includes('reduced-motion') && prefersLess,
  })) as typeof window.matchMedia;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('says in words which exam is on show, in turns, until it is ended', () => {
  const context = start();
  expect(shown()).toBe('Current 2026-01-05');
  wait(900);
  expect(shown()).toBe('Prior 2024-01-10');
  wait(800);
  expect(shown()).toBe('Current 2026-01-05');
  expect(screen.getByText(/aligned at the nipple/)).toBeDefined();
  act(() => run(context, 'viewer.shrink'));
  expect(shown()).toBeUndefined();
  wait(5000);
  expect(context.viewer.getState().alone).toBeUndefined();
});

it('changes fewer than three times a second', () => {
  const context = start();
  let changes = 0;
  context.viewer.subscribe(() => changes++);
  wait(10_000);
  expect(changes).toBeGreaterThan(5);
  expect(changes).toBeLessThan(30);
});

it('stands still by hand, and goes on when asked', () => {
  const context = start();
  act(() => run(context, 'viewer.flicker-turn'));
  wait(900);
  expect(shown()).toBe('Prior 2024-01-10');
  fireEvent.click(screen.getByRole('button', { name: 'Alternate' }));
  expect(shown()).toBe('Current 2026-01-05');
  wait(900);
  expect(shown()).toBe('Prior 2024-01-10');
});

it('goes by hand alone where less motion is asked for', () => {
  prefersLess = true;
  const context = start();
  wait(900);
  expect(shown()).toBe('Current 2026-01-05');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Alternate' }).disabled).toBe(true);
  act(() => run(context, 'viewer.flicker-turn'));
  wait(900);
  expect(shown()).toBe('Prior 2024-01-10');
});

it('waits for the prior to be drawn, and says by what it is laid over', () => {
  priorShows = null;
  start(hungAs('then', { calibrated: false }));
  wait(5000);
  expect(shown()).toBe('Current 2026-01-05');
  priorShows = 'then';
  wait(900);
  expect(shown()).toBe('Prior 2024-01-10');
  expect(screen.getByText(/at the skin line, size by the breast: no millimetres/)).toBeDefined();
});
