import { describe, expect, it } from 'vitest';
import { createDice } from './dice.ts';
import { KIND_NAMES, KINDS } from './kinds/index.ts';
import { runKind } from './run-kind.ts';
import { judge, LONGEST_REASON } from './verdict.ts';

/** Few and always the same; `npm run fuzz` runs as many as one likes (docs/fuzzing.md). */
const INPUTS = 200;
const SEED = 7;

describe('hostile inputs', () => {
  it.each(KIND_NAMES)(
    '%s: each is accepted or refused with a reason',
    async (kind) => {
      const { outcomes, findings } = await runKind(kind, SEED, INPUTS);
      expect(findings).toEqual([]);
      expect(outcomes.accepted + outcomes.refused).toBe(INPUTS);
      // Neither must be all: the damage has to reach beyond the first check, and to matter.
      expect(outcomes.accepted).toBeGreaterThan(0);
      expect(outcomes.refused).toBeGreaterThan(INPUTS / 10);
    },
    300_000,
  );

  it('are the same for the same seed', async () => {
    const kind = await KINDS.dicom();
    expect(await kind.make(SEED, 3)).toEqual(await kind.make(SEED, 3));
    expect(await kind.make(SEED, 3)).not.toEqual(await kind.make(SEED, 4));
    expect(createDice(1, 1).int(1e9)).not.toBe(createDice(2, 1).int(1e9));
  });
});

describe('a refusal counts', () => {
  it('where it names a reason in a sentence of bounded length', () => {
    const outcome = (reason: string) => judge({ outcome: 'refused', reason }).outcome;
    expect(outcome('The file is empty (0 bytes).')).toBe('refused');
    expect(outcome(' ')).toBe('crash');
    expect(outcome('x'.repeat(LONGEST_REASON + 1))).toBe('crash');
    expect(outcome("Cannot read properties of undefined (reading 'a')")).toBe('crash');
    expect(outcome('groups.flatMap is not a function')).toBe('crash');
  });
});
