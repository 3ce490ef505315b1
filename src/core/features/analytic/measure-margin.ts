import { feature, type FeatureDefinition, type Values } from './definition.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { marginProfile, marginSharpness } from './margin.ts';

/** Signed distances from the outline that the profile is read at, percent of the effective radius. */
const PROFILE = [-60, -30, -10, 10, 30, 60, 100] as const;
const INNER = PROFILE.slice(1, -1);

/** Least grey difference (share of the breast's range) that anything is divided by. */
const LEAST_STEP = 0.01;
const MOST = 3;

const placeOf = (percent: number): string =>
  `${Math.abs(percent)} % of the radius ${percent < 0 ? 'inside' : 'outside'}`;

/**
 * Margin sharpness (margin.ts) as grey per effective radius, also over the step of grey from lesion
 * to surround; and the profile of grey across the margin: mean at each distance, 0 the outermost and
 * 1 the innermost, and its standard deviation along the outline, grey.
 */
export const MARGIN_FEATURES: readonly FeatureDefinition[] = [
  feature('margin.sharpness', 'margin sharpness'),
  feature('margin.variance', 'variance of margin sharpness'),
  feature('margin.relative', 'margin sharpness over contrast'),
  feature('margin.blurred', 'blurred share of the margin'),
  ...INNER.map((at) => feature(`profile.${at}`, `relative grey ${placeOf(at)}`)),
  ...PROFILE.map((at) =>
    feature(`profile.sd.${at}`, `unevenness along the outline ${placeOf(at)}`),
  ),
];

export const measureMargin = (frame: LesionFrame): Values => {
  const smooth = frame.smooth(1, Number.POSITIVE_INFINITY, 0);
  const { mean, variance, blurred } = marginSharpness(frame, smooth);
  const rows = marginProfile(
    frame,
    smooth,
    PROFILE.map((at) => at / 100),
  );
  const [inner, outer] = [rows[0]?.mean ?? 0, rows.at(-1)?.mean ?? 0];
  const step = Math.max(Math.abs(inner - outer), LEAST_STEP);
  const values: Values = {
    'margin.sharpness': mean,
    'margin.variance': variance,
    'margin.relative': mean / step,
    'margin.blurred': blurred,
  };
  PROFILE.forEach((at, k) => {
    const row = rows[k] ?? { mean: 0, sd: 0 };
    values[`profile.sd.${at}`] = row.sd;
    if (INNER.includes(at))
      values[`profile.${at}`] = Math.min(Math.max((row.mean - outer) / step, -MOST), MOST);
  });
  return values;
};
