// @vitest-environment jsdom
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import { testImage } from '../../../core/image/testing.ts';
import type { PrimaryTool, ViewportHandle } from '../../../ports/display.ts';
import type { Sight } from '../../../state/slices-store.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { MeasureLayer } from './MeasureLayer.tsx';

afterEach(cleanup);

const state = { sop: '1.5' };
const view = {
  state: () => state,
  onChange: () => () => undefined,
  size: () => ({ width: 100, height: 100 }),
  imageToCanvas: (p: unknown) => p,
  canvasToImage: (p: unknown) => p,
} as unknown as ViewportHandle;
const line = {
  kind: 'distance',
  points: [
    { x: 1, y: 1 },
    { x: 9, y: 9 },
  ],
} as const;

it.each<[string, Sight | undefined, number]>([
  ['an image of one frame', undefined, 3],
  ['its own slice', { index: 4, from: 4, to: 5 }, 2],
  ['a slab that has it', { index: 6, from: 4, to: 9 }, 3],
  ['another slice', { index: 5, from: 5, to: 6 }, 1],
])('draws what belongs to %s', (_, sight, count) => {
  const context = testContext();
  let id = 0;
  const { add } = context.measurements.getState();
  const services = { ...context } as unknown as Services;
  for (const slice of [undefined, 4, 8]) add('1.5', line, slice);
  context.measurements.setState(({ measurements }) => ({
    measurements: measurements.map((m) => ({ ...m, id: `m${id++}` })),
  }));
  const { container } = render(
    <ServicesProvider services={services}>
      <MeasureLayer
        {...{ view, sop: '1.5', sight }}
        image={testImage(20, 20, () => 5)}
        tool="window"
      />
    </ServicesProvider>,
  );
  expect(container.querySelectorAll('[data-measurement]')).toHaveLength(count);
});

it('keeps a drag that it took from the tools of the view, also where the picture came late', () => {
  const context = testContext();
  context.measurements.getState().add('1.5', line);
  let now: { sop: string | undefined } = { sop: undefined };
  let changed = () => undefined as void;
  const late = {
    ...view,
    state: () => now,
    onChange: (callback: () => void) => {
      changed = callback;
      return () => undefined;
    },
  } as unknown as ViewportHandle;
  const tools = vi.fn<() => void>();
  const { container } = render(
    <ServicesProvider services={{ ...context } as unknown as Services}>
      <MeasureLayer
        {...{ view: late, sop: '1.5' }}
        image={testImage(20, 20, () => 5)}
        tool="window"
      />
    </ServicesProvider>,
  );
  container.addEventListener('mousedown', tools);
  expect(container.querySelector('svg')).toBeNull();
  now = { sop: '1.5' };
  act(() => changed());
  SVGElement.prototype.setPointerCapture = vi.fn<() => void>();
  const body = container.querySelector('.measured-body')!;
  fireEvent.pointerDown(body, { button: 0, isPrimary: true });
  fireEvent.mouseDown(body);
  expect(tools).not.toHaveBeenCalled();
  fireEvent.pointerUp(body, { button: 0, isPrimary: true });
  fireEvent.mouseDown(body);
  expect(tools).toHaveBeenCalledOnce();
});

/** A layer over a view, with the hand of a reader. */
const atWork = () => {
  SVGElement.prototype.setPointerCapture = vi.fn<() => void>();
  const context = testContext();
  const layer = (tool: PrimaryTool) => (
    <ServicesProvider services={{ ...context } as unknown as Services}>
      <MeasureLayer {...{ view, sop: '1.5', tool }} image={testImage(20, 20, () => 5)} />
    </ServicesProvider>
  );
  const { container, rerender } = render(layer('angle'));
  const at = (x: number, y: number, isPrimary = true) => ({
    ...{ button: 0, pointerId: isPrimary ? 1 : 2, isPrimary },
    ...{ clientX: x, clientY: y },
  });
  return {
    at,
    svg: container.querySelector('svg')!,
    take: (tool: PrimaryTool) => rerender(layer(tool)),
    drafts: () => container.querySelectorAll('.draft').length,
    kept: () => context.measurements.getState().measurements.map(({ shape }) => shape.points),
  };
};

it('forgets what was half drawn when another tool is taken', () => {
  const { at, svg, take, drafts } = atWork();
  fireEvent.pointerDown(svg, at(5, 5));
  fireEvent.pointerUp(svg, at(5, 5));
  fireEvent.pointerMove(svg, at(15, 5));
  expect(drafts()).toBe(1);
  take('window');
  take('angle');
  expect(drafts()).toBe(0);
});

it('measures with the finger that began, whatever a second one does', () => {
  const { at, svg, take, kept } = atWork();
  take('distance');
  fireEvent.pointerDown(svg, at(5, 5));
  fireEvent.pointerMove(svg, at(15, 5));
  fireEvent.pointerDown(svg, at(40, 40, false));
  fireEvent.pointerMove(svg, at(45, 40, false));
  expect(svg.querySelector('.draft polyline')?.getAttribute('points')).toBe('5,5 15,5');
  fireEvent.pointerUp(svg, at(45, 40, false));
  expect(kept()).toEqual([]);
  fireEvent.pointerUp(svg, at(16, 5));
  expect(kept()).toEqual([
    [
      { x: 5, y: 5 },
      { x: 16, y: 5 },
    ],
  ]);
});

it('changes a measurement with the finger that took hold of it', () => {
  const { at, svg, take, kept } = atWork();
  take('distance');
  fireEvent.pointerDown(svg, at(5, 5));
  fireEvent.pointerUp(svg, at(15, 5));
  take('window');
  fireEvent.pointerDown(svg.querySelector('[data-measure-handle="1"]')!, at(15, 5));
  fireEvent.pointerMove(svg, at(15, 12));
  fireEvent.pointerMove(svg, at(60, 60, false));
  fireEvent.pointerUp(svg, at(60, 60, false));
  fireEvent.pointerUp(svg, at(15, 12));
  expect(kept()[0]?.[1]).toEqual({ x: 15, y: 12 });
});
