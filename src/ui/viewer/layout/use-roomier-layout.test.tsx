// @vitest-environment jsdom
import { act, fireEvent, render } from '@testing-library/react';
import { useRef } from 'react';
import { expect, it, vi } from 'vitest';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import { testContext } from '../../../commands/testing/test-context.ts';
import { ServicesProvider, type Services } from '../../services.tsx';
import type { Hung } from './linked-views.ts';
import { useRoomierLayout } from './use-roomier-layout.ts';

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
const geometry = { columns: 100, rows: 220, columnSpacing: 1, rowSpacing: 1 };
const frame = breastFrame(geometry, AS_STORED, 'left', undefined);
/** Tall breasts: roomier in a row on a wide screen, two by two on an upright one. */
const hung = ['CC', 'CC', 'MLO', 'MLO'].map((level, i) => ({
  ...{ sop: `${i}`, frame, level, calibrated: true },
}));

const Cells = () => {
  const cells = useRef<HTMLDivElement>(null);
  useRoomierLayout(cells, hung as unknown as readonly Hung[]);
  return <div ref={cells} data-testid="cells" />;
};

it('hangs nothing otherwise under a pointer that is held down, but when it is let go', async () => {
  vi.useFakeTimers();
  const sized: (() => void)[] = [];
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(onSize: () => void) {
        sized.push(onSize);
      }
      observe() {}
      disconnect() {}
    },
  );
  const context = testContext();
  const services = { ...context } as unknown as Services;
  const { getByTestId } = render(
    <ServicesProvider services={services}>
      <Cells />
    </ServicesProvider>,
  );
  const cells = getByTestId('cells');
  const grow = (width: number, height: number) => {
    Object.defineProperty(cells, 'clientWidth', { configurable: true, value: width });
    Object.defineProperty(cells, 'clientHeight', { configurable: true, value: height });
    act(() => sized.at(-1)?.());
  };
  grow(1000, 1800);
  expect(context.viewer.getState().roomier).toBe('four');
  fireEvent.pointerDown(cells);
  grow(1550, 950);
  expect(context.viewer.getState().roomier).toBe('four');
  fireEvent.pointerUp(document.body);
  expect(context.viewer.getState().roomier).toBe('four');
  act(() => void vi.runAllTimers());
  expect(context.viewer.getState().roomier).toBe('row');
  // A pointer beside the pictures is in nobody's way.
  fireEvent.pointerDown(document.body);
  grow(1000, 1800);
  expect(context.viewer.getState().roomier).toBe('four');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
