import { seededRandom } from '../../src/core/stats/random.ts';

/** Seeded choices: the same seed and index give the same input on every machine. */
export interface Dice {
  /** A whole number in [0, below). */
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
  /** A whole number in [1, most], small ones far more often than large ones. */
  size(most: number): number;
}

export const createDice = (seed: number, index: number): Dice => {
  // Neighbouring indices must not give neighbouring streams.
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const int = (below: number) => Math.floor(random() * below);
  return {
    int,
    pick: <T>(from: readonly T[]): T => from[int(from.length)] as T,
    chance: (probability) => random() < probability,
    size: (most) => Math.max(1, Math.round(most ** random())),
  };
};
