// Plain SVG charts, drawn to be read in black and white as well as in colour.

const WIDTH = 420;
const HEIGHT = 380;
const BOX = { left: 56, top: 20, right: 400, bottom: 320 };

export const COLOURS = ['#1b6ca8', '#c8553d', '#6b6b6b'] as const;

export const px = (v: number): string => v.toFixed(1);
/** Fraction of the axis to pixels. */
export const toX = (v: number): number => BOX.left + v * (BOX.right - BOX.left);
export const toY = (v: number): number => BOX.bottom - v * (BOX.bottom - BOX.top);

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const label = (x: number, y: number, text: string, extra = ''): string =>
  `<text x="${px(x)}" y="${px(y)}" ${extra}>${escape(text)}</text>`;

export interface Axis {
  readonly title: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export const unitTicks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((v) => ({ at: v, text: v.toFixed(1) }));

const axes = (x: Axis, y: Axis): string[] => [
  `<rect x="${BOX.left}" y="${BOX.top}" width="${BOX.right - BOX.left}" height="${BOX.bottom - BOX.top}" fill="none" stroke="#444"/>`,
  ...x.ticks.map(({ at, text }) => label(toX(at), BOX.bottom + 18, text, 'text-anchor="middle"')),
  ...y.ticks.map(({ at, text }) => label(BOX.left - 8, toY(at) + 4, text, 'text-anchor="end"')),
  label((BOX.left + BOX.right) / 2, BOX.bottom + 42, x.title, 'text-anchor="middle"'),
  label(
    16,
    (BOX.top + BOX.bottom) / 2,
    y.title,
    `text-anchor="middle" transform="rotate(-90 16 ${(BOX.top + BOX.bottom) / 2})"`,
  ),
];

/** A line through points in axis fractions. */
export const line = (
  points: readonly (readonly [number, number])[],
  colour: string,
  extra = '',
): string =>
  `<polyline fill="none" stroke="${colour}" stroke-width="1.8" ${extra} points="${points
    .map(([x, y]) => `${px(toX(x))},${px(toY(y))}`)
    .join(' ')}"/>`;

/** A chart: axes, a title for screen readers, and shapes. */
export const chart = (title: string, x: Axis, y: Axis, shapes: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...axes(x, y),
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
