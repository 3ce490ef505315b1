import { describe, expect, it } from 'vitest';
import { commandOf } from './viewer-keys.ts';

const press = (key: string, change = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...change });

describe('commandOf', () => {
  it('knows tools, views and actions', () => {
    expect(press('W')).toEqual({ kind: 'tool', tool: 'window' });
    expect(press('m')).toEqual({ kind: 'tool', tool: 'mark' });
    expect(press('3')).toEqual({ kind: 'select', index: 2 });
    expect(press('Escape')).toEqual({ kind: 'shrink' });
  });

  it('leaves shortcuts and other keys alone', () => {
    expect(press('z', { ctrlKey: true })).toBeUndefined();
    expect(press('5')).toBeUndefined();
    expect(press('n')).toBeUndefined();
  });
});
