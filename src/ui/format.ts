import { exactPercent as exactNumber, heldPercent, percentNumber } from '../core/units/percent.ts';
import { t } from '../i18n/phrases/text.ts';

export { viewLabel as viewName } from '../core/dicom/view-label.ts';

/** DICOM DA (YYYYMMDD) as YYYY-MM-DD; anything else as it stands. */
export const formatDate = (da: string | undefined): string =>
  da ? da.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') : t('no date');

/** A likelihood in whole percent; never "0 %" or "100 %", which a model cannot know. */
export const percent = (value: number): string => t('{value} %', { value: percentNumber(value) });

/**
 * A likelihood as a natural frequency: "about 1 in 12", "about 4 in 10", "about 24 in 25"; between the
 * same ends as `percent`.
 */
export const frequency = (value: number): string => {
  const about = (count: number, of: number) => t('about {count} in {of}', { count, of });
  if (value < 0.01) return t('fewer than {count} in {of}', { count: 1, of: 100 });
  if (value > 0.99) return t('more than {count} in {of}', { count: 99, of: 100 });
  if (value < 0.15) return about(1, Math.round(1 / value));
  if (value <= 0.85) return about(Math.round(value * 10), 10);
  const of = Math.round(1 / (1 - value));
  return about(of - 1, of);
};

/**
 * A share in percent with the digits that it needs, to be read as a number that somebody chose:
 * "0.6 %", "45.53 %", "0.05 %".
 */
export const exactPercent = (share: number): string =>
  t('{value} %', { value: exactNumber(share) });

/** A likelihood as the label of an axis: whole percent, two digits near the ends, which it never names. */
export const axisPercent = (likelihood: number): string => {
  const value = likelihood * 100;
  const near = Math.min(value, 100 - value);
  const digits = near >= 10 ? 0 : near >= 1 ? 1 : 2;
  const held = heldPercent(likelihood, digits);
  return t('{value} %', { value: `${held.beyond}${held.value}` });
};

export const interval = (estimate: { readonly low: number; readonly high: number }): string =>
  t('{low} to {high}', { low: percent(estimate.low), high: percent(estimate.high) });

/** The same without saying percent twice: "49–95 %". */
export const shortInterval = ({ low, high }: Parameters<typeof interval>[0]): string =>
  [low, high].some((end) => heldPercent(end).beyond !== '')
    ? interval({ low, high })
    : t('{low}–{high}', { low: percentNumber(low), high: percent(high) });

/** A decision value with its sign: "+0.42". */
export const signed = (score: number): string =>
  `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(2)}`;
