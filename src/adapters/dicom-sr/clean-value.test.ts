import { describe, expect, it } from 'vitest';
import { cleanValue, isBlank } from './clean-value.ts';

describe('a text as its value representation may hold it', () => {
  it.each([
    ['PN', 'WANG^XIAODONG=王^小东=', 'WANG^XIAODONG=王^小东='],
    ['PN', '=王^小东', '=王^小东'],
    ['PN', 'A\\B^C\u0007', 'A/B^C '],
    ['PN', 'A^B^C^D^E^F^G', 'A^B^C^D^E F G'],
    ['PN', 'A=B=C=D', 'A=B=C D'],
    ['PN', `${'N'.repeat(70)}^J=${'王'.repeat(63)}😀`, `${'N'.repeat(64)}=${'王'.repeat(63)}`],
    ['LO', 'MG\\bilat\nx', 'MG/bilat x'],
    ['SH', 'ACC-1234567890-12345', 'ACC-1234567890-12345'],
    ['UT', 'a\u0000\u000bb\u001b[0m\u0085\\\t\r\n\f', 'ab[0m\\ \r\n\f'],
    ['CS', 'A\\B', 'A\\B'],
  ])('%s %j', (vr, text, clean) => {
    expect(cleanValue(vr, text)).toBe(clean);
  });

  it('is blank where nothing of it is left', () => {
    expect([' \u0000\u000b', '', '\n'].map(isBlank)).toEqual([true, true, true]);
    expect(isBlank(' x')).toBe(false);
  });
});
