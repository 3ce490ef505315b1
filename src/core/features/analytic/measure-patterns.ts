import { gaussianSmooth } from '../../segmentation/smooth.ts';
import { cellsOf } from './cells.ts';
import { feature, type FeatureDefinition, type Values } from './definition.ts';
import { ringOf, type LesionFrame } from './lesion-frame.ts';
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

export const measurePatterns = (frame: LesionFrame): Values => {
  const values: Values = {};
  const zones = ZONES.map(({ name, from, to }) => ({
    name,
    cells: cellsOf(ringOf(frame, from, to)),
  }));
  for (const radius of RADII) {
    const codes = uniformPatterns(gaussianSmooth(frame.raster, radius / 2), radius);
    for (const { name, cells } of zones) {
      const counts = new Float64Array(PATTERNS);
      for (const i of cells) {
        const code = codes[i] as number;
        counts[code] = (counts[code] as number) + 1;
      }
      const total = Math.max(1, cells.length);
      counts.forEach((v, c) => (values[`pattern.${radius}.${name}.${c}`] = v / total));
    }
  }
  return values;
};
