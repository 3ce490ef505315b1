// @vitest-environment jsdom
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import { testImage } from '../../../core/image/testing.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
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
