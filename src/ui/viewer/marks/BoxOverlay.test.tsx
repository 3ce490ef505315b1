// @vitest-environment jsdom
import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { BoxOverlay } from './BoxOverlay.tsx';

beforeEach(() => {
  Element.prototype.setPointerCapture = () => undefined;
});
afterEach(cleanup);

const state = { sop: '1.5' };
const view = {
  state: () => state,
  onChange: () => () => undefined,
  imageToCanvas: (p: unknown) => p,
  canvasToImage: (p: unknown) => p,
} as unknown as ViewportHandle;

/** An overlay with the Mark tool over an image of 100 x 100 that fills it. */
const overlay = () => {
  const told = {
    onMarkMove: vi.fn(),
    onMarkPlace: vi.fn(),
    onMarkCancel: vi.fn(),
    onMarkLost: vi.fn(),
    onMarkPoint: vi.fn(),
    onMarkDelete: vi.fn(),
    onSelectLesion: vi.fn(),
  };
  const { container, unmount } = render(
    <ServicesProvider services={{ ...testContext() } as unknown as Services}>
      <BoxOverlay
        {...{ view, ...told }}
        sop="1.5"
        size={{ columns: 100, rows: 100 }}
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
