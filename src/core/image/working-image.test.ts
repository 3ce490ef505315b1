import { describe, expect, it } from 'vitest';
import { breastMask, otsuThreshold } from './breast-mask.ts';
import { testImage } from './testing.ts';
import { maskedPercentiles, toWorkingImage, type WorkingRule } from './working-image.ts';

const rule: WorkingRule = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 100,
  lowPercentile: 2,
  highPercentile: 99.5,
};
/** A half-disc breast at the left edge on black air, brighter towards its middle. */
const breastAt = (columns: number, rows: number, gain = 1, offset = 0) =>
  testImage(columns, rows, (x, y) => {
    const r = Math.hypot(x / columns / 0.8, (y / rows - 0.5) / 0.45);
    return r < 1 ? offset + gain * (500 + 1000 * (1 - r)) : 0;
  });

describe('breast mask', () => {
  it('keeps the breast and drops a bright film label beside it', () => {
    const image = breastAt(80, 100);
    const data = Float32Array.from(image.pixels, (v) => v / 4095);
    for (let y = 2; y < 8; y++) for (let x = 70; x < 78; x++) data[y * 80 + x] = 1;
    const mask = breastMask({ width: 80, height: 100, data });
    expect(mask[50 * 80 + 5]).toBe(1);
    expect(mask[5 * 80 + 74]).toBe(0);
    expect(mask[98 * 80 + 70]).toBe(0);
  });

  it("Otsu's threshold parts two classes", () => {
    const t = otsuThreshold(Float32Array.of(0.1, 0.12, 0.11, 0.8, 0.82));
    expect(t).toBeGreaterThan(0.12);
    expect(t).toBeLessThan(0.8);
  });
});

describe('working image', () => {
  it('reaches the pitch of the rule where spacing is known', () => {
    const image = { ...breastAt(800, 960), spacing: { row: 0.1, column: 0.1 } };
    const working = toWorkingImage(image, rule);
    expect([working.width, working.height]).toEqual([400, 480]);
    expect(working.mmPerPixel).toBeCloseTo(0.2, 10);
    expect(working.columnsPerPixel).toBe(2);
  });

  it.each([
    ['a hundredth of a millimetre', 0.01],
    ['a millimetre', 1],
  ])('does not believe a spacing of %s: no breast is of that size', (_, mm) => {
    const image = { ...breastAt(800, 960), spacing: { row: mm, column: mm } };
    const working = toWorkingImage(image, rule);
    expect(working.mmPerPixel).toBeUndefined();
    expect(working.height).toBe(rule.rowsWithoutSpacing);
  });

  it('reaches the height of the rule where spacing is unknown, and never grows columns', () => {
    expect(toWorkingImage(breastAt(160, 200), rule).height).toBe(100);
    expect(toWorkingImage(breastAt(60, 80), rule).width).toBe(60);
  });

  it('stretches rows of a squeezed image to square pixels', () => {
    const working = toWorkingImage({ ...breastAt(80, 50), pixelAspect: 2 }, rule);
    expect([working.width, working.height]).toEqual([80, 100]);
    expect(working.rowsPerPixel).toBe(0.5);
  });

  it('scales grey by breast percentiles: gain and offset of the tissue do not matter', () => {
    const plain = toWorkingImage(breastAt(80, 100), rule);
    const changed = toWorkingImage(breastAt(80, 100, 1.8, 200), rule);
    expect(Math.max(...plain.data)).toBe(1);
    for (let i = 0; i < plain.data.length; i += 7)
      expect(Math.abs((plain.data[i] ?? 0) - (changed.data[i] ?? 0))).toBeLessThan(0.01);
  });

  it('comes back all 0 for an image without contrast', () => {
    const working = toWorkingImage(
      testImage(50, 50, () => 700),
      rule,
    );
    expect(Math.max(...working.data)).toBe(0);
  });

  it('takes percentiles inside the mask only', () => {
    const data = Float32Array.from({ length: 100 }, (_, i) => i / 100);
    const mask = Uint8Array.from({ length: 100 }, (_, i) => (i >= 50 ? 1 : 0));
    expect(maskedPercentiles(data, mask, [50])[0]).toBeCloseTo(0.75, 1);
  });
});
