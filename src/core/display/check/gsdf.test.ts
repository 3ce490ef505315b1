import { expect, it } from 'vitest';
import { GSDF_RANGE, jndOfLuminance, luminanceOfJnd } from './gsdf.ts';

it('is the table of PS3.14 annex B at its ends', () => {
  for (const [jnd, luminance] of [
    [1, 0.05],
    [2, 0.0547],
    [3, 0.0594],
  ] as const)
    expect(luminanceOfJnd(jnd)).toBeCloseTo(luminance, 4);
  expect(luminanceOfJnd(1023)).toBeCloseTo(3993.404, 0);
  expect(luminanceOfJnd(1023) - luminanceOfJnd(1022)).toBeCloseTo(25.857, 1);
});

it('is what others compute between them', () => {
  // colour-science 0.4, eotf_DICOMGSDF and its inverse; PS3.14 annex D.2 for 12 cd/m2.
  expect(luminanceOfJnd(512)).toBeCloseTo(130.065284, 5);
  expect(jndOfLuminance(130.06528401215979)).toBeCloseTo(511.9964806, 5);
  expect(jndOfLuminance(12)).toBeCloseTo(233.32, 1);
});

it('goes there and back', () => {
  for (let jnd = 1; jnd <= 1023; jnd += 7)
    expect(Math.abs(jndOfLuminance(luminanceOfJnd(jnd)) - jnd)).toBeLessThan(0.1);
  expect(jndOfLuminance(GSDF_RANGE.low)).toBeCloseTo(1, 1);
});
