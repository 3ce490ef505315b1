// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { SequenceDialog } from './SequenceDialog.tsx';
import '../../testing/dialogs.ts';

let context: ReturnType<typeof testContext>;
beforeEach(() => {
  context = testContext();
  render(
    <ServicesProvider services={context as unknown as Services}>
      <SequenceDialog onClose={() => undefined} />
    </ServicesProvider>,
  );
});
afterEach(cleanup);
const kept = () => context.settings.getState().hangings;

it('takes hangings out and in, moves them, and goes back to the usual ones', () => {
  fireEvent.click(screen.getByRole('checkbox', { name: 'MLO pair' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'CC pair over the prior one' }));
  expect(kept()).toEqual([
    ...['overview', 'cc', 'right', 'left', 'quadrants', 'compare', 'compare-cc'],
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'CC pair: earlier' }));
  expect(kept()?.slice(0, 2)).toEqual(['cc', 'overview']);
  fireEvent.click(screen.getByRole('button', { name: 'The usual sequence' }));
  expect(kept()).toBeUndefined();
});

it('keeps one hanging at least', () => {
  const checked = () => screen.getAllByRole<HTMLInputElement>('checkbox', { checked: true });
  while (checked().length > 1) fireEvent.click(checked()[0] as HTMLInputElement);
  expect(checked()[0]?.disabled).toBe(true);
  expect(kept()).toHaveLength(1);
});
