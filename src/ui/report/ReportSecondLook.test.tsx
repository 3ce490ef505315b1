// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { secondLookReport } from '../../core/report/testing/sample-report.ts';
import { LesionFound, ReportSecondLookSection } from './ReportSecondLook.tsx';

afterEach(cleanup);

it('prints every finding with its answer, what was marked before, and the limits', () => {
  const report = secondLookReport();
  const [look] = report.secondLooks ?? [];
  if (!look) throw new Error('the sample has a second look');
  render(<ReportSecondLookSection {...{ report, look }} />);
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows.slice(1)).toEqual([
    expect.stringContaining("LCC + LMLO71 %agrees with the reader's lesion 1"),
    expect.stringContaining('accepted: lesion 3, 2026-01-31 11:59'),
    expect.stringContaining('dismissed: vessel, 2026-01-31 11:59'),
    expect.stringContaining('not answered'),
  ]);
  const said = screen.getByTestId('report-second-look').textContent;
  expect(said).toContain('marked by then: lesion 1 (LCC + LMLO).');
  expect(said).toContain('RMLO was not looked at: A magnification view.');
  expect(said).toContain('no likelihood of malignancy');
  expect(said).toContain('Masses only: calcifications are not looked for.');
});

it('says at a lesion who found it first', () => {
  const report = secondLookReport();
  const [first, third] = report.lesions;
  const { rerender } = render(<LesionFound report={report} lesionId={first?.id ?? ''} />);
  expect(screen.getByTestId('report-found').textContent).toContain('marked by the reader too');
  rerender(<LesionFound report={report} lesionId={third?.id ?? ''} />);
  expect(screen.getByTestId('report-found').textContent).toContain('found by the program first');
  rerender(<LesionFound report={{ ...report, secondLooks: [] }} lesionId={third?.id ?? ''} />);
  expect(screen.queryByTestId('report-found')).toBeNull();
});
