import { expect, it } from 'vitest';
import { fileStem } from './file-stem.ts';
import { sampleReport } from './testing/sample-report.ts';
import { withoutNames } from './without-names.ts';

const named = (name: string, id = 'ID-7') => {
  const report = sampleReport();
  return { ...report, patient: { ...report.patient, name, id } };
};

it('calls files after patient and newest study', () => {
  expect(fileStem(named('Doe^Jane^^^Jr'))).toBe('Doe_Jane_Jr_20260102');
  expect(fileStem(named('山田^花子'))).toBe('山田_花子_20260102');
  expect(fileStem(named('', 'A/1..\\7'))).toBe('A_1_7_20260102');
});

it('leaves out what a file system or a shell reads as something else', () => {
  expect(fileStem(named('../../etc^"$(rm)"\u202e'))).toBe('etc_rm_20260102');
  expect(fileStem(named('x'.repeat(300)))).toHaveLength(40 + 9);
});

it('names nobody where the report names nobody', () => {
  expect(fileStem(withoutNames(named('Doe^Jane')))).toBe('tandem');
});
