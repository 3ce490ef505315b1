import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGES = ['docs/ihe-display.md', 'docs/peers.md'];
const PROOF_COLUMN = 'test, or why not';
/** `file`: "title", "another title". */
const PROOF = /`([^`]+\.(?:test|spec)\.tsx?)`: ("[^"]+"(?:, "[^"]+")*)/g;
const TITLE = /(?:\b(?:it|test|describe)(?:\.\w+)*|\))\s*\(\s*(['"`])((?:\\.|(?!\1).)+)\1\s*,/g;

interface Proof {
  readonly file: string;
  readonly title: string;
}

const proofsIn = (text: string): Proof[] =>
  [...text.matchAll(PROOF)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  );

/** Titles of the tests of a file as they stand in its source, `%s` and `${name}` in them. */
const titlesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, , title = '']) => title);

/** Rows of the tables that have a column of proofs. */
const provenRows = (text: string): string[] => {
  const rows: string[] = [];
  let isProven = false;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) isProven = false;
    else if (line.includes(PROOF_COLUMN)) isProven = true;
    else if (isProven && !/^\|[\s|-]+$/.test(line)) rows.push(line);
  }
  return rows;
};

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('names tests that exist, and some', () => {
    const proofs = proofsIn(text);
    expect(proofs.length).toBeGreaterThan(0);
    const missing = proofs.filter(
      ({ file, title }) => !existsSync(file) || !titlesOf(file).includes(title),
    );
    expect(missing).toEqual([]);
  });

  it('has a test in every row, or says why not', () => {
    const bare = provenRows(text).filter(
      (row) => proofsIn(row).length === 0 && !/\| (?:not yet|not here|differs)\b/.test(row),
    );
    expect(bare).toEqual([]);
  });
});
