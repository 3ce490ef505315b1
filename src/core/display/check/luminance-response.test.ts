import { describe, expect, it } from 'vitest';
import { jndOfLuminance, luminanceOfJnd } from './gsdf.ts';
import { luminanceResponse, MEASURED_LEVELS, withinLimits } from './luminance-response.ts';

/** The luminances of a display that is calibrated to the standard between two ends. */
const calibrated = (low: number, high: number): number[] => {
  const [first, last] = [jndOfLuminance(low), jndOfLuminance(high)];
  return MEASURED_LEVELS.map((level) => luminanceOfJnd(first + ((last - first) * level) / 255));
};
/** Those of a display that raises grey to a power, as one that nobody calibrated. */
const gamma = (low: number, high: number): number[] =>
  MEASURED_LEVELS.map((level) => low + (high - low) * (level / 255) ** 2.2);

const found = (...args: Parameters<typeof luminanceResponse>) => {
  const response = luminanceResponse(...args);
  if (typeof response === 'string') throw new Error(response);
  return response;
};

describe('the luminance response', () => {
  it('of a calibrated display is that of the standard at each step', () => {
    const response = found(calibrated(1.5, 500), 0);
    expect(response.steps).toHaveLength(17);
    expect(Math.abs(response.worst.deviation)).toBeLessThan(0.005);
    expect(response.ratio).toBeCloseTo(500 / 1.5, 0);
    expect(withinLimits(response)).toEqual({
      darkest: true,
      brightest: true,
      ratio: true,
      deviation: true,
    });
  });

  it('of an uncalibrated one deviates, most in the dark', () => {
    const response = found(gamma(0.4, 250), 0);
    expect(Math.abs(response.worst.deviation)).toBeGreaterThan(0.3);
    expect(response.worst.to).toBeLessThan(60);
    expect(withinLimits(response)).toEqual({
      darkest: false,
      brightest: false,
      ratio: false,
      deviation: false,
    });
  });

  it('names the step that is wrong', () => {
    const luminances = calibrated(1.5, 500);
    luminances[9] = (luminances[9] as number) * 1.05;
    expect(found(luminances, 0).worst).toMatchObject({ from: 135, to: 150 });
    expect(found(luminances, 0).worst.deviation).toBeLessThan(-0.1);
  });

  it('takes ambient light in, which flattens the dark steps', () => {
    const response = found(calibrated(1.5, 500), 1);
    expect(response.darkest).toBeCloseTo(2.5, 2);
    expect(response.steps[0]?.deviation).toBeLessThan(-0.1);
  });

  it('is none where a level is missing, does not rise, or lies beyond the standard', () => {
    const luminances = calibrated(1.5, 500);
    expect(luminanceResponse(luminances.slice(1), 0)).toBe('missing');
    expect(luminanceResponse(luminances.with(3, Number.NaN), 0)).toBe('missing');
    expect(luminanceResponse(luminances.with(3, luminances[2] as number), 0)).toBe('not-rising');
    expect(luminanceResponse(luminances.with(0, 0.01), 0)).toBe('out-of-range');
  });
});
