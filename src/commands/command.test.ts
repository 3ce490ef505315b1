import { expect, it } from 'vitest';
import { keyOf } from './command.ts';

const press = (key: string, change = {}) =>
  keyOf({
    ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...change,
  });

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

it.each([
  ['ц', 'KeyW', {}, 'W'],
  ['Я', 'KeyZ', { ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+Z'],
  ['μ', 'KeyM', {}, 'M'],
  ['ㅁ', 'KeyA', {}, 'A'],
  ['Process', 'KeyN', {}, 'N'],
  ['х', 'BracketLeft', {}, '['],
  ['Ж', 'Semicolon', { shiftKey: true }, ':'],
  ['é', 'Digit2', {}, 'É'],
  ['ö', 'Semicolon', {}, 'Ö'],
  // AZERTY: what is written counts, not where it stands.
  ['a', 'KeyQ', {}, 'A'],
])('takes %s on %s with %o for the Latin key %s', (key, code, change, name) => {
  expect(press(key, { code, ...change })).toBe(name);
});
