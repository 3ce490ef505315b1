import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from './paths.ts';
import type { Result } from './result.ts';

/**
 * Writes a run to bench/results, under its moment, the commit and these words; the path from bench/. Of words
 * that are undefined nothing is said.
 */
export const record = (result: Result, words: readonly (string | undefined)[]): string => {
  const { startedAt, machine, quick } = result;
  const moment = startedAt.slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  const name = [moment, machine.commit, ...words, quick ? 'quick' : undefined]
    .filter(Boolean)
    .join('-');
  mkdirSync(join(BENCH, 'results'), { recursive: true });
  const file = `results/${name}.json`;
  writeFileSync(join(BENCH, file), `${JSON.stringify(result, null, 1)}\n`);
  return file;
};
