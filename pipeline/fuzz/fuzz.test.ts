import { describe, expect, it } from 'vitest';
import { createDice } from './dice.ts';
import { flipBytes, flippable } from './flip-bytes.ts';
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

describe('one changed byte in a picture', () => {
  const of = (file: string) => flipBytes(file, 60, SEED);

  it('of JPEG-LS is nearly always found, of uncompressed pixels never', async () => {
    expect((await of('jpeg-ls-u12.dcm')).refused).toBeGreaterThan(50);
    const plain = await of('explicit-little-u16.dcm');
    expect(plain).toMatchObject({ refused: 0, cautioned: 0, silent: 60 });
  });

  it('is looked for in every transfer syntax that has a picture of one run of bytes', () => {
    for (const syntax of ['explicit', 'htj2k', 'jpeg-lossless', 'jpeg-ls', 'jpeg2000', 'rle'])
      expect(flippable().some((file) => file.startsWith(syntax))).toBe(true);
  });

  it('that takes values beyond their declared bits is told at the score', async () => {
    expect((await of('jpeg-lossless-sv1-u12.dcm')).cautioned).toBeGreaterThan(0);
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
