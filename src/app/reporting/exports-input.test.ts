import type { OpenImage } from '../../ports/analysis.ts';
import type { SizedView } from '../../core/lesion/lesion-size.ts';
import { message } from '../../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { buildCaseReport } from '../../core/report/build-case-report.ts';
import { caseReportSchema } from '../../core/report/case-report.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import { identityOf, reportedImage } from '../../core/report/reported-image.ts';
import { reportedFollowUp, reportedLesion } from './exports-input.ts';
import type { EngineStatus } from '../../ports/inference.ts';

const image: MammogramImage = {
  rows: 100,
  columns: 80,
  pixels: new Uint16Array(8000),
  bitsStored: 12,
  signed: false,
  photometricInterpretation: 'MONOCHROME1',
  modality: { slope: 2, intercept: -5 },
  voi: [{ kind: 'window', center: 2000, width: 3000, fn: 'SIGMOID' }],
  spacing: { row: 0.1, column: 0.1 },
  spacingSource: 'ImagerPixelSpacing',
  pixelAspect: 1,
};
const odd = testHeader({
  personName: 'Doe^Jane^^Dr',
  patientBirthDate: '1960.01.01',
  patientSex: 'female',
  studyTime: '10:11:12',
  contentTime: '10:11',
  contentDate: '2024-01-02',
  studyId: 'S-1',
});
const lesion = {
  id: 'a',
  number: 1,
  patientKey: 'patient:P1',
  marks: { '1.1': { x: 10, y: 10, width: 20, height: 20 } },
};

describe('what a report says of an image', () => {
  it('is how it is shown: polarity, rescale, window, spacing with its source', () => {
    const reported = reportedImage(testHeader(), image);
    expect(reported.display).toEqual({
      photometric: 'MONOCHROME1',
      rescale: { slope: 2, intercept: -5 },
      window: { center: 2000, width: 3000, function: 'SIGMOID' },
    });
    expect(reported.spacing).toEqual({ row: 0.1, column: 0.1, source: 'ImagerPixelSpacing' });
  });

  it('is valid even where the file holds dates and times of another form', () => {
    const images = [reportedImage(odd, image)];
    const report = buildCaseReport({
      say: ({ code }) => code,
      createdAt: localMoment(new Date()),
      program: { name: 'Tandem CADx', version: '0' },
      images,
      lesions: [{ lesion }],
      ...identityOf(images),
    });
    expect(caseReportSchema.safeParse(report).error).toBeUndefined();
    expect(report.patient).toEqual({ id: 'P1', name: 'Doe^Jane^^Dr', birthDate: '', sex: '' });
    expect(report.studies[0]).toMatchObject({ date: '20240102', time: '', id: 'S-1' });
  });
});

describe('a lesion without a score', () => {
  const none = {
    engine: undefined,
    result: undefined,
    cautions: [],
    assumedPrevalence: 0.5,
    specificity: 0.8 as const,
  };
  const problemOf = (result: ScoreOnShow) =>
    reportedLesion(lesion, { ...none, result }).scoreProblem;

  it('says why', () => {
    expect(reportedLesion(lesion, none).scoreProblem).toEqual(message('score.no-engine'));
    const lost = message('backend.device-lost');
    expect(problemOf({ phase: 'failed', basis: '', reason: lost })).toBe(lost);
    const both = message('join.breasts', { views: 'RCC, LCC' });
    expect(problemOf({ phase: 'refused', reasons: [{ text: both }] })).toBe(both);
    const apart = [{ view: 'RCC', text: message('scope.specimen') }, { text: both }];
    expect(problemOf({ phase: 'refused', reasons: apart })).toBe(both);
    expect(problemOf({ phase: 'waiting' })).toEqual(message('score.no-engine'));
    const ready = { phase: 'ready' } as EngineStatus;
    expect(
      reportedLesion(lesion, { ...none, engine: ready, result: { phase: 'waiting' } }).scoreProblem,
    ).toEqual(message('score.not-ready'));
    const problem = {
      code: 'in-air',
      severity: 'blocks',
      text: message('scope.in-air'),
    } as const;
    const result = { phase: 'withheld', basis: '', problems: { '1.1': problem } } as const;
    expect(reportedLesion(lesion, { ...none, result })).toMatchObject({
      scoreProblem: problem.text,
      markWarnings: { '1.1': [problem] },
    });
  });
});

it('a scored lesion names the operating point that is chosen, and every caution', () => {
  const point = { name: '80 % specificity', likelihood: 0.47, sensitivity: 0.8, specificity: 0.8 };
  const info = { backend: 'wasm', adapter: 'x', software: false, passedOver: [] } as const;
  const other = { ...point, name: '90 % specificity', specificity: 0.9 };
  const reference = { schemaVersion: 1, lesions: [], operatingPoints: [other, point] } as const;
  const engine = { phase: 'ready', info, reference } as unknown as EngineStatus;
  const result = {
    phase: 'scored',
    views: ['1.1'],
    outlines: [{ polygon: [], quality: 1 }],
    answer: { info, score: {} },
  } as unknown as ScoreOnShow;
  const cautions = [{ code: 'views-disagree', text: message('caution.views-disagree') }] as const;
  const held = (specificity: 0.8 | 0.9) =>
    reportedLesion(lesion, { engine, result, cautions, assumedPrevalence: 0.5, specificity });
  const reported = held(0.8);
  expect(reported.scored).toMatchObject({ views: ['1.1'], operatingPoint: point });
  expect(held(0.9).scored).toMatchObject({ operatingPoint: other });
  expect(reported.cautions).toEqual(cautions);
});

it('writes the moment in local time with its offset', () => {
  const now = new Date('2026-01-31T12:00:00Z');
  const text = localMoment(now);
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  expect(Date.parse(text)).toBe(now.getTime());
});

it('has the size of a lesion then and now where the reader linked it to an earlier exam', () => {
  const exam = (sop: string, studyDate: string): OpenImage => {
    const header = testHeader({ sopInstanceUid: sop, studyInstanceUid: `1.${sop}`, studyDate });
    return { path: sop, header, asRead: header, rows: 9, columns: 9, digest: '', scopeNotes: [] };
  };
  const images = [exam('now', '20260101'), exam('then', '20250101')];
  const box = { x: 0, y: 0, width: 5, height: 5 };
  const lesion = { id: 'a', patientKey: 'p', number: 1, marks: { now: box }, sameAs: 'b' };
  const earlier = { id: 'b', patientKey: 'p', number: 4, marks: { then: box } };
  const sizesOf = ({ id }: { id: string }): SizedView[] => [
    { sopInstanceUid: id, view: 'RCC', plane: 'detector', box: id === 'a' ? 9 : 7 },
  ];
  const found = reportedFollowUp(lesion, [lesion, earlier], images, sizesOf);
  expect(found).toMatchObject({ number: 4, date: '20250101', now: { mm: 9 }, then: { mm: 7 } });
  expect(found?.mmAYear).toBeCloseTo(2, 2);
  expect(reportedFollowUp({ ...lesion, sameAs: '' }, [lesion, earlier], images, sizesOf)).toBe(
    undefined,
  );
  // An exam cannot be compared with a later one.
  expect(reportedFollowUp({ ...earlier, sameAs: 'a' }, [lesion, earlier], images, sizesOf)).toBe(
    undefined,
  );
});
