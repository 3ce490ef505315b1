import { describe, expect, it } from 'vitest';
import { hideName, hideNamesIn } from './names.tsx';

describe('names that are hidden', () => {
  it('are gone from a field', () => {
    expect(hideName('Doe, Jane', true)).toBe('(name hidden)');
    expect(hideName('Doe, Jane', false)).toBe('Doe, Jane');
    expect(hideName('', true)).toBe('');
  });

  it('are gone from a sentence, the longer one first', () => {
    const names = ['Doe', 'cd/Doe.dcm', ''];
    expect(hideNamesIn('cd/Doe.dcm is of Doe.', names, true)).toBe(
      '(name hidden) is of (name hidden).',
    );
    expect(hideNamesIn('cd/Doe.dcm', names, false)).toBe('cd/Doe.dcm');
  });
});
