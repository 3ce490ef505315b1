import type { DisplayCheck } from '../../core/display/check/display-check.ts';
import { MEASURED_LEVELS } from '../../core/display/check/luminance-response.ts';

/** A check under way: what is typed stays as it is typed. */
export interface Draft extends Pick<DisplayCheck, 'display' | 'by' | 'seen' | 'rampOff'> {
  readonly luminances: readonly string[];
  readonly ambient: string;
}

export const NEW_DRAFT: Draft = {
  display: '',
  by: '',
  seen: {},
  luminances: MEASURED_LEVELS.map(() => ''),
  ambient: '',
};

/** A number as it is typed or pasted, with a point or a comma; undefined where it is none, or negative. */
export const typedNumber = (text: string): number | undefined => {
  const number = text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
  return Number.isFinite(number) && number >= 0 ? number : undefined;
};

/** The luminances with what is pasted put in from a level on, one number to a level. */
export const withPasted = (
  luminances: readonly string[],
  from: number,
  text: string,
): readonly string[] => {
  const pasted = text.trim().split(/[\s;]+/);
  return luminances.map((old, i) => pasted[i - from] ?? old);
};

/** Whether luminances were begun to be typed. */
export const isMeasuring = ({ luminances }: Draft): boolean =>
  luminances.some((text) => text.trim() !== '');

export const draftOf = (check: DisplayCheck): Draft => ({
  display: check.display,
  by: check.by,
  seen: check.seen,
  rampOff: check.rampOff,
  luminances: MEASURED_LEVELS.map((_, i) => String(check.luminances[i] ?? '')),
  ambient: check.ambient === 0 ? '' : String(check.ambient),
});

/** As it is kept; luminances only where all of them are numbers. */
export const checkOf = (draft: Draft, at: string, screen: DisplayCheck['screen']): DisplayCheck => {
  const { luminances, ambient, ...said } = draft;
  const numbers = luminances.map(typedNumber).filter((number) => number !== undefined);
  return {
    ...said,
    at,
    screen,
    luminances: numbers.length === luminances.length ? numbers : [],
    ambient: typedNumber(ambient) ?? 0,
  };
};
