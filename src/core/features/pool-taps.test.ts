import { describe, expect, it } from 'vitest';
import { featureLength, poolTaps } from './pool-taps.ts';
import type { Tap } from './tap.ts';

const tap = (changes: Partial<Tap>): Tap => ({
  node: 'stage',
  shape: [2, 2, 2],
  pooling: 'average',
  l2Normalised: false,
  ...changes,
});

// Channel 0: 1 2 3 4; channel 1: -4 -3 -2 -5.
const map = [1, -4, 2, -3, 3, -2, 4, -5];

describe('poolTaps', () => {
  it('averages and takes maxima by channel, channel last', () => {
    expect([...poolTaps([tap({})], [map])]).toEqual([2.5, -3.5]);
    expect([...poolTaps([tap({ pooling: 'max' })], [map])]).toEqual([4, -2]);
  });

  it('joins blocks in order and normalises only those that ask for it', () => {
    const taps = [
      tap({ shape: [1, 1, 2], pooling: 'none', l2Normalised: true }),
      tap({ pooling: 'max' }),
    ];
    const vector = poolTaps(taps, [[3, 4], map]);
    expect([...vector]).toEqual([Math.fround(0.6), Math.fround(0.8), 4, -2]);
    expect(featureLength(taps)).toBe(4);
  });

  it('leaves an all-zero block at zero', () => {
    const taps = [tap({ shape: [1, 1, 2], pooling: 'none', l2Normalised: true })];
    expect([...poolTaps(taps, [[0, 0]])]).toEqual([0, 0]);
  });

  it('refuses a map of another size', () => {
    expect(() => poolTaps([tap({})], [[1, 2]])).toThrow('stage gave 2 values, expected 8');
  });
});
