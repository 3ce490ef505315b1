import type { LikelihoodEstimate } from '../core/lesion/types.ts';
import { t } from './i18n/text.ts';

export { viewLabel as viewName } from '../core/dicom/view-label.ts';

/** DICOM DA (YYYYMMDD) as YYYY-MM-DD; anything else as it stands. */
export const formatDate = (da: string | undefined): string =>
  da ? da.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') : t('no date');

/** A likelihood in whole percent; never "0 %" or "100 %", which a model cannot know. */
export const percent = (value: number): string => {
  const p = Math.round(value * 100);
  if (p < 1) return t('< {value} %', { value: 1 });
  return p > 99 ? t('> {value} %', { value: 99 }) : t('{value} %', { value: p });
};

export const interval = (estimate: LikelihoodEstimate): string =>
  t('{low} to {high}', { low: percent(estimate.low), high: percent(estimate.high) });

/** A decision value with its sign: "+0.42". */
export const signed = (score: number): string =>
  `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(2)}`;
