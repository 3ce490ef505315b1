import { expect, it } from 'vitest';
import { keyOf } from './command.ts';

const press = (key: string, change = {}) =>
  keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change });

it('names keys with what is held beside them', () => {
  expect(press('w')).toBe('W');
  expect(press('z', { ctrlKey: true })).toBe('Ctrl+Z');
  expect(press('Z', { metaKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
  expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft');
  expect(press('i', { altKey: true })).toBe('Alt+I');
  expect(press(' ')).toBe('Space');
});

it('does not name the shift that makes a character', () => {
  expect(press('?', { shiftKey: true })).toBe('?');
});
