import { describe, expect, it } from 'vitest';
import { isBoxInside } from '../../src/core/roi/box.ts';
import { makeDemoCase } from './demo-case.ts';
import { demoIndex } from './demo-index.ts';

const SMALL = { seed: 11, pixel: 1.6, noiseSize: 16 };
const images = makeDemoCase(SMALL);

describe('makeDemoCase', () => {
  it('makes RCC, LCC, RMLO, LMLO', () => {
    expect(images.map((i) => i.side + i.view)).toEqual(['RCC', 'LCC', 'RMLO', 'LMLO']);
    for (const image of images) expect(image.pixels.length).toBe(image.rows * image.columns);
  });

  it('gives the same pixels for the same seed and others for another', () => {
    const again = makeDemoCase(SMALL);
    const other = makeDemoCase({ ...SMALL, seed: 12 });
    images.forEach((image, i) => {
      expect(again[i]?.pixels).toEqual(image.pixels);
      expect(other[i]?.pixels).not.toEqual(image.pixels);
    });
  });

  it('keeps to 12 bits, with air exactly 0 and the breast above it', () => {
    for (const { pixels, side, columns, rows } of images) {
      const air = side === 'R' ? 0 : columns - 1;
      const wall = side === 'R' ? columns - 1 : 0;
      const middle = Math.floor(rows / 2) * columns;
      expect(pixels[middle + air]).toBe(0);
      expect(pixels[middle + wall]).toBeGreaterThan(0);
      expect(pixels.reduce((a, b) => Math.max(a, b), 0)).toBeLessThanOrEqual(4095);
    }
  });

  it('marks each lesion inside the image, on tissue, in both views of one breast', () => {
    for (const { marks, columns, rows, pixels } of images) {
      expect(marks).toHaveLength(1);
      for (const { box } of marks) {
        expect(isBoxInside(box, columns, rows)).toBe(true);
        const x = Math.round(box.x + box.width / 2);
        const y = Math.round(box.y + box.height / 2);
        expect(pixels[y * columns + x]).toBeGreaterThan(0);
      }
    }
  });

  it('projects a lesion to nipple distances that agree between CC and MLO', () => {
    for (const side of ['R', 'L']) {
      const [cc, mlo] = images
        .filter((image) => image.side === side)
        .map(({ marks, nipple, pixel }) => {
          const box = marks[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
          const dx = box.x + box.width / 2 - nipple.x;
          const dy = box.y + box.height / 2 - nipple.y;
          return Math.hypot(dx, dy) * pixel;
        });
      expect(Math.abs((cc as number) - (mlo as number))).toBeLessThan(8);
    }
  });
});

describe('demoIndex', () => {
  it('lists four files and each lesion with a mark on two of them', () => {
    const [demo] = demoIndex(images).cases;
    expect(demo?.synthetic).toBe(true);
    expect(demo?.files).toHaveLength(4);
    expect(demo?.lesions.map((l) => Object.keys(l.marks))).toEqual([
      ['demo-1-RCC.dcm', 'demo-1-RMLO.dcm'],
      ['demo-1-LCC.dcm', 'demo-1-LMLO.dcm'],
    ]);
  });
});
