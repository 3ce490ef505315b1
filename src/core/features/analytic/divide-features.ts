import { isByMm } from './definition.ts';

/** Features that share most of what they are made of. */
type Kind = 'rest' | 'lines by mm' | 'bands by mm' | 'lines and patterns by size';

const kindOf = (name: string): Kind => {
  const isLine = name.startsWith('spicules.');
  if (isByMm(name)) return isLine ? 'lines by mm' : 'bands by mm';
  return isLine || name.startsWith('pattern.') ? 'lines and patterns by size' : 'rest';
};

/** Which kinds go together in so many parts, about equally long to measure; first what needs most of the image. */
const DIVISIONS: readonly (readonly (readonly Kind[])[])[] = [
  [
    ['rest', 'lines and patterns by size'],
    ['lines by mm', 'bands by mm'],
  ],
  [['rest'], ['lines by mm'], ['bands by mm', 'lines and patterns by size']],
  [['rest'], ['lines by mm'], ['bands by mm'], ['lines and patterns by size']],
];

/**
 * The names of some features in at most `count` parts (two to four) that take about equally long to measure,
 * and little more together than all at once. None is empty.
 */
export const divideFeatures = (
  names: readonly string[],
  count: number,
): readonly (readonly string[])[] => {
  const division = DIVISIONS[Math.min(count, DIVISIONS.length + 1) - 2];
  if (!division) return [names];
  return division
    .map((kinds) => names.filter((name) => kinds.includes(kindOf(name))))
    .filter((part) => part.length > 0);
};
