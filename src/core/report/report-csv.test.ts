import { describe, expect, it } from 'vitest';
import { csvField, formatCsv } from './report-csv.ts';
import { correctedReport, sampleReport, secondLookReport } from './testing/sample-report.ts';
import { trackingUid, uidFromUuid, uuidFromUid } from './uid.ts';

/** A reader of RFC 4180, to see what a spreadsheet would. */
const parse = (csv: string): string[][] => {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (let match = field.exec(csv); match; match = field.exec(csv)) {
    const [, raw = '', end] = match;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
};

describe('formatCsv', () => {
  const [names = [], ...rows] = parse(formatCsv([sampleReport()]));
  const cell = (row: number, name: string) => rows[row]?.[names.indexOf(name)];

  it('has one line a lesion-view, all as wide as the names', () => {
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toHaveLength(names.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps every digit of geometry and scores', () => {
    const [lesion] = sampleReport().lesions;
    expect(Number(cell(0, 'box_x'))).toBe(lesion?.marks[0]?.box.x);
    expect(Number(cell(1, 'view_score_cnn'))).toBe(lesion?.score?.arms[0]?.viewScores[1]);
    expect(Number(cell(1, 'view_likelihood'))).toBe(lesion?.score?.viewLikelihoods[1]);
    expect(Number(cell(0, 'likelihood'))).toBe(lesion?.score?.likelihood.value);
    expect(Number(cell(0, 'likelihood_assumed'))).toBeCloseTo(0.14877, 5);
    expect(cell(0, 'outline')?.split(';')[0]).toBe('1010.123456789 720.2');
  });

  it('leaves empty what was not scored, and says why', () => {
    expect(cell(2, 'likelihood')).toBe('');
    expect(cell(2, 'score_problem')).toBe('the image is out of scope');
    expect(cell(2, 'warnings')).toBe('Spot compression view.');
  });

  it('says what speaks against the score, once', () => {
    expect(cell(0, 'cautions')).toBe('The two arms disagree.');
    expect(cell(1, 'cautions')).toBe('The two arms disagree.');
    expect(cell(2, 'cautions')).toBe('');
  });

  it('says which side and view the reader set, and what the file says', () => {
    const [header = [], ...lines] = parse(formatCsv([correctedReport()]));
    const words = (row: number) =>
      ['laterality', 'laterality_source', 'view', 'view_source', 'view_in_file'].map(
        (name) => lines[row]?.[header.indexOf(name)],
      );
    expect(words(2)).toEqual(['R', 'reader', 'CC', 'ViewPosition', 'LCC']);
    expect(words(0)).toEqual(['L', '', 'CC', '', '']);
  });

  it('has a line a view of each finding that is no lesion, and what became of each', () => {
    const [header = [], ...lines] = parse(formatCsv([secondLookReport()]));
    const column = (name: string) => lines.map((line) => line[header.indexOf(name)]);
    expect(header).toEqual(names);
    expect(column('lesion')).toEqual(['1', '1', '3', '', '', '']);
    expect(column('second_look_rank')).toEqual(['1', '1', '2', '3', '4', '4']);
    expect(column('second_look_answer')).toEqual([
      'agrees',
      'agrees',
      'accepted',
      'dismissed',
      'open',
      'open',
    ]);
    expect(column('marked_before_second_look')).toEqual(['yes', 'yes', 'no', '', '', '']);
    expect(column('second_look_reason')[3]).toBe('vessel');
    expect(column('location')[4]).toBe('lower inner');
    expect(column('likelihood').slice(3)).toEqual(['', '', '']);
    expect(new Set(column('own_look_done_at'))).toEqual(new Set(['2026-01-31T11:59:10+01:00']));
    expect(cell(0, 'own_look_done_at')).toBe('');
  });

  it('brings back notes with quotes and line breaks', () => {
    expect(cell(0, 'reader_note')).toBe(sampleReport().lesions[0]?.notes);
    expect(cell(0, 'use')).toBe('research use only');
  });

  it('has the assessment before the score was seen beside the one after', () => {
    expect(cell(0, 'reader_suspicion_before')).toBe('40');
    expect(cell(0, 'reader_bi_rads_before')).toBe('');
    expect(cell(0, 'reader_bi_rads_after')).toBe('4B');
    expect(cell(0, 'score_first_seen')).toBe('2026-01-31T11:58:30+01:00');
    expect(cell(0, 'location')).toBe('upper outer');
    expect(cell(0, 'location_clock')).toBe('2');
  });
});

describe('csvField', () => {
  it('disarms formulas in text but leaves numbers alone', () => {
    expect(csvField('=cmd|A1')).toBe('"\'=cmd|A1"');
    expect(csvField('@SUM(A1)')).toBe('"\'@SUM(A1)"');
    expect(csvField('+1,2')).toBe('"\'+1,2"');
    expect(csvField('\t=1')).toBe('"\'\t=1"');
    expect(csvField('＝1+1')).toBe('"\'＝1+1"');
    expect(csvField(' =1+1')).toBe('"\' =1+1"');
    // A program that parts cells at semicolons must see one cell, not a formula in the second.
    expect(csvField('A;=1+1')).toBe('"A;=1+1"');
    expect(csvField(-1.5)).toBe('-1.5');
    expect(csvField(undefined)).toBe('');
  });
});

describe('uid', () => {
  const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

  it('turns a UUID into a UID of DICOM and back', () => {
    // The example of DICOM PS3.5 B.2.
    expect(uidFromUuid('f81d4fae-7dec-11d0-a765-00a0c91e6bf6')).toBe(
      '2.25.329800735698586629295641978511506172918',
    );
    expect(uuidFromUid(uidFromUuid(uuid))).toBe(uuid);
    expect(uuidFromUid('1.2.3')).toBeUndefined();
    expect(uuidFromUid(`2.25.${'9'.repeat(39)}`)).toBeUndefined();
    expect(() => uidFromUuid('x')).toThrow('not a UUID');
  });

  it('follows a lesion by any id', () => {
    expect(trackingUid(uuid)).toBe(uidFromUuid(uuid));
    expect(trackingUid('second')).toMatch(/^2\.25\.\d{37,39}$/);
    expect(trackingUid('second')).toBe(trackingUid('second'));
    expect(trackingUid('third')).not.toBe(trackingUid('second'));
  });
});
