import { describe, expect, it } from 'vitest';
import { breastFrame, fromImage } from './breast-frame.ts';
import { registered, registrationOf, type Registrable } from './register.ts';

const PLAIN = { transpose: false, flipHorizontal: false, flipVertical: false };

/** A breast in the whole of an image, of `columns` x `rows` pixels of `mm`. */
const view = (
  columns: number,
  rows: number,
  mm: number | undefined,
  more: { readonly mirrored?: true; readonly nipple?: Registrable['nipple'] } = {},
): Registrable => ({
  frame: breastFrame(
    { columns, rows, columnSpacing: mm ?? 1, rowSpacing: mm ?? 1 },
    { ...PLAIN, flipHorizontal: more.mirrored === true },
    'left',
    undefined,
  ),
  calibrated: mm !== undefined,
  nipple: more.nipple,
});

describe('a prior laid over the current view', () => {
  it('has its nipple where that of the current one is, at as many millimetres a pixel', () => {
    const now = view(800, 1000, 0.1, { nipple: { x: 700, y: 480 } });
    const then = view(500, 700, 0.2, { nipple: { x: 330, y: 400 } });
    expect(registrationOf(now, then)).toEqual({ at: 'nipple', size: 'mm' });
    // 10 mm inwards and 4 mm below the nipple.
    const look = registered(now, then, { center: { x: 600, y: 520 }, scale: 3 });
    expect(look.scale).toBe(3);
    expect(look.center.x).toBeCloseTo(330 - 50, 9);
    expect(look.center.y).toBeCloseTo(400 + 20, 9);
  });

  it('is mirrored where it is stored the other way round', () => {
    const now = view(800, 1000, 0.1, { nipple: { x: 700, y: 500 } });
    const then = view(800, 1000, 0.1, { mirrored: true, nipple: { x: 100, y: 450 } });
    const { center } = registered(now, then, { center: { x: 600, y: 500 }, scale: 3 });
    expect(center.x).toBeCloseTo(200, 9);
    expect(center.y).toBeCloseTo(450, 9);
  });

  it('lies with its foremost point where one nipple is not known', () => {
    const now = view(800, 1000, 0.1, { nipple: { x: 700, y: 480 } });
    const then = view(400, 600, 0.1);
    expect(registrationOf(now, then)).toEqual({ at: 'outline', size: 'mm' });
    const { center } = registered(now, then, { center: { x: 700, y: 500 }, scale: 3 });
    const { depth, below } = fromImage(then.frame, center);
    expect([depth, below]).toEqual([40 - 10, expect.closeTo(0, 9)]);
  });

  it('is as large as the current breast where one has no millimetres', () => {
    const now = view(800, 1000, 0.1);
    const then = view(400, 500, undefined);
    expect(registrationOf(now, then).size).toBe('outline');
    // The middle of one is the middle of the other, and 80 mm are as long as 400 columns.
    const { center, scale } = registered(now, then, { center: { x: 400, y: 500 }, scale: 3 });
    expect(scale * 400).toBeCloseTo(3 * 80, 9);
    expect(center.x).toBeCloseTo(200, 9);
    expect(center.y).toBeCloseTo(250, 9);
  });

  it('and back again is where it began', () => {
    const now = view(800, 1000, 0.1, { nipple: { x: 700, y: 480 } });
    const then = view(300, 500, undefined, { nipple: { x: 260, y: 200 } });
    const look = { center: { x: 123, y: 456 }, scale: 2.5 };
    const back = registered(then, now, registered(now, then, look));
    expect(back.center.x).toBeCloseTo(123, 9);
    expect(back.center.y).toBeCloseTo(456, 9);
    expect(back.scale).toBeCloseTo(2.5, 9);
  });
});
