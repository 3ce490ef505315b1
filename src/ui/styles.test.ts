import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..');
const THEME = 'ui/theme.css';

/** What theme.css may style besides elements: words and buttons of any room. */
const EVERYWHERE = ['alarm', 'fine', 'own-colours', 'primary', 'quiet', 'unseen', 'warnings'];

/** Parts of a list that stand between commas outside of brackets. */
const parts = (list: string): string[] => {
  let depth = 0;
  let rest = '';
  for (const c of list) {
    depth += c === '(' ? 1 : c === ')' ? -1 : 0;
    rest += c === ',' && depth === 0 ? '\n' : c;
  }
  return rest.split('\n').map((part) => part.trim());
};

/** `a:is(b, c)` as `ab` and `ac`; what is only asked not to be there does not count. */
const alternatives = (selector: string): string[] => {
  const asked = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, '');
  const [all, choices] = /:(?:is|where)\(((?:[^()]|\([^()]*\))*)\)/.exec(asked) ?? [];
  return all === undefined || choices === undefined
    ? [asked]
    : parts(choices).flatMap((choice) => alternatives(asked.replace(all, choice)));
};

/** What stands before the braces of each rule. */
const headsOf = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/[^{};]+(?=\{)/g)]
    .map(([rule]) => rule.trim().replace(/\s+/g, ' '))
    .filter((rule) => !rule.startsWith('@'));

const selectorsOf = (css: string): string[] => headsOf(css).flatMap(parts).flatMap(alternatives);

const classesOf = (text: string): string[] =>
  [...text.matchAll(/\.(-?[a-z_][\w-]*)/gi)].map(([, name]) => name as string);

/** The classes of each part of a selector that has any, from the outermost element inwards. */
const steps = (selector: string): string[][] =>
  selector
    .replace(/\[[^\]]*\]/g, '')
    .split(/[ >+~]+/)
    .map(classesOf)
    .filter((classes) => classes.length > 0);

/** The class that a rule is about: none where it says how one class stands in another. */
const subjectOf = (selector: string): string | undefined => {
  const [first, ...inner] = steps(selector);
  return inner.length === 0 ? first?.[0] : undefined;
};

type Sheets = Readonly<Record<string, string>>;

/** Where each class has rules of its own. */
const homesOf = (sheets: Sheets): Map<string, Set<string>> => {
  const homes = new Map<string, Set<string>>();
  for (const [file, css] of Object.entries(sheets))
    for (const name of selectorsOf(css).map(subjectOf))
      if (name !== undefined) homes.set(name, (homes.get(name) ?? new Set()).add(file));
  return homes;
};

/** Classes with rules of their own in several files. */
const scattered = (sheets: Sheets): string[] =>
  [...homesOf(sheets)].flatMap(([name, files]) =>
    files.size > 1 ? [`.${name}: ${[...files].sort().join(', ')}`] : [],
  );

/** Rules that place one class in another, in a file that is the home of neither. */
const strays = (sheets: Sheets): string[] => {
  const homes = homesOf(sheets);
  const isStranger = (file: string) => (name: string) =>
    homes.has(name) && !homes.get(name)?.has(file);
  return Object.entries(sheets).flatMap(([file, css]) =>
    selectorsOf(css)
      .filter((selector) => steps(selector).length > 1)
      .filter((selector) => steps(selector).flat().every(isStranger(file)))
      .map((selector) => `${file}: ${selector}`),
  );
};

/** Whole words of a text; one that an expression adjoins, before or after, may go on there. */
const wholeWords = (text: string, goesOn = false, began = false): string[] =>
  text
    .replace(goesOn ? /\S+$/ : '', '')
    .replace(began ? /^\S+/ : '', '')
    .split(/\s+/)
    .filter(Boolean);

/** The classes that an expression may come to, as far as they are written in it. */
const namedIn = (node: ts.Node | undefined): string[] => {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return wholeWords(node.text);
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node))
    return namedIn(node.expression);
  if (ts.isConditionalExpression(node))
    return [...namedIn(node.whenTrue), ...namedIn(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...namedIn(node.left), ...namedIn(node.right)];
  if (!ts.isTemplateExpression(node)) return [];
  const { head, templateSpans: spans } = node;
  return [
    ...wholeWords(head.text, true),
    ...spans.flatMap(({ expression, literal }, i) => [
      ...namedIn(expression),
      ...wholeWords(literal.text, i < spans.length - 1, true),
    ]),
  ];
};

/** The classes that the elements of a component are given, as far as they are written there. */
const givenIn = (source: string): string[] => {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className')
      names.push(...namedIn(node.initializer));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('x.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return names;
};

const sourcesOf = (ending: RegExp): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => ending.test(file) && !file.includes('.test.'))
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(SRC, file), 'utf8')]),
  );

const sheets: Sheets = sourcesOf(/\.css$/);
/** Every class that a rule names, if only not to be there. */
const known = new Set(Object.values(sheets).flatMap(headsOf).flatMap(classesOf));

test('rules are read as they are meant', () => {
  const css = `
    /* .none { */ .a, .b:is(.c, .d) > i { top: 0 }
    @media (max-width: 9px) { .e:not(.f, :is(.g)) { top: 0 } }
    .h .i { top: 0 }
    button[title='.j'] { top: 0 }`;
  expect([...homesOf({ x: css }).keys()]).toEqual(['a', 'b', 'e']);
  expect(scattered({ x: css, y: '.b { top: 1px }' })).toEqual(['.b: x, y']);
  expect(strays({ x: '.a { top: 0 }', y: '.a .a { top: 0 } .a .z { top: 0 }' })).toEqual([
    'y: .a .a',
  ]);
});

test('a class has its rules in one file', () => {
  expect(scattered(sheets)).toEqual([]);
});

test('how one class stands in another is said in the file of one of them', () => {
  expect(strays(sheets)).toEqual([]);
});

test('theme.css knows no room of the page', () => {
  const named = selectorsOf(sheets[THEME] ?? '').flatMap(classesOf);
  expect([...new Set(named)].sort()).toEqual(EVERYWHERE);
});

test('classes are read as they are meant', () => {
  const source = `
    <a className="a b"><i className={x ? 'c' : ''} /></a>;
    <b className={\`d \${e === 'f' ? ' g' : ''} h-\${i} \${j}-k l\`} title="m" />;
    <p className={(n && 'o') || q('r')} />`;
  expect(givenIn(source)).toEqual(['a', 'b', 'c', 'd', 'g', 'l', 'o']);
});

test('a class that a component gives has a rule', () => {
  const unknown = Object.entries(sourcesOf(/\.tsx$/)).flatMap(([file, source]) =>
    givenIn(source).flatMap((name) => (known.has(name) ? [] : [`${file}: ${name}`])),
  );
  expect(unknown).toEqual([]);
});

test('a class that has rules is given somewhere', () => {
  const words = new Set(
    Object.values(sourcesOf(/\.tsx?$/)).flatMap((source) => source.match(/-?[a-z_][\w-]*/gi) ?? []),
  );
  expect([...known].filter((name) => !words.has(name))).toEqual([]);
});
