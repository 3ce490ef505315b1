import { readFileSync } from 'node:fs';
import { VERBS } from './verbs.ts';

/** What a verb does and how it is called: what its file says at its head. */
export const helpOf = (verb: string): string => {
  const { file, what } = VERBS[verb] ?? { file: '', what: '' };
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const [head = `// ${what}:\n//   npm run pipeline -- ${verb}`] =
    /^(?:\/\/.*\n)+/.exec(text) ?? [];
  return head.trimEnd().replaceAll(/^\/\/ ?/gm, '');
};
