// @vitest-environment jsdom
import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { BoxOverlay } from './BoxOverlay.tsx';

beforeEach(() => {
  Element.prototype.setPointerCapture = () => undefined;
  window.matchMedia = () => ({ matches: false }) as MediaQueryList;
});
afterEach(cleanup);

const state = { sop: '1.5' };
const view = {
  state: () => state,
  onChange: () => () => undefined,
  imageToCanvas: (p: unknown) => p,
  canvasToImage: (p: unknown) => p,
} as unknown as ViewportHandle;

const HALF_MM = { spacing: { row: 0.5, column: 0.5 } };

/** An overlay with the Mark tool over an image of 100 x 100 that fills it. */
const overlay = (image: { spacing?: { row: number; column: number } } = {}) => {
  const told = {
    onMarkMove: vi.fn(),
    onMarkPlace: vi.fn(),
    onMarkCancel: vi.fn(),
    onMarkLost: vi.fn(),
    onMarkPoint: vi.fn(),
    onMarkRefused: vi.fn(),
    onMarkDelete: vi.fn(),
    onSelectLesion: vi.fn(),
  };
  const { container, unmount } = render(
    <ServicesProvider services={{ ...testContext() } as unknown as Services}>
      <BoxOverlay
        {...{ view, ...told }}
        sop="1.5"
        size={{ columns: 100, rows: 100, pixelAspect: 1, ...image }}
        breast={undefined}
        lesions={[]}
        selectedLesionId={undefined}
        tool="mark"
      />
    </ServicesProvider>,
  );
  const svg = container.querySelector('svg.box-overlay')!;
  const pointer = { pointerId: 1, button: 0, isPrimary: true };
  const at = (x: number, y: number) => ({ ...pointer, clientX: x, clientY: y });
  return {
    told,
    unmount,
    press: (x: number, y: number) => fireEvent.pointerDown(svg, at(x, y)),
    move: (x: number, y: number) => fireEvent.pointerMove(svg, at(x, y)),
    release: (x: number, y: number) => fireEvent.pointerUp(svg, at(x, y)),
    cancel: () => fireEvent.pointerCancel(svg, pointer),
    loseCapture: () => fireEvent.lostPointerCapture(svg, pointer),
  };
};

it('hands on every box that was drawn, one beside the image too: to be refused with a reason', () => {
  const { told, press, move, release, loseCapture } = overlay();
  const draw = (left: number, right: number, bottom: number) => {
    press(left, 10);
    move((left + right) / 2, 20);
    release(right, bottom);
    loseCapture();
  };
  draw(10, 60, 50);
  expect(told.onMarkPlace).toHaveBeenLastCalledWith(undefined, '1.5', {
    ...{ x: 10, y: 10, width: 50, height: 40 },
  });
  draw(150, 180, 40);
  expect(told.onMarkPlace).toHaveBeenLastCalledWith(undefined, '1.5', {
    ...{ x: 100, y: 10, width: 0, height: 30 },
  });
  expect(told.onMarkLost).not.toHaveBeenCalled();
});

it.each<[string, (hand: ReturnType<typeof overlay>) => void]>([
  ['the system takes the pointer', ({ cancel }) => cancel()],
  ['the pointer is lost', ({ loseCapture }) => loseCapture()],
  ['the picture goes away', ({ unmount }) => unmount()],
  ['nobody heard that it was let go', ({ press }) => press(20, 20)],
])('says that a box is lost while it is drawn where %s', (_, happens) => {
  const hand = overlay();
  hand.press(10, 10);
  hand.move(40, 30);
  happens(hand);
  expect(hand.told.onMarkLost).toHaveBeenCalledOnce();
  expect(hand.told.onMarkPlace).not.toHaveBeenCalled();
});

it('draws again after a drag whose end nobody heard of', () => {
  const { told, press, move, release } = overlay();
  press(10, 10);
  press(20, 20);
  move(40, 30);
  release(60, 50);
  expect(told.onMarkPlace).toHaveBeenCalledOnce();
});

it('says nothing of a drag that the reader gives up', () => {
  const { told, press, move, release, loseCapture, unmount } = overlay();
  press(10, 10);
  move(40, 30);
  fireEvent.keyDown(document.body, { key: 'Escape' });
  release(60, 50);
  loseCapture();
  unmount();
  expect(told.onMarkLost).not.toHaveBeenCalled();
  expect(told.onMarkPlace).not.toHaveBeenCalled();
});

it('takes a box that is smaller than any lesion for the click that trembled', () => {
  const { told, press, release } = overlay(HALF_MM);
  press(10, 10);
  release(14, 13);
  expect(told.onMarkPlace).not.toHaveBeenCalled();
  expect(told.onMarkPoint).toHaveBeenCalledExactlyOnceWith(undefined, '1.5', { x: 14, y: 13 });
  press(10, 10);
  release(16, 13);
  expect(told.onMarkPlace).toHaveBeenCalledOnce();
});

it('says that there is no image where the click was beyond it', () => {
  const { told, press, release } = overlay();
  press(150, 10);
  release(150, 10);
  expect(told.onMarkPoint).not.toHaveBeenCalled();
  expect(told.onMarkRefused).toHaveBeenCalledExactlyOnceWith('beyond');
});

describe('keys on a mark', () => {
  const box = { x: 10, y: 10, width: 30, height: 30 };
  const LESIONS = ['1', '2'].map((id) => ({
    ...{ id, label: id, colour: '#fff', marks: { '1.5': box } },
  }));
  const onSelectLesion = vi.fn();
  const marks = (selectedLesionId: string) => (
    <ServicesProvider services={{ ...testContext() } as unknown as Services}>
      <BoxOverlay
        {...{ onSelectLesion, selectedLesionId }}
        view={{ ...view, size: () => ({ width: 100, height: 100 }) }}
        sop="1.5"
        size={{ columns: 100, rows: 100, pixelAspect: 1 }}
        breast={undefined}
        lesions={LESIONS}
        tool="window"
        onMarkMove={vi.fn()}
        onMarkPlace={vi.fn()}
        onMarkDelete={vi.fn()}
      />
    </ServicesProvider>
  );
  const markOf = (id: string) =>
    document.querySelector<SVGElement>(`[data-lesion="${id}"]`) as SVGElement;

  it('are of its lesion, which they select before a command acts on it', () => {
    render(marks('2'));
    fireEvent.keyDown(markOf('1'), { key: 'Tab' });
    expect(onSelectLesion).not.toHaveBeenCalled();
    fireEvent.keyDown(markOf('1'), { key: 'Delete', shiftKey: true });
    expect(onSelectLesion).toHaveBeenCalledExactlyOnceWith('1');
  });

  it('go to the lesion that is selected, whichever had the focus before', () => {
    const { rerender } = render(marks('1'));
    markOf('1').focus();
    rerender(marks('2'));
    expect(document.activeElement).toBe(markOf('2'));
  });
});
