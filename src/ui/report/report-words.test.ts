import { afterEach, expect, it } from 'vitest';
import { correctedReport, sampleReport } from '../../core/report/testing/sample-report.ts';
import { fetchLanguage } from '../../i18n/languages.ts';
import { speak } from '../../i18n/phrases/text.ts';
import {
  correctionsOf,
  datedTitle,
  lesionTitle,
  limitsOf,
  notScoredLines,
} from './report-words.ts';

afterEach(() => speak('en'));

const printed = (report = correctedReport()) =>
  report.lesions.map((lesion) => correctionsOf(report, lesion));

it('prints beside its lesion that the reader set the side', () => {
  expect(printed()).toEqual([[], ['Side of RCC set by the reader; the file says LCC.']]);
  expect(printed(sampleReport())).toEqual([[], []]);
});

it('prints it in Chinese, also where the file says nothing', async () => {
  await fetchLanguage('zh-CN');
  speak('zh-CN');
  expect(printed()).toEqual([[], ['RCC 的侧别由阅片医师指定；文件注明为 LCC。']]);
  const report = correctedReport();
  for (const image of report.images) image.viewInFile = '??';
  expect(printed(report)).toEqual([[], ['RCC 的侧别由阅片医师指定；文件未注明。']]);
});

it('tells lesions and pictures of two exams apart by their dates', () => {
  const report = sampleReport();
  const [lesion, image] = [report.lesions[0]!, report.images[0]];
  expect(lesionTitle(report, lesion)).toBe('Lesion 1');
  expect(datedTitle(report, image)).toBe('RCC');
  const [study] = report.studies;
  const older = { ...study!, studyInstanceUid: '1.9', date: '20240101' };
  const both = { ...report, studies: [{ ...study!, date: '20260102' }, older] };
  expect(lesionTitle(both, lesion)).toBe('Lesion 1 · 2026-01-02');
  expect(datedTitle(both, image)).toBe('RCC 2026-01-02');
  expect(datedTitle(both, { ...image!, studyInstanceUid: '1.9' })).toBe('RCC 2024-01-01');
});

it('prints the reason why a lesion has no score once, with its view', () => {
  const report = sampleReport();
  const [lesion] = report.lesions;
  if (!lesion) throw new Error('the sample has no lesion');
  const text = 'The mark lies mostly outside the breast.';
  const warning = { code: 'outside-breast', severity: 'blocks', text } as const;
  const [first, ...others] = lesion.marks;
  if (!first) throw new Error('the lesion has no mark');
  const withheld = {
    ...lesion,
    scoreProblem: text,
    marks: [{ ...first, warnings: [warning] }, ...others],
  };
  expect(notScoredLines(report, withheld)).toEqual([
    expect.stringMatching(/^Not scored: LCC: The mark/),
  ]);
  expect(limitsOf(report, withheld).join()).not.toContain(text);
  expect(limitsOf(report, { ...withheld, scoreProblem: 'Something else.' }).join()).toContain(text);
  expect(notScoredLines(report, { ...lesion, scoreProblem: 'The score was not ready.' })).toEqual([
    'Not scored: The score was not ready.',
  ]);
});
