import { expect, it } from 'vitest';
import type { Command } from './command.ts';
import { byGroup, inOrder, latestOfEach, matching } from './command-list.ts';
import { keyCaps } from './key-caps.ts';

const command = (id: string, group: string, title: string, ...keys: string[]): Command => ({
  id,
  group,
  title,
  keys,
  run: () => undefined,
});
const invert = command('invert', 'Viewer', 'Invert the grey scale', 'I');
const undo = command('undo', 'Lesions', 'Undo', 'Ctrl+Z');
const pan = command('pan', 'Viewer', 'Pan', 'P');

it('puts commands under their headings in the order of the first', () => {
  expect(byGroup([invert, undo, pan])).toEqual([
    { group: 'Viewer', commands: [invert, pan] },
    { group: 'Lesions', commands: [undo] },
  ]);
});

it('finds commands by every word typed, in title, heading or key', () => {
  expect(matching([invert, undo, pan], '')).toHaveLength(3);
  expect(matching([invert, undo, pan], 'grey VIEW')).toEqual([invert]);
  expect(matching([invert, undo, pan], 'ctrl+z')).toEqual([undo]);
  expect(matching([invert, undo, pan], 'undo viewer')).toEqual([]);
});

it('begins with the viewer and ends with the page', () => {
  const ids = ['page.keys', 'tour.start', 'measure.length', 'viewer.pan', 'viewer.zoom'];
  const listed = inOrder(ids.map((id) => command(id, '', '')));
  expect(listed.map(({ id }) => id)).toEqual([
    'viewer.pan',
    'viewer.zoom',
    'measure.length',
    'tour.start',
    'page.keys',
  ]);
});

it('keeps the latest of two commands of one id', () => {
  const later = { ...pan, title: 'Move' };
  expect(latestOfEach([pan, undo, later])).toEqual([later, undo]);
});

it('names keys as they are printed on a keyboard', () => {
  expect(keyCaps('Ctrl+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyCaps('Shift+ArrowLeft')).toEqual(['Shift', '←']);
  expect(keyCaps('Escape')).toEqual(['Esc']);
  expect(keyCaps('+')).toEqual(['+']);
  expect(keyCaps('Ctrl++')).toEqual(['Ctrl', '+']);
});
