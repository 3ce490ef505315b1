// The one entry of the pipeline: `npm run pipeline -- VERB OPTIONS`; without a verb it lists them all. Each
// verb is a file that reads its own options; what it does and writes is said at the file's head, and by --help.
// Whatever keeps a verb from its work ends it with exit code 1.
import { fileURLToPath } from 'node:url';
import { fail } from './fail.ts';
import { helpOf } from './help.ts';
import { VERBS } from './verbs.ts';

const [, , verb = '', ...options] = process.argv;
const own = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;

/** A wrong option, and a file that cannot be read or written, have a code; all else is a fault of ours. */
const reasonOf = (error: unknown): string => {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message}\n\n${helpOf(verb)}`;
  return code === undefined ? (stack ?? String(error)) : message;
};

if (own && !own.helps && (options.includes('--help') || options.includes('-h')))
  console.log(helpOf(verb));
else if (own) {
  const file = new URL(own.file, import.meta.url);
  // The file finds itself and its options where it would if it had been started itself.
  process.argv = [process.argv[0] ?? '', fileURLToPath(file), ...options];
  await import(file.href).catch((error: unknown) => fail(reasonOf(error)));
} else {
  const widest = Math.max(...Object.keys(VERBS).map(({ length }) => length));
  const list = Object.entries(VERBS).map(([name, { what }]) => `  ${name.padEnd(widest)}  ${what}`);
  const text = `npm run pipeline -- VERB OPTIONS\n\n${list.join('\n')}`;
  if (verb === '' || verb === '--help') console.log(text);
  else {
    console.error(`There is no ${verb}.\n\n${text}`);
    process.exitCode = 1;
  }
}
