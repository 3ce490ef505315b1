import { expect, it } from 'vitest';
import { magnificationOf } from './magnification.ts';

it.each([
  [[1.8, undefined, undefined], { factor: 1.8, from: 'stated' }],
  [[undefined, 660, 360], { factor: 660 / 360, from: 'distances' }],
  [[0, 660, 360], { factor: 660 / 360, from: 'distances' }],
  [[1.056, 660, 625], { factor: 1.056, from: 'stated' }],
  [[106, 660, 625], { factor: 1.056, from: 'distances', impossible: 106 }],
  [[106, undefined, undefined], { impossible: 106 }],
  [[0.5, undefined, undefined], { impossible: 0.5 }],
  [[-1.8, undefined, undefined], { impossible: -1.8 }],
  [[1, 660, 360], { factor: 1, from: 'stated', distancesSay: 660 / 360 }],
  [[undefined, 660, 0], {}],
  [[undefined, 360, 660], {}],
  [[undefined, undefined, undefined], {}],
] as const)('%j', ([stated, detector, patient], wanted) => {
  expect(magnificationOf(stated, detector, patient)).toEqual(wanted);
});
