// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testContext } from '../commands/testing/test-context.ts';
import { Notices } from './Notices.tsx';
import { type Services, ServicesProvider } from './services.tsx';

let notices: ReturnType<typeof testContext>['notices'];
beforeEach(() => {
  vi.useFakeTimers();
  const context = testContext();
  ({ notices } = context);
  render(
    <ServicesProvider services={context as unknown as Services}>
      <Notices />
    </ServicesProvider>,
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const said = () => notices.getState().notices.map(({ text }) => text);
const tell = (topic: string, passes: boolean) =>
  act(() => notices.getState().tell(topic, topic, { passes }));
const wait = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));

it('lets confirmations go after a while, and what warns stand until it is read', () => {
  tell('kept', true);
  tell('failed', false);
  wait(10);
  expect(said()).toEqual(['kept', 'failed']);
  wait(10);
  expect(said()).toEqual(['failed']);
  wait(600);
  expect(said()).toEqual(['failed']);
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(said()).toEqual([]);
});

it('waits while the focus is on one, and then anew', () => {
  tell('kept', true);
  const button = screen.getByRole('button', { name: 'Dismiss' });
  act(() => button.focus());
  wait(40);
  expect(said()).toEqual(['kept']);
  act(() => button.blur());
  wait(15);
  expect(said()).toEqual([]);
});

it('gives a newer one of the topic its own time', () => {
  tell('kept', true);
  wait(10);
  tell('kept', true);
  wait(10);
  expect(said()).toEqual(['kept']);
});
