import { describe, expect, it } from 'vitest';
import { message } from '../message/message.ts';
import { falseMarksNote, finderScope, imageryOf } from './finder-scope.ts';
import type { ScopeCode, ScopeReason } from './scope.ts';

const text = message('scope.lossy');
const warns = (code: ScopeCode): ScopeReason => ({ code, severity: 'warns', text });
const blocks = (code: ScopeCode): ScopeReason => ({ code, severity: 'blocks', text });

describe('what the finder looks at', () => {
  it('leaves out what bars a score', () => {
    for (const code of ['for-processing', 'tomosynthesis', 'side-conflict'] as const)
      expect(finderScope([warns('lossy'), blocks(code)])).toEqual({ looks: false, reason: text });
  });

  it('leaves out parts of views and implants, although lesions on them are scored', () => {
    for (const code of ['magnification', 'spot-compression', 'stereotactic', 'implant'] as const)
      expect(finderScope([warns(code)]).looks).toBe(false);
  });

  it('looks at the rest with its reservations', () => {
    expect(finderScope([])).toEqual({ looks: true, notes: [] });
    expect(finderScope([warns('lossy'), warns('unknown-scale')])).toEqual({
      looks: true,
      notes: [text, text],
    });
  });
});

describe('how many false marks are to be expected', () => {
  it('depends on where the image comes from, as far as its scale tells', () => {
    expect(imageryOf([])).toBe('digital');
    expect(imageryOf([warns('low-resolution')])).toBe('film');
    expect(imageryOf([warns('low-resolution'), warns('unknown-scale')])).toBe('unknown');
  });

  it('is what was measured on such images, or said not to be known', () => {
    expect(falseMarksNote('film', 0.25)).toEqual(message('look.marks.film', { falseMarks: 0.25 }));
    expect(falseMarksNote('digital', 0.25)).toEqual(
      message('look.marks.digital', { falseMarks: 0.25, digital: 0.64 }),
    );
    expect(falseMarksNote('unknown', 1)).toEqual(
      message('look.marks.unknown', { falseMarks: 1, digital: 2 }),
    );
    expect(falseMarksNote('digital', 2).code).toBe('look.marks.digital.unmeasured');
  });
});
