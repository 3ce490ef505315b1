// What documents and file heads tell to type is there: files, scripts of package.json, verbs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { VERBS } from '../pipeline/verbs.ts';

const root = join(import.meta.dirname, '..');
const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => !path.includes('node_modules') && /\.(md|tsx?|m[jt]s|py)$/.test(path))
    // The tests of scripts make up files.
    .filter((path) => !/^scripts.*\.test\.ts$/.test(path));
const files = [
  ...['README.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...['docs', 'pipeline', 'bench', 'scripts', 'e2e', 'src'].flatMap(below),
];

/** All that a pattern finds, each as `file: what`, so that a failure says where. */
const named = (pattern: RegExp) =>
  files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, what = '']) => ({
      what,
      where: `${file}: ${what}`,
    })),
  );
const missing = (all: ReturnType<typeof named>, has: (what: string) => boolean) =>
  all.filter(({ what }) => !has(what)).map(({ where }) => where);

describe('a command in a document', () => {
  it('names files of the repository that exist', () => {
    const paths = named(
      /(?<![\w./-])((?:pipeline|bench|scripts|e2e|src)\/[\w./-]*\.(?:tsx?|m[jt]s|py|json|md))\b/g,
    );
    expect(paths.length).toBeGreaterThan(100);
    expect(missing(paths, (path) => existsSync(join(root, path)))).toEqual([]);
  });

  it('names scripts that package.json has', () => {
    const scripts = named(/npm run ([a-z][\w:]*)/g);
    expect(scripts.length).toBeGreaterThan(50);
    expect(missing(scripts, (name) => Object.hasOwn(packageFile.scripts, name))).toEqual([]);
  });

  it('names verbs that the pipeline has', () => {
    const verbs = named(/npm run pipeline -- ([a-z][\w:]*)/g);
    expect(verbs.length).toBeGreaterThan(20);
    expect(missing(verbs, (verb) => Object.hasOwn(VERBS, verb))).toEqual([]);
  });
});
