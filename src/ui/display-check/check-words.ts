import { LIMITS } from '../../core/display/check/luminance-response.ts';
import {
  type DisplayCheck,
  type Finding,
  isDisplayGood,
  partsChecked,
} from '../../core/display/check/display-check.ts';
import type { PatternId } from '../../core/display/check/patterns.ts';
import { t } from '../../i18n/phrases/text.ts';

export const patternName = (id: PatternId): string =>
  ({
    qc: t('All at a glance'),
    patches: t('5 % in black, 95 % in white'),
    contrast: t('Low contrast at 18 levels'),
    'lines-down': t('Upright lines of one pixel'),
    'lines-across': t('Level lines of one pixel'),
    'uniform-dark': t('Uniform, 10 %'),
    'uniform-bright': t('Uniform, 80 %'),
    ramp: t('A ramp shown as a mammogram'),
  })[id];

/** What is to be seen on a display that is good. */
export const patternAim = (id: PatternId): string =>
  ({
    qc: t(
      'The frame is whole on all four sides; the 16 squares differ, and so do their corners; lines of one pixel are told apart in the middle and in the corners.',
    ),
    patches: t('The inner square is seen on either side.'),
    contrast: t(
      'Lines that differ by 4 grey levels (the middle ones) are seen in all fields, those by 2 in most.',
    ),
    'lines-down': t('An even grey: no bands, no moiré.'),
    'lines-across': t('An even grey: no bands, no moiré.'),
    'uniform-dark': t('No spots, stains, dead pixels or bright corners.'),
    'uniform-bright': t('No spots, stains, dead pixels or bright corners.'),
    ramp: t('No steps, bands or tint, from black to white.'),
  })[id];

export const findingWord = (finding: Finding | undefined): string =>
  finding === undefined ? t('not looked at') : finding === 'good' ? t('Good') : t('Not good');

/** The verdict, and on how much of the check it rests. */
export const verdictWords = (check: DisplayCheck): string => {
  const isGood = isDisplayGood(check);
  if (isGood === undefined) return t('nothing was checked');
  const parts = partsChecked(check);
  return isGood
    ? t('passed ({done} of {of} parts checked)', parts)
    : t('failed ({done} of {of} parts checked)', parts);
};

/** In percent with its sign, to a tenth. */
export const signedPercent = (share: number): string =>
  t('{value} %', { value: `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}` });

/** Limits as they are printed beside what was found. */
export const limitWords = () => ({
  darkest: t('at least {value}', { value: LIMITS.darkest }),
  brightest: t('at least {value}', { value: LIMITS.brightest }),
  ratio: t('{low} to {high}', LIMITS.ratio),
  deviation: t('at most {value}', {
    value: t('{value} %', { value: `±${100 * LIMITS.deviation}` }),
  }),
  pitch: t('at most {value}', { value: `${LIMITS.pitchMm} mm` }),
});
