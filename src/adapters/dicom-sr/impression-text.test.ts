import { expect, it } from 'vitest';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { likelihoodText } from './impression-text.ts';

const score = sampleReport().lesions[0]?.score;
if (!score) throw new Error('the sample has a score');

it('never says that a likelihood is 0 or 100 %, and says the prevalence as it was chosen', () => {
  const extreme = (value: number, low: number, high: number, assumedPrevalence: number) =>
    likelihoodText({
      ...score,
      siteCalibration: undefined,
      likelihood: { value, low, high },
      trainingPrevalence: assumedPrevalence,
      assumedPrevalence,
    });
  expect(extreme(0.99999, 0.93, 0.9999999, 0.999999)).toContain(
    '> 99.9 % (95 % interval 93.0 % to > 99.9 %) at an assumed prevalence of 99.9999 %.',
  );
  expect(extreme(0.00001, 0, 0.02, 0.0005)).toContain(
    '< 0.1 % (95 % interval < 0.1 % to 2.0 %) at an assumed prevalence of 0.05 %.',
  );
});
