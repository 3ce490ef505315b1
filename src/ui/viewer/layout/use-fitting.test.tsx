// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { ServicesProvider, type Services } from '../../services.tsx';
import { useFitting } from './use-fitting.ts';

afterEach(cleanup);

const viewOf = (name: string, fitted: boolean) =>
  ({ name, state: () => ({ fitted }) }) as unknown as ViewportHandle & { name: string };
const [first, zoomed, late] = [
  viewOf('first', true),
  viewOf('zoomed', false),
  viewOf('late', true),
];

const setUp = () => {
  const { viewer, ...others } = testContext();
  const services = { viewer, ...others } as unknown as Services;
  const fits: string[][] = [];
  const fit = (only?: (view: ViewportHandle) => boolean) =>
    void fits.push([first, zoomed, late].filter((v) => only?.(v) ?? true).map((v) => v.name));
  const { result } = renderHook(() => useFitting(fit), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <ServicesProvider services={services}>{children}</ServicesProvider>
    ),
  });
  return {
    fits,
    fitting: () => result.current,
    hand: (handOn: boolean) => act(() => viewer.setState({ handOn })),
  };
};

it('fits all that are fitted, at one scale, with each picture and each size', () => {
  const { fits, fitting } = setUp();
  act(() => fitting().onFit(late, 'image'));
  act(() => fitting().onFit(late, 'size'));
  expect(fits).toEqual([
    ['first', 'late'],
    ['first', 'late'],
  ]);
  expect(fitting().owed).toBe(false);
});

it('moves no other picture under a hand at work with one that comes, and then all', () => {
  const { fits, fitting, hand } = setUp();
  hand(true);
  act(() => fitting().onFit(late, 'image'));
  expect(fits).toEqual([['late']]);
  expect(fitting().owed).toBe(true);
  hand(false);
  expect(fits).toEqual([['late'], ['first', 'late']]);
  expect(fitting().owed).toBe(false);
  hand(true);
  hand(false);
  expect(fits).toHaveLength(2);
});
