// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useCommandKeys, useCommands } from './use-commands.ts';

const run = vi.fn();

const Page = ({ isOpen = true }) => {
  useCommandKeys();
  useCommands([{ id: 'mark', group: 'g', title: 'Mark', keys: ['M'], run }]);
  return isOpen ? <textarea /> : null;
};

/** A hand that types in a field until the field is gone. */
const typing = () => {
  run.mockClear();
  const { rerender } = render(<Page />);
  const field = screen.getByRole('textbox');
  field.focus();
  fireEvent.keyDown(field, { key: 'm' });
  expect(run).not.toHaveBeenCalled();
  rerender(<Page isOpen={false} />);
};
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

afterEach(cleanup);

it('keeps what a hand types on from becoming commands, when its field has gone', () => {
  typing();
  press('m');
  press('m');
  expect(run).not.toHaveBeenCalled();
});

it.each<[string, () => void]>([
  ['a press', () => fireEvent.pointerDown(document.body)],
  ['Escape', () => press('Escape')],
])('takes keys for commands again after %s', (_, leave) => {
  typing();
  leave();
  press('m');
  expect(run).toHaveBeenCalledOnce();
});
