import { describe, expect, it } from 'vitest';
import { breastLandmarks } from '../image/nipple.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { Candidate } from './candidates.ts';
import { withViewCues } from './view-cues.ts';

/** A half disc of tissue at the left edge, 0.2 mm a pixel, with a brighter square at (100, 200). */
const WORKING: WorkingImage = (() => {
  const [width, height] = [400, 400];
  const data = new Float32Array(width * height);
  const breast = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (Math.hypot(x, y - 200) > 190) continue;
      const bright = Math.abs(x - 100) < 20 && Math.abs(y - 200) < 20;
      data[y * width + x] = bright ? 0.9 : 0.4;
      breast[y * width + x] = 1;
    }
  return { width, height, data, breast, columnsPerPixel: 2, rowsPerPixel: 2, mmPerPixel: 0.2 };
})();

const at = (x: number, y: number, side: number, score = 0.5): Candidate => ({
  box: { x: x - side / 2, y: y - side / 2, width: side, height: side },
  score,
  outcome: 0.3,
  features: Float32Array.of(1),
});

describe('withViewCues', () => {
  it('measures size, place and grey in mm and working grey', () => {
    const [mass] = withViewCues([at(200, 400, 80)], WORKING, 'CC');
    expect(mass?.side).toBeCloseTo(8);
    expect(mass?.cues.wall).toBeCloseTo(20 / 40, 1);
    // 90 working pixels from the skin along its row.
    expect(mass?.cues.skin).toBeCloseTo(18 / 40, 1);
    const nipple = breastLandmarks(WORKING).nipple;
    const apart = nipple && 0.1 * Math.hypot(nipple.x - 200, nipple.y - 400);
    expect(mass?.nippleDistance).toBeCloseTo(apart ?? Number.NaN);
    // The square's corners reach into the ring.
    expect(mass?.cues.contrast).toBeCloseTo(0.41, 2);
    expect(mass?.cues.grey).toBeCloseTo(0.9, 2);
    expect(mass?.cues.breast).toBe(1);
    expect(mass?.cues.pectoral).toBe(0);
  });

  it('knows the corner of the pectoral muscle in an MLO only', () => {
    const corner = at(30, 60, 40);
    const [mlo] = withViewCues([corner], WORKING, 'MLO');
    expect(mlo?.cues.pectoral).toBeGreaterThan(0.5);
    const [low] = withViewCues([at(200, 700, 40)], WORKING, 'MLO');
    expect(low?.cues.pectoral).toBeLessThan(0.2);
  });

  it('leads by the distance to the best other mark of the view', () => {
    const [first, second] = withViewCues(
      [at(200, 400, 80, 0.8), at(200, 600, 80, 0.2)],
      WORKING,
      'CC',
    );
    expect(first?.cues.lead).toBeCloseTo(2 * Math.log(4));
    expect(second?.cues.lead).toBeCloseTo(-2 * Math.log(4));
  });

  it('tells air from breast', () => {
    const [air] = withViewCues([at(700, 100, 60)], WORKING, 'CC');
    expect(air?.cues.breast).toBe(0);
  });
});
