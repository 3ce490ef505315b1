import { expect, it } from 'vitest';
import { breastFrame } from './breast-frame.ts';
import { roomierLayout } from './roomier.ts';

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
/** A breast that fills an image of so many millimetres. */
const views = (width: number, height: number) => {
  const geometry = { columns: width, rows: height, columnSpacing: 1, rowSpacing: 1 };
  const frame = breastFrame(geometry, AS_STORED, 'left', undefined);
  return ['CC', 'CC', 'MLO', 'MLO'].map((level) => ({ frame, level, calibrated: true }));
};

it('hangs tall breasts in a row on a wide screen, and two by two on an upright one', () => {
  expect(roomierLayout(views(100, 220), { width: 1550, height: 950 }, 'four')).toBe('row');
  expect(roomierLayout(views(100, 220), { width: 1000, height: 1800 }, 'row')).toBe('four');
});

it('leaves the layout on screen alone where the other gains little', () => {
  // 2 x 2 of 400 x 400 lets 200 mm be 2 a mm, a row of 200 x 800 100 mm be 2 a mm: alike.
  for (const now of ['four', 'row'] as const)
    expect(roomierLayout(views(100, 200), { width: 800, height: 800 }, now)).toBe(now);
});
