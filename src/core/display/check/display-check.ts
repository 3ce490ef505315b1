import { type PatternId, PATTERNS } from './patterns.ts';
import { LIMITS, luminanceResponse, withinLimits } from './luminance-response.ts';

/** What the eye found of a pattern. */
export type Finding = 'good' | 'bad';

/** One check of a display, as it is kept and printed. */
export interface DisplayCheck {
  /** When, in local time: 2026-01-31T12:00:00+01:00. */
  readonly at: string;
  /** Which display, as on its label, and who checked it; empty where not said. */
  readonly display: string;
  readonly by: string;
  readonly screen: {
    /** Device pixels. */
    readonly width: number;
    readonly height: number;
    readonly devicePixelRatio: number;
    readonly pitchMm?: number | undefined;
  };
  readonly seen: Readonly<Partial<Record<PatternId, Finding>>>;
  /** Largest difference, grey levels, of the ramp read back against what it should be. */
  readonly rampOff?: number | undefined;
  /** cd/m2 at MEASURED_LEVELS, and reflected by the screen when it is off; empty: not measured. */
  readonly luminances: readonly number[];
  readonly ambient: number;
}

/** Checks that are kept: two years of weekly ones. */
export const MOST_CHECKS = 104;

/** A ramp that was drawn right is off by rounding alone, and by how a graphics card reads textures. */
export const MOST_RAMP_OFF = 1.01;

/** Luminances that do not rise, or lie outside of the standard, are measured all the same, and good they are not. */
const luminancesIn = ({ luminances, ambient }: DisplayCheck): readonly boolean[] => {
  const response = luminanceResponse(luminances, ambient);
  if (response === 'missing') return [];
  return typeof response === 'string' ? [false] : Object.values(withinLimits(response));
};

/** Whether nothing of what was looked at or measured is out of limits; undefined: nothing was. */
export const isDisplayGood = (check: DisplayCheck): boolean | undefined => {
  const { pitchMm } = check.screen;
  const said = [
    ...Object.values(check.seen).map((finding) => finding === 'good'),
    ...luminancesIn(check),
    ...(pitchMm === undefined ? [] : [pitchMm <= LIMITS.pitchMm]),
    ...(check.rampOff === undefined ? [] : [check.rampOff <= MOST_RAMP_OFF]),
  ];
  return said.length === 0 ? undefined : said.every(Boolean);
};

/** How much of a check was done: patterns looked at, and the luminances. */
export const partsChecked = ({ seen, luminances }: DisplayCheck) => ({
  done: Object.keys(seen).length + (luminances.length > 0 ? 1 : 0),
  of: PATTERNS.length + 1,
});
