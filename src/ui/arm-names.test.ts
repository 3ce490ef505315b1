import { expect, test } from 'vitest';
import { armNames } from './arm-names.ts';

test('an arm that only a pack knows is told by its name there', () => {
  expect(armNames('analytic').model).toBe('Measured features');
  expect(armNames('analytic-outline')).toEqual({
    model: 'Measured features: outline',
    value: 'SVM, outline',
    likelihood: 'Model outline, at training prevalence',
  });
});
