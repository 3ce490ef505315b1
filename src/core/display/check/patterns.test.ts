import { describe, expect, it } from 'vitest';
import { type DisplayCheck, isDisplayGood, partsChecked } from './display-check.ts';
import type { GreyPicture } from './grey-picture.ts';
import { mammogramRamp, rampGrey } from './mammogram-ramp.ts';
import { drawLevel, drawPattern, PATTERNS } from './patterns.ts';

const at = ({ grey, width }: GreyPicture, x: number, y: number) => grey[y * width + x];
const row = (picture: GreyPicture, y: number) =>
  picture.grey.subarray(y * picture.width, (y + 1) * picture.width);

describe('the patterns', () => {
  it('fill the screen to its last pixel, whatever its size', () => {
    for (const [width, height] of [
      [1366, 768],
      [1707, 961],
      [2048, 2560],
    ] as const)
      for (const id of PATTERNS)
        if (id !== 'ramp')
          expect(drawPattern(id, width, height).grey, id).toHaveLength(width * height);
    const qc = drawPattern('qc', 1707, 961);
    const corners = [at(qc, 0, 0), at(qc, 1706, 0), at(qc, 0, 960), at(qc, 1706, 960)];
    expect(corners).toEqual([255, 255, 255, 255]);
    expect([at(qc, 853, 0), at(qc, 853, 960), at(qc, 0, 480), at(qc, 1706, 480)]).toEqual(corners);
  });

  it('hold every grey level in the ramp of the quality control pattern', () => {
    const qc = drawPattern('qc', 1600, 1000);
    expect(new Set(row(qc, 60).subarray(217, 1383)).size).toBe(256);
  });

  it('resolve single pixels', () => {
    expect([...row(drawPattern('lines-down', 801, 600), 7).subarray(0, 5)]).toEqual([
      0, 255, 0, 255, 0,
    ]);
    const across = drawPattern('lines-across', 800, 601);
    expect([0, 1, 2, 3].map((y) => at(across, 400, y))).toEqual([0, 255, 0, 255]);
  });

  it('set 5 % in black and 95 % in white', () => {
    const picture = drawPattern('patches', 1000, 800);
    expect([at(picture, 5, 5), at(picture, 250, 400)]).toEqual([0, 13]);
    expect([at(picture, 995, 5), at(picture, 750, 400)]).toEqual([255, 242]);
  });

  it('leave no seam between the fields of the contrast pattern', () => {
    const picture = drawPattern('contrast', 1707, 961);
    const levels = new Set(row(picture, 2));
    expect([...levels].sort((a, b) => a - b)).toEqual([0, 15, 30, 45, 60, 75]);
  });

  it('give the photometer a tenth of the screen', () => {
    const picture = drawLevel(30, 1600, 1000);
    const share = picture.grey.filter((grey) => grey === 30).length / picture.grey.length;
    expect(share).toBeCloseTo(0.1, 2);
    expect(at(picture, 0, 0)).toBe(153);
  });
});

it('ramps a mammogram from black to white and back', () => {
  const image = mammogramRamp(1001, 10);
  expect([0, 500, 1000].map((x) => rampGrey(image, x, 0))).toEqual([
    0,
    expect.closeTo(127.5, 0),
    255,
  ]);
  expect([0, 1000].map((x) => rampGrey(image, x, 9))).toEqual([255, 0]);
});

describe('the verdict', () => {
  const check: DisplayCheck = {
    at: '2026-01-31T12:00:00+01:00',
    display: '',
    by: '',
    screen: { width: 1600, height: 1000, devicePixelRatio: 1 },
    seen: {},
    luminances: [],
    ambient: 0,
  };

  it('is open while nothing was looked at', () => {
    expect(isDisplayGood(check)).toBeUndefined();
  });

  it('says how much it rests on', () => {
    expect(partsChecked(check)).toEqual({ done: 0, of: 9 });
    expect(partsChecked({ ...check, seen: { qc: 'bad' }, luminances: [1] }).done).toBe(2);
  });

  it('is bad where one thing is', () => {
    const seen = { qc: 'good', patches: 'good' } as const;
    expect(isDisplayGood({ ...check, seen })).toBe(true);
    expect(isDisplayGood({ ...check, seen: { ...seen, contrast: 'bad' } })).toBe(false);
    expect(isDisplayGood({ ...check, seen, screen: { ...check.screen, pitchMm: 0.3 } })).toBe(
      false,
    );
    expect(isDisplayGood({ ...check, seen, rampOff: 3 })).toBe(false);
  });

  it('is bad where luminances were measured that do not rise, or lie outside of the standard', () => {
    const seen = { qc: 'good' } as const;
    const clipped = Array.from({ length: 18 }, (_, i) => Math.min(1.2 + 30 * i, 400));
    const faint = Array.from({ length: 18 }, (_, i) => 0.01 * (i + 1));
    for (const luminances of [clipped, faint])
      expect(isDisplayGood({ ...check, seen, luminances })).toBe(false);
  });
});
