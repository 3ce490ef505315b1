import { describe, expect, it } from 'vitest';
import { buildCaseReport, personNameOf } from './build-case-report.ts';
import { formatCaseReport, migrate, parseCaseReport } from './report-json.ts';
import { restoreJson } from './restore-report.ts';
import { withoutNames } from './without-names.ts';
import { SAMPLE_UIDS, sampleReport, secondLookReport } from './testing/sample-report.ts';
import type { ReportLesion } from './report-lesion.ts';
import { toLesions } from './restored.ts';
import { message } from '../message/message.ts';
import { testHeader } from '../dicom/test-header.ts';
import type { LesionScore } from '../lesion/types.ts';

const errorOf = (value: unknown) => {
  const parsed = parseCaseReport(JSON.stringify(value));
  return parsed.ok ? undefined : parsed.error;
};

const damagedAt = (place: string) => ({
  code: 'report.damaged',
  values: { reason: expect.stringMatching(new RegExp(place)) as string },
});

describe('parseCaseReport', () => {
  it('brings back geometry and scores to the last digit', () => {
    const text = formatCaseReport(sampleReport());
    expect(parseCaseReport(text)).toEqual({ ok: true, value: sampleReport() });
  });

  it('says what is not a report, what is newer and what is damaged', () => {
    expect(parseCaseReport('{')).toMatchObject({ error: { code: 'report.not-json' } });
    expect(errorOf({ lesions: [] })).toEqual(message('report.foreign'));
    expect(errorOf([1])).toEqual(message('report.foreign'));
    expect(errorOf({ ...sampleReport(), schemaVersion: 3 })).toEqual(
      message('report.newer', { schema: 3, known: 2 }),
    );
    expect(errorOf({ ...sampleReport(), createdAt: 'yesterday' })).toMatchObject(
      damagedAt('createdAt'),
    );
    expect(errorOf({ ...sampleReport(), createdAt: '2026-01-31T12:00:00' })).toMatchObject(
      damagedAt('createdAt'),
    );
  });

  it('brings back the second look, and finds what contradicts it', () => {
    const text = formatCaseReport(secondLookReport());
    expect(parseCaseReport(text)).toEqual({ ok: true, value: secondLookReport() });
    const cases: [(report: ReturnType<typeof secondLookReport>) => void, string][] = [
      [(r) => void r.secondLooks?.[0]?.lookedAt.push('1.2.3'), 'unlisted image'],
      [(r) => void (r.lesions = r.lesions.slice(0, 1)), 'finding 2 is of an unlisted lesion'],
      [(r) => void (r.secondLooks![0]!.findings[1]!.rank = 1), 'of one rank'],
      [(r) => void (r.secondLooks![0]!.findings[0]!.mass = 1.5), 'mass'],
    ];
    for (const [damage, where] of cases) {
      const report = secondLookReport();
      damage(report);
      expect(errorOf(report)).toMatchObject(damagedAt(where));
    }
  });

  it('makes no lesion of what the finder found', () => {
    const restored = restoreJson(formatCaseReport(secondLookReport()));
    expect(restored.ok && restored.value.lesions.map(({ number }) => number)).toEqual([1, 3]);
  });

  it('refuses lists that no patient fills, in a sentence of bounded length', () => {
    const report = sampleReport();
    const [image] = report.images;
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...image!, sopInstanceUid: `1.${i}` }));
    expect(errorOf({ ...report, images: many })).toMatchObject(damagedAt('images: .*2000'));
    const wrong = errorOf({ ...report, images: report.images.map(() => ({})) });
    expect(wrong).toMatchObject(damagedAt('and \\d+ more$'));
    expect(JSON.stringify(wrong).length).toBeLessThan(600);
  });

  it('finds what is valid by itself but contradictory', () => {
    const cases: [(report: ReturnType<typeof sampleReport>) => void, string][] = [
      [(r) => void r.images.push(...r.images.slice(0, 1)), 'listed twice'],
      [(r) => void r.images.shift(), 'unlisted image'],
      [(r) => void (r.studies = [{ ...r.studies[0]!, studyInstanceUid: '1.2' }]), 'unlisted study'],
      [(r) => void r.lesions.push(...r.lesions.slice(0, 1)), 'used twice'],
      [(r) => void r.lesions[0]!.marks.pop(), 'view without a mark'],
      [(r) => void r.lesions[0]!.marks.push(r.lesions[0]!.marks[0]!), 'marked twice'],
      [(r) => void r.lesions[0]!.score!.viewLikelihoods.pop(), '1 values for 2 views'],
      [(r) => void (r.lesions[0]!.marks[0]!.box.width = 0), 'width'],
    ];
    for (const [change, place] of cases) {
      const report = sampleReport();
      change(report);
      expect(errorOf(report)).toMatchObject(damagedAt(place));
    }
  });
});

describe('migrate', () => {
  const steps = { 1: (r: object) => ({ ...r, a: 1 }), 2: (r: object) => ({ ...r, b: 2 }) };

  it('takes every step up to the current version', () => {
    expect(migrate({ schemaVersion: 1 }, 1, steps, 3)).toEqual({
      ok: true,
      value: { schemaVersion: 3, a: 1, b: 2 },
    });
  });

  it('moves the notes of schema 1 from the assessments to the lesion', () => {
    const now = sampleReport();
    const [first, second] = now.lesions as [ReportLesion, ReportLesion];
    const { notes, reveal: _r, location: _l, ...lesion } = first;
    const { notes: _none, ...other } = second;
    const assessments = lesion.assessments.map(({ shown: _s, ...reading }, i) => ({
      ...reading,
      note: i === 1 ? notes : '',
    }));
    const old = { ...now, schemaVersion: 1, lesions: [{ ...lesion, assessments }, other] };
    const parsed = parseCaseReport(JSON.stringify(old));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    expect(parsed.value.schemaVersion).toBe(2);
    expect(parsed.value.lesions[0]).toMatchObject({ notes, number: 1, score: first.score });
    expect(parsed.value.lesions[0]?.assessments[1]).toMatchObject({
      biRads: '4B',
      suspicion: 62.5,
    });
    expect(parsed.value.lesions[1]?.notes).toBe('');
  });

  it('refuses where a step is missing', () => {
    expect(migrate({}, 1, { 2: steps[2] }, 3)).toMatchObject({ ok: false });
  });
});

describe('restoreJson', () => {
  it('gives lesions with the likelihood at the assumed prevalence', () => {
    const restored = restoreJson(formatCaseReport(sampleReport()));
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    expect(restored.value.exact).toBe(true);
    expect(restored.value.lesions[0]?.likelihood).toBeCloseTo(0.148769640124863, 14);
    expect(restored.value.lesions[0]?.viewLikelihoods[SAMPLE_UIDS.lcc]).toBeCloseTo(0.195485, 6);
  });
});

describe('what the reader said', () => {
  it('comes back to the lesion as it was', () => {
    const restored = restoreJson(formatCaseReport(sampleReport()));
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    const [lesion, other] = toLesions(restored.value, 'p', () => 'new');
    const { notes, assessments, reveal } = sampleReport().lesions[0] as ReportLesion;
    expect(lesion).toMatchObject({ notes, readings: assessments, reveal });
    expect(Object.keys(other ?? {})).toEqual(['id', 'patientKey', 'number', 'marks']);
  });
});

describe('buildCaseReport', () => {
  const header = (sopInstanceUid: string) =>
    testHeader({
      sopInstanceUid,
      studyInstanceUid: '1.2.3',
      seriesInstanceUid: '1.2.3.4',
      patientId: 'P-1',
      patientName: 'Doe, Jane Mary',
      patientBirthDate: '19700101',
      studyDate: '20260101',
      accessionNumber: 'A-1',
    });
  const estimate = { value: 0.5, low: 0.4, high: 0.6 };
  const score = {
    arms: [{ arm: 'cnn', viewScores: [0.25], score: 0.25, likelihood: estimate }],
    viewLikelihoods: [0.5],
    likelihood: estimate,
    trainingPrevalence: 0.4,
  } as unknown as LesionScore;
  const box = { x: 1, y: 2, width: 30, height: 40 };
  const report = buildCaseReport({
    say: ({ code }) => code,
    createdAt: '2026-01-31T12:00:00Z',
    program: { name: 'Tandem CADx', version: '0.1.0' },
    images: [{ header: header('1.2.3.4.5'), rows: 100, columns: 80, warnings: [] }],
    lesions: [
      {
        lesion: { id: 'a', patientKey: 'p', number: 1, marks: { '1.2.3.4.5': box, gone: box } },
        outlines: {
          '1.2.3.4.5': [
            [1, 2],
            [3, 4],
            [5, 2],
          ],
        },
        scored: { views: ['1.2.3.4.5'], score, assumedPrevalence: 0.1, engine: 'wasm' },
      },
      { lesion: { id: 'b', patientKey: 'p', number: 2, marks: { gone: box } } },
    ],
    patient: { sex: 'F' },
    studies: { '1.2.3': { id: 'S' } },
  });

  it('makes a valid report of what is open', () => {
    expect(parseCaseReport(formatCaseReport(report))).toEqual({ ok: true, value: report });
    expect(report.lesions.map((lesion) => lesion.id)).toEqual(['a']);
    expect(report.lesions[0]?.marks.map((mark) => mark.box)).toEqual([box]);
    expect(report.patient).toEqual({
      id: 'P-1',
      name: 'Doe^Jane^Mary',
      birthDate: '19700101',
      sex: 'F',
    });
    expect(report.studies[0]).toMatchObject({ id: 'S', accessionNumber: 'A-1', date: '20260101' });
  });

  it('turns a readable name back into a person name', () => {
    expect(personNameOf('Doe')).toBe('Doe');
    expect(personNameOf('Doe, Jane')).toBe('Doe^Jane');
    expect(personNameOf('')).toBe('');
  });
});

describe('withoutNames', () => {
  it('leaves a valid report in which nothing that names the patient is left', () => {
    const report = sampleReport();
    const texts = [
      report.patient.name,
      report.patient.id,
      report.patient.birthDate,
      ...report.studies.flatMap((s) => [
        s.id,
        s.accessionNumber,
        s.referringPhysicianName,
        s.description,
      ]),
    ].filter((text) => text !== '');
    expect(texts.length).toBeGreaterThan(4);
    const written = formatCaseReport(withoutNames(report));
    for (const text of texts) expect(written).not.toContain(`"${text}"`);
    const parsed = parseCaseReport(written);
    const unnamed = report.lesions.map((lesion) => ({
      ...lesion,
      notes: '',
      assessments: lesion.assessments.map((reading) => ({ ...reading, reader: '' })),
    }));
    expect(parsed.ok && parsed.value.lesions).toEqual(unnamed);
  });
});
