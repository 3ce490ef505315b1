import { GSDF_RANGE, jndOfLuminance, luminanceOfJnd } from './gsdf.ts';

/** The 18 grey levels at which the luminance is measured, 0 to 255: those of TG18-LN and TG270-ULN. */
export const MEASURED_LEVELS: readonly number[] = Array.from({ length: 18 }, (_, i) => 15 * i);

/** From one measured level to the next. */
export interface ContrastStep {
  /** Grey levels, 0 to 255. */
  readonly from: number;
  readonly to: number;
  /** Measured contrast a JND over what the standard has there, less 1. */
  readonly deviation: number;
}

export interface LuminanceResponse {
  /** With ambient light, cd/m2. */
  readonly darkest: number;
  readonly brightest: number;
  readonly ratio: number;
  readonly steps: readonly ContrastStep[];
  /** The deviation that is largest either way. */
  readonly worst: ContrastStep;
}

/** Why a response cannot be computed: a level's luminance is missing, not above that before, or out of range. */
export type ResponseFault = 'missing' | 'not-rising' | 'out-of-range';

/** Contrast per JND between two luminances, AAPM TG-18 (OR-03) section 4.3.3.2. */
const contrast = (low: number, high: number, jnds: number): number =>
  (2 * (high - low)) / (high + low) / jnds;

/**
 * How the luminances of MEASURED_LEVELS (cd/m2, the dark ones first) follow the Grayscale Standard
 * Display Function: measured contrast of each step against that of a display with the same ends whose
 * steps are equal in JND. Ambient light (cd/m2 reflected by the screen when it is off) adds to all.
 */
export const luminanceResponse = (
  measured: readonly (number | undefined)[],
  ambient: number,
): LuminanceResponse | ResponseFault => {
  const seen = measured.map((luminance) => (luminance ?? Number.NaN) + ambient);
  if (seen.length !== MEASURED_LEVELS.length || seen.some(Number.isNaN)) return 'missing';
  if (seen.some((luminance, i) => i > 0 && luminance <= (seen[i - 1] as number)))
    return 'not-rising';
  const [darkest, brightest] = [seen[0] as number, seen.at(-1) as number];
  if (darkest < GSDF_RANGE.low || brightest > GSDF_RANGE.high) return 'out-of-range';

  const first = jndOfLuminance(darkest);
  const jnds = (jndOfLuminance(brightest) - first) / (seen.length - 1);
  const steps = seen.slice(1).map((luminance, i): ContrastStep => {
    const wanted = contrast(
      luminanceOfJnd(first + i * jnds),
      luminanceOfJnd(first + (i + 1) * jnds),
      jnds,
    );
    return {
      from: MEASURED_LEVELS[i] as number,
      to: MEASURED_LEVELS[i + 1] as number,
      deviation: contrast(seen[i] as number, luminance, jnds) / wanted - 1,
    };
  });
  const worst = steps.reduce((a, b) => (Math.abs(b.deviation) > Math.abs(a.deviation) ? b : a));
  return { darkest, brightest, ratio: brightest / darkest, steps, worst };
};

/**
 * What a display for reading mammograms is held against: ACR-AAPM-SIIM technical standard for electronic
 * practice of medical imaging; AAPM TG-18 and TG-270 for the contrast of primary (diagnostic) displays.
 */
export const LIMITS = {
  /** cd/m2, ambient light included. */
  darkest: 1.2,
  brightest: 420,
  ratio: { low: 250, high: 450 },
  deviation: 0.1,
  pitchMm: 0.21,
} as const;

/** Which of the limits hold. */
export const withinLimits = (found: LuminanceResponse) => ({
  darkest: found.darkest >= LIMITS.darkest,
  brightest: found.brightest >= LIMITS.brightest,
  ratio: found.ratio >= LIMITS.ratio.low && found.ratio <= LIMITS.ratio.high,
  deviation: Math.abs(found.worst.deviation) <= LIMITS.deviation,
});
