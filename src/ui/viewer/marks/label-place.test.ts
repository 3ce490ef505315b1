import { expect, it } from 'vitest';
import {
  boxLabelPlace,
  type LabelPlace,
  heldInView,
  isInView,
  textWidth,
  wrapped,
} from './label-place.ts';

const view = { width: 400, height: 300 };
const size = 13;
const width = textWidth('2: 96 %', size);
const box = { x: 100, y: 100, width: 50, height: 40 };
const isInside = ({ x, y, textAnchor }: LabelPlace) => {
  const left = textAnchor === 'start' ? x : x - width;
  return left >= 0 && left + width <= view.width && y - size >= 0 && y <= view.height;
};

it('stands above its box, or below where there is no room', () => {
  expect(boxLabelPlace(box, width, size, view)).toEqual({
    ...{ x: 100, y: 95 },
    textAnchor: 'start',
  });
  expect(boxLabelPlace({ ...box, y: 10 }, width, size, view).y).toBe(65);
});

it.each([
  ['beyond the left', { ...box, x: -80 }],
  ['at the right edge', { ...box, x: 390 }],
  ['over the whole view', { x: -50, y: -50, width: 600, height: 600 }],
  ['at the lower edge', { ...box, y: 290 }],
])('is held in the view when the box lies %s', (_, at) => {
  expect(isInside(boxLabelPlace(at, width, size, view))).toBe(true);
});

it('ends with a box that it would leave the view beside, so that the number alone stands there too', () => {
  const atChestWall = { ...box, x: 360, width: 30 };
  expect(boxLabelPlace(atChestWall, width, size, view)).toMatchObject({
    x: 390,
    textAnchor: 'end',
  });
  const cutOff = boxLabelPlace({ ...box, x: 380 }, width, size, view);
  expect(cutOff).toMatchObject({ x: 396, textAnchor: 'end' });
});

it('counts Chinese characters as wide as they are high', () => {
  expect(textWidth('距乳头', 12)).toBe(36);
  expect(heldInView({ x: 390, y: 5 }, 36, 12, view)).toEqual({ x: 360, y: 16 });
});

it('knows a box that the view shows nothing of', () => {
  expect(isInView({ ...box, x: -49 }, view)).toBe(true);
  expect(isInView({ ...box, x: -50 }, view)).toBe(false);
  expect(isInView({ ...box, y: 300 }, view)).toBe(false);
});

it('breaks a text after blanks, and between Chinese characters', () => {
  const room = textWidth('76 ± 10 mm from', 12);
  expect(wrapped('76 ± 10 mm from the nipple', 12, room)).toEqual([
    '76 ± 10 mm from ',
    'the nipple',
  ]);
  expect(wrapped('76 ± 10 mm', 12, room)).toEqual(['76 ± 10 mm']);
  expect(wrapped('距乳头距乳头', 12, 40)).toEqual(['距乳头', '距乳头']);
  expect(wrapped('unbreakable', 12, 20)).toEqual(['unbreakable']);
});
