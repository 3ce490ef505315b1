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

const Cockpit = () => {
  useCommandKeys();
  useCommands([
    { id: 'new', group: 'g', title: 'New', keys: ['N'], run },
    { id: 'next', group: 'g', title: 'Next', keys: ['Space'], run },
    { id: 'step', group: 'g', title: 'Step', keys: ['ArrowDown'], repeats: true, run },
  ]);
  return (
    <>
      <button type="button">Invert</button>
      <select>
        <option>HARD</option>
        <option>NORMAL</option>
      </select>
    </>
  );
};

it('does once a press what is no step, however long its key is held', () => {
  run.mockClear();
  render(<Cockpit />);
  const hold = (key: string) =>
    [false, true, true].forEach((repeat) => fireEvent.keyDown(document.body, { key, repeat }));
  hold('n');
  expect(run).toHaveBeenCalledTimes(1);
  hold('ArrowDown');
  expect(run).toHaveBeenCalledTimes(4);
});

it('takes keys for commands after the mouse pressed a button, or chose from a list', () => {
  run.mockClear();
  render(<Cockpit />);
  const [button, list] = [screen.getByRole('button'), screen.getByRole('combobox')];
  const click = (element: HTMLElement) => {
    fireEvent.pointerDown(element);
    element.focus();
  };
  click(button);
  press(' ');
  expect(run).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(document.body);
  click(list);
  press('n');
  expect(run, 'the list may be open').toHaveBeenCalledTimes(1);
  click(list);
  fireEvent.change(list);
  press('n');
  expect(run).toHaveBeenCalledTimes(2);
  expect(document.activeElement).toBe(document.body);
});

it('leaves keys to what the keyboard came to', () => {
  run.mockClear();
  render(<Cockpit />);
  const [button, list] = [screen.getByRole('button'), screen.getByRole('combobox')];
  button.focus();
  press(' ');
  fireEvent.pointerDown(button);
  press('Tab');
  press(' ');
  list.focus();
  fireEvent.change(list);
  press('n');
  expect(run).not.toHaveBeenCalled();
});
