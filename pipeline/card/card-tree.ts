import { table } from '../report/markdown.ts';

/** A figure of a card; ValueJson of the schema is its JSON. */
export type Value =
  | { readonly kind: 'single'; readonly value: number }
  | {
      readonly kind: 'estimate_ci';
      readonly estimate: number;
      readonly lower: number;
      readonly upper: number;
      readonly level: 95;
      readonly unit: '';
    };

export interface Metric {
  readonly label: string;
  readonly value: Value;
}

/**
 * One element of a model card: its name in the schema, its heading, and what it holds: text (Markdown),
 * words, figures, or further elements. The order is the schema's.
 */
export interface CardNode {
  readonly element: string;
  readonly title: string;
  readonly holds:
    | string
    | { readonly words: readonly string[] }
    | { readonly metrics: readonly Metric[] }
    | readonly CardNode[];
}

const isList = (holds: CardNode['holds']): holds is readonly CardNode[] => Array.isArray(holds);

const figure = (v: number): string => v.toFixed(3);
const valueText = (value: Value): string =>
  value.kind === 'single'
    ? figure(value.value)
    : `${figure(value.estimate)} (${figure(value.lower)} to ${figure(value.upper)})`;

const markdownOf = ({ title, holds }: CardNode, depth: number): string => {
  const heading = `${'#'.repeat(depth)} ${title}`;
  if (typeof holds === 'string') return `${heading}\n\n${holds}`;
  if (isList(holds))
    return [heading, ...holds.map((child) => markdownOf(child, depth + 1))].join('\n\n');
  if ('words' in holds) return `${heading}\n\n${holds.words.join(', ')}`;
  const rows = holds.metrics.map(({ label, value }) => [label, valueText(value)]);
  return `${heading}\n\n${table(['', '95 % interval in brackets'], rows)}`;
};

export const cardMarkdown = (title: string, nodes: readonly CardNode[]): string =>
  `# ${title}\n\n${nodes.map((node) => markdownOf(node, 2)).join('\n\n')}\n`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const tag = (name: string, body: string, indent: string): string =>
  body.includes('\n') && body.trimStart().startsWith('<')
    ? `${indent}<${name}>\n${body}\n${indent}</${name}>`
    : `${indent}<${name}>${body}</${name}>`;

const xmlOf = ({ element, holds }: CardNode, indent: string): string => {
  const inner = `${indent}  `;
  if (typeof holds === 'string') return tag(element, escape(holds), indent);
  if (isList(holds))
    return tag(element, holds.map((child) => xmlOf(child, inner)).join('\n'), indent);
  if ('words' in holds)
    return tag(
      element,
      `${holds.words.map((word) => tag('Keyword', escape(word), inner)).join('\n')}\n`.trimEnd(),
      indent,
    );
  const results = holds.metrics.map(({ label, value }) =>
    tag(
      'MetricResult',
      [
        tag('Label', escape(label), `${inner}  `),
        tag('ValueJson', escape(JSON.stringify(value)), `${inner}  `),
      ].join('\n'),
      inner,
    ),
  );
  return tag(element, results.join('\n'), indent);
};

/** An instance of the CHAI Applied Model Card schema, v0.2 (mc.chai.org/v0.2/schema.xsd). */
export const cardXml = (nodes: readonly CardNode[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'AppliedModelCard',
    nodes.map((node) => xmlOf(node, '  ')).join('\n'),
    '',
  ).replace(
    '<AppliedModelCard>',
    '<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd">',
  )}\n`;
