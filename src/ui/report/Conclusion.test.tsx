// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { CaseReport } from '../../core/report/case-report.ts';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { Conclusion } from './Conclusion.tsx';

afterEach(cleanup);

const PRIOR = '1.9';

/** The sample, whose right views are of a prior that has words of its own. */
const withPrior = (priorDate = '20200101'): CaseReport => {
  const report = sampleReport();
  const [study] = report.studies;
  if (!study) throw new Error('the sample has a study');
  return {
    ...report,
    studies: [
      {
        ...study,
        studyInstanceUid: PRIOR,
        date: priorDate,
        reading: { categories: { R: '2', L: '1' }, density: 'b', conclusion: 'Cyst.' },
      },
      { ...study, reading: { categories: { L: '4B' }, conclusion: 'Biopsy left.' } },
    ],
    images: report.images.map((image) =>
      image.laterality === 'R' ? { ...image, studyInstanceUid: PRIOR } : image,
    ),
  };
};

const shownOf = (report: CaseReport) => {
  render(<Conclusion report={report} />);
  return {
    headings: screen.getAllByRole('heading', { level: 3 }).map((h) => h.textContent),
    text: screen.getByTestId('report-conclusion').textContent,
    lesions: screen.getAllByRole('listitem').map((li) => li.textContent),
  };
};

it('heads the breasts with what was said of the newest exam alone', () => {
  const { headings, text } = shownOf(withPrior());
  expect(headings).toEqual(['2026-01-02', '2020-01-01', 'Right breast', 'Left breast: BI-RADS 4B']);
  expect(text).toContain('2020-01-01Cyst.Breast density (ACR): bRight breast: BI-RADS 2');
});

it('dates the lesions of other exams', () => {
  const { lesions } = shownOf(withPrior());
  expect(lesions).toEqual([
    expect.stringMatching(/^Lesion 3, .*; other exam, 2020-01-01; /),
    expect.not.stringContaining('other exam'),
  ]);
});

it('takes an exam without a date for another one', () => {
  const { headings, lesions } = shownOf(withPrior(''));
  expect(headings).toEqual(['2026-01-02', 'no date', 'Right breast', 'Left breast: BI-RADS 4B']);
  expect(lesions[0]).toContain('; other exam, no date; ');
});

it('takes two studies of one day for one exam', () => {
  const { headings, lesions, text } = shownOf(withPrior('20260102'));
  expect(headings.slice(-2)).toEqual(['Right breast: BI-RADS 2', 'Left breast: BI-RADS 1']);
  expect(text).toContain('Biopsy left.Left breast: BI-RADS 4B');
  expect(lesions.join()).not.toContain('other exam');
});
