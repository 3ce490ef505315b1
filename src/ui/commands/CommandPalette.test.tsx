// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Command } from '../../commands/command.ts';
import { CommandPalette } from './CommandPalette.tsx';
import '../testing/dialogs.ts';

afterEach(cleanup);
const command = (id: string, run: () => void = () => undefined): Command => ({
  id,
  group: 'View',
  title: id,
  run,
});
const chosen = () => screen.getByRole('option', { selected: true }).textContent;

it('keeps the chosen command chosen while others come and go', () => {
  const commands = [command('Fit'), command('Invert'), command('Mark')];
  const { rerender } = render(<CommandPalette commands={commands} onClose={() => undefined} />);
  expect(chosen()).toBe('Fit');
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'ArrowDown' });
  expect(chosen()).toBe('Invert');
  rerender(<CommandPalette commands={[command('Align'), ...commands]} onClose={() => undefined} />);
  expect(chosen()).toBe('Invert');
});

it('runs the command that is chosen at Enter', () => {
  vi.useFakeTimers();
  const run = vi.fn();
  const commands = [command('Fit'), command('Invert', run)];
  render(<CommandPalette commands={commands} onClose={() => undefined} />);
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'ArrowDown' });
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' });
  vi.runAllTimers();
  expect(run).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
