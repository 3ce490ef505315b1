import { afterEach, expect, it } from 'vitest';
import { correctedReport, sampleReport } from '../../core/report/testing/sample-report.ts';
import { speak } from '../../i18n/phrases/text.ts';
import { correctionsOf } from './report-words.ts';

afterEach(() => speak('en'));

const printed = (report = correctedReport()) =>
  report.lesions.map((lesion) => correctionsOf(report, lesion));

it('prints beside its lesion that the reader set the side', () => {
  expect(printed()).toEqual([[], ['Side of RCC set by the reader; the file says LCC.']]);
  expect(printed(sampleReport())).toEqual([[], []]);
});

it('prints it in Chinese, also where the file says nothing', () => {
  speak('zh-CN');
  expect(printed()).toEqual([[], ['RCC 的侧别由阅片医师指定；文件注明为 LCC。']]);
  const report = correctedReport();
  for (const image of report.images) image.viewInFile = '??';
  expect(printed(report)).toEqual([[], ['RCC 的侧别由阅片医师指定；文件未注明。']]);
});
