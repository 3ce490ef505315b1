import { expect, it } from 'vitest';
import { parseCaseReport } from './report-json.ts';
import { asAssumed, viewAsAssumed } from './prevalence.ts';
import type { ReportScore } from './report-lesion.ts';
import { sampleReport } from './testing/sample-report.ts';

const site = { name: 'North', calibration: { a: -1, b: 1 }, prevalence: 0.5, lesions: 240 };

it('keeps the calibration of the site over a file, and applies it to the lesion alone', () => {
  const report = sampleReport();
  const [lesion] = report.lesions;
  const score = lesion?.score as ReportScore;
  const with_ = { ...score, assumedPrevalence: 0.5, siteCalibration: site };
  const read = parseCaseReport(
    JSON.stringify({ ...report, lesions: [{ ...lesion, score: with_ }] }),
  );
  if (!read.ok) throw new Error(read.error.code);
  const back = read.value.lesions[0]?.score as ReportScore;
  expect(back.siteCalibration).toEqual(site);
  // 0.5 through the sigmoid is 1 / (1 + e).
  expect(asAssumed(back, 0.5)).toBeCloseTo(1 / (1 + Math.E), 12);
  const [view = ''] = back.views;
  expect(viewAsAssumed(back, view)).toBe(viewAsAssumed({ ...score, assumedPrevalence: 0.5 }, view));
});
