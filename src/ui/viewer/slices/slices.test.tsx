// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import { testHeader } from '../../../core/dicom/test-header.ts';
import { testImage } from '../../../core/image/testing.ts';
import { message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { Message } from '../../../core/message/message.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { SlicePicture, SliceWish } from '../../../ports/frames.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { SliceBar } from './SliceBar.tsx';
import { sliceText, slabText } from './slice-words.ts';
import { useCine } from './use-cine.ts';
import { useSlice } from './use-slice.ts';
import { useSliceWheel, wheeledSlices } from './use-slice-wheel.ts';

const slices = { count: 9, spacing: 1.5, spacingFrom: 'SpacingBetweenSlices' } as const;
const change = { sopInstanceUid: '1.5', numberOfFrames: 9, slices };
const shown = { header: testHeader(change), image: testImage(8, 8, () => 0) };

type Asked = SliceWish & {
  readonly answer: (r: Result<SlicePicture, Message> | undefined) => void;
};

/** Stores with one volume open, and a port that answers when it is told to. */
const setUp = () => {
  const context = testContext();
  openHeaders(context, [change]);
  const asked: Asked[] = [];
  const frames = {
    picture: (_: string, wish: SliceWish) =>
      new Promise<Result<SlicePicture, Message> | undefined>((answer) =>
        asked.push({ ...wish, answer }),
      ),
    shown: vi.fn(),
    rest: vi.fn(),
    keptBytes: () => 0,
  };
  const services = { ...context, frames } as unknown as Services;
  const showSlice = vi.fn();
  const view = { state: () => ({ sop: '1.5' }), showSlice } as unknown as ViewportHandle;
  return { context, asked, frames, services, view, showSlice };
};
let set: ReturnType<typeof setUp>;
beforeEach(() => {
  set = setUp();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const View = () => {
  const root = useRef<HTMLElement>(null);
  const { slice, problem } = useSlice(set.view, shown, 1);
  useSliceWheel(root, shown);
  useCine(shown);
  return (
    <section ref={root} data-testid="view">
      <SliceBar shown={shown} side="left" />
      <p data-testid="on-show">{problem ? problem.code : slice?.wish.index}</p>
    </section>
  );
};
const show = () =>
  render(
    <ServicesProvider services={set.services}>
      <View />
    </ServicesProvider>,
  );
const picture = (value: number): SlicePicture => ({
  image: testImage(8, 8, () => value),
  values: { all: { low: value, high: value }, tissue: { low: value, high: value }, air: undefined },
});
const answer = (i: number, value: number) =>
  act(async () => set.asked[i]?.answer(ok(picture(value))));
const onShow = () => screen.getByTestId('on-show').textContent;
const wheel = (deltaY: number, more = {}) =>
  fireEvent.wheel(screen.getByTestId('view'), { deltaY, ...more });

describe('a view of a volume', () => {
  it('asks for the middle slice and shows it with its pixels', async () => {
    show();
    expect(set.asked.map(({ index }) => index)).toEqual([4]);
    await answer(0, 7);
    expect(set.showSlice).toHaveBeenCalledWith(picture(7));
    expect(set.frames.shown).toHaveBeenCalledWith('1.5', picture(7).image);
    expect(onShow()).toBe('4');
  });

  it('never goes back to a slice that comes late', async () => {
    show();
    wheel(120);
    wheel(120);
    expect(set.asked.map(({ index }) => index)).toEqual([4, 5, 6]);
    await answer(1, 5);
    expect(onShow()).toBe('5');
    await answer(0, 4);
    expect(onShow()).toBe('5');
    await answer(2, 6);
    expect(onShow()).toBe('6');
  });

  it('says why a slice is not there, and goes on with the next', async () => {
    show();
    await act(async () => set.asked[0]?.answer(err(message('file.damaged-pixel-data.parts'))));
    expect(onShow()).toBe('file.damaged-pixel-data.parts');
    wheel(120);
    await answer(1, 5);
    expect(onShow()).toBe('5');
  });

  it('is left alone once it is gone', () => {
    show().unmount();
    expect(set.frames.rest).toHaveBeenCalledWith('1.5');
  });

  it('asks for a slab of so many slices as are that thick', () => {
    show();
    act(() => set.context.slices.getState().setThickness(3));
    expect(set.asked.at(-1)?.slab).toEqual({ mode: 'mean', count: 2 });
  });

  it('leaves the wheel with Ctrl to the zoom', () => {
    show();
    wheel(120, { ctrlKey: true });
    expect(set.asked).toHaveLength(1);
  });

  it('follows its slider, which says where it is', () => {
    show();
    const slider = screen.getByRole('slider');
    expect(slider.getAttribute('aria-valuetext')).toBe('5 / 9 · 6 mm');
    fireEvent.change(slider, { target: { value: '9' } });
    expect(set.asked.at(-1)?.index).toBe(8);
  });

  it('plays there and back, and stops when it leaves the screen', () => {
    vi.useFakeTimers();
    const { unmount } = show();
    const { play, setRate } = set.context.slices.getState();
    act(() => {
      setRate(10);
      play('1.5');
    });
    const seen = Array.from({ length: 7 }, () => {
      act(() => void vi.advanceTimersByTime(100));
      return set.context.slices.getState().at['1.5'];
    });
    expect(seen).toEqual([5, 6, 7, 8, 7, 6, 5]);
    unmount();
    expect(set.context.slices.getState().playing).toBeUndefined();
  });
});

describe('wheeledSlices', () => {
  it('is one slice a notch, and gathers what a trackpad gives', () => {
    expect(wheeledSlices(0, 120)).toEqual({ slices: 1, left: 0 });
    expect(wheeledSlices(0, -480)).toEqual({ slices: -1, left: 0 });
    expect(wheeledSlices(30, 20)).toEqual({ slices: 0, left: 50 });
    expect(wheeledSlices(50, 20)).toEqual({ slices: 1, left: 0 });
    expect(wheeledSlices(50, -20)).toEqual({ slices: 0, left: -20 });
  });
});

describe('words', () => {
  it('give millimetres only where they are known', () => {
    expect(sliceText(slices, 3)).toBe('4 / 9 · 4.5 mm');
    expect(sliceText({ count: 9 }, 3)).toBe('4 / 9');
    const wish: SliceWish = { index: 4, slab: { mode: 'mean', count: 3 } };
    expect(slabText(slices, wish, 'mean')).toBe('Slab mean 4.5 mm, 3 slices');
    expect(slabText({ count: 9 }, wish, 'maximum')).toBe('Slab maximum, 3 slices');
    expect(slabText(slices, wish, 'slice')).toBe('');
  });
});
