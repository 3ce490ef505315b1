import { expect, it } from 'vitest';
import { contentKey, superseded, type ReportDocument } from './report-documents.ts';
import { sampleReport } from './testing/sample-report.ts';

const document = (uid: string, change: Partial<ReportDocument> = {}): ReportDocument => ({
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.50',
  sopInstanceUid: uid,
  seriesInstanceUid: `${uid}.0`,
  studyInstanceUid: '1.2',
  writer: 'here',
  writtenAt: 0,
  replaces: [],
  ...change,
});
const oldOf = (...documents: ReportDocument[]) => [...superseded(documents)].sort();

it('lets a document supersede those that it names, whatever the clocks and writers say', () => {
  const first = document('1', { writer: 'there', writtenAt: 900 });
  const second = document('2', { replaces: ['1'], writtenAt: 100 });
  expect(oldOf(first, second)).toEqual(['1']);
  expect(oldOf(second, first)).toEqual(['1']);
});

it('follows the chain', () => {
  const writers = ['a', 'b', 'c'] as const;
  const [one, two, three] = writers.map((writer, i) =>
    document(String(i + 1), { writer, replaces: i === 0 ? [] : [String(i)] }),
  ) as [ReportDocument, ReportDocument, ReportDocument];
  expect(oldOf(one, two, three)).toEqual(['1', '2']);
});

it('takes the newest of one installation on one study, with all its forms', () => {
  const old = document('1', { writtenAt: 100 });
  const cad = document('2', { writtenAt: 200 });
  const state = document('3', { writtenAt: 200, sopClassUid: '1.2.840.10008.5.1.4.1.1.11.1' });
  const elsewhere = document('4', { writtenAt: 100, studyInstanceUid: '1.3' });
  expect(oldOf(old, cad, state, elsewhere)).toEqual(['1']);
});

it('keeps what two installations wrote without knowing of each other, and what nobody signed', () => {
  expect(
    oldOf(document('1', { writer: 'a' }), document('2', { writer: 'b', writtenAt: 9 })),
  ).toEqual([]);
  expect(oldOf(document('1', { writer: '' }), document('2', { writer: '', writtenAt: 9 }))).toEqual(
    [],
  );
});

it('is not led to lose all by documents that name each other', () => {
  const [a, b] = [document('1', { replaces: ['2'] }), document('2', { replaces: ['1'] })];
  expect(oldOf(a, b)).toEqual([]);
  expect(oldOf({ ...a, replaces: ['2', '1'] }, { ...b, writtenAt: 5 })).toEqual(['1']);
});

it('knows two reports that say the same at different times', () => {
  const again = { ...sampleReport(), createdAt: '2026-02-01T00:00:00Z' };
  expect(contentKey(again)).toBe(contentKey(sampleReport()));
  again.lesions = again.lesions.slice(1);
  expect(contentKey(again)).not.toBe(contentKey(sampleReport()));
});
