import { expect, it } from 'vitest';
import { textDigest } from './text-digest.ts';

it('tells texts apart, holds none of them, and is the same each time', () => {
  const names = ['', 'P1|DOE', 'P1|DOF', '1P|DOE', '王^小明', '王^小光'];
  const digests = names.map(textDigest);
  expect(new Set(digests).size).toBe(names.length);
  expect(digests.every((digest) => /^[0-9a-f]{16}$/.test(digest))).toBe(true);
  expect(names.map(textDigest)).toEqual(digests);
});
