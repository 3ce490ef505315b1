import { feature, type FeatureDefinition, type Values, type Wanted } from './definition.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { PATTERNS, uniformPatterns } from './local-binary-pattern.ts';

/** Radii in cells of the lesion frame: 2 and 4 are 2.75 % and 5.5 % of the longer box side. */
const RADII = [2, 4];
const FINENESS = ['fine', 'coarse'];
/** Signed distances from the outline, effective radii. */
const ZONES = [
  { name: 'lesion', from: Number.NEGATIVE_INFINITY, to: 0, words: 'in the lesion' },
  { name: 'edge', from: 0, to: 0.3, words: 'just outside the margin' },
  { name: 'surround', from: 0.3, to: 1.4, words: 'around the lesion' },
];
const FARTHEST = Math.max(...ZONES.map(({ to }) => to));

const KINDS = ['bright spot', '', '', '', 'edge', '', '', '', 'dark or flat spot', 'mixed'];
const wordOf = (code: number): string => KINDS[code] || `${code} of 8 brighter neighbours`;

/** Share of each local pattern (local-binary-pattern.ts) in three zones, after smoothing by radius / 2. */
export const PATTERN_FEATURES: readonly FeatureDefinition[] = RADII.flatMap((radius, r) =>
  ZONES.flatMap(({ name, words }) =>
    Array.from({ length: PATTERNS }, (_, code) =>
      feature(
        `pattern.${radius}.${name}.${code}`,
        `share of ${FINENESS[r]} pattern "${wordOf(code)}" ${words}`,
      ),
    ),
  ),
);

export const measurePatterns = (frame: LesionFrame, wanted: Wanted): Values => {
  const values: Values = {};
  for (const radius of RADII)
    for (const { name, from, to } of ZONES) {
      const names = Array.from({ length: PATTERNS }, (_, c) => `pattern.${radius}.${name}.${c}`);
      if (!names.some((one) => wanted.has(one))) continue;
      const cells = frame.ring(from, to);
      const counts = new Float64Array(PATTERNS);
      for (const code of uniformPatterns(
        frame.smooth(radius / 2, FARTHEST, 2 * radius),
        radius,
        cells,
      ))
        counts[code] = (counts[code] as number) + 1;
      const total = Math.max(1, cells.length);
      names.forEach((one, c) => (values[one] = (counts[c] as number) / total));
    }
  return values;
};
