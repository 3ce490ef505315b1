// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSizedWith } from './use-sized-with.ts';

const observed: (() => void)[] = [];
beforeEach(() => {
  observed.length = 0;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(onSize: () => void) {
        observed.push(onSize);
      }
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const Cells = ({ layout, resize }: { layout: string; resize: () => void }) => {
  const cells = useRef<HTMLDivElement>(null);
  useSizedWith(layout, cells, resize);
  return <div ref={cells} />;
};

it('sizes the pictures with another layout and with every size of the cells, and with nothing else', () => {
  const resize = vi.fn();
  const { rerender } = render(<Cells layout="four" resize={resize} />);
  expect(resize).toHaveBeenCalledTimes(1);
  rerender(<Cells layout="four" resize={resize} />);
  expect(resize).toHaveBeenCalledTimes(1);
  rerender(<Cells layout="two" resize={resize} />);
  expect(resize).toHaveBeenCalledTimes(2);
  const latest = vi.fn();
  rerender(<Cells layout="two" resize={latest} />);
  act(() => observed.forEach((onSize) => onSize()));
  expect([resize, latest].map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
});
