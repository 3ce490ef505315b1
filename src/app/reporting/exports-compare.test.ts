import { describe, expect, it } from 'vitest';
import { type Lesion, marksKey } from '../../core/lesion/lesion.ts';
import { SAMPLE_UIDS, sampleReport } from '../../core/report/testing/sample-report.ts';
import type { Likelihood } from '../../core/units/units.ts';
import type { LesionResult } from '../../state/lesion-result.ts';
import { compareScores, type Expected } from './exports-compare.ts';

const report = sampleReport();
const [reported] = report.lesions;
if (!reported?.score) throw new Error('the sample has a score');
const { score } = reported;
const lesion: Lesion = {
  id: reported.id,
  number: 1,
  patientKey: 'patient:DEMO-1',
  marks: Object.fromEntries(reported.marks.map((mark) => [mark.sopInstanceUid, mark.box])),
};
const expected: Expected = {
  path: 'report.json',
  lesionId: lesion.id,
  marks: marksKey(lesion),
  score,
  pack: report.pack,
};

const scored = (value: number, views: readonly string[] = [...score.views].reverse()) => {
  const estimate = { value: value as Likelihood, low: 0 as Likelihood, high: 1 as Likelihood };
  const result: LesionResult = {
    phase: 'scored',
    basis: 'b',
    views,
    origins: [],
    boxes: [],
    outlines: [],
    answer: {
      score: { arms: [], viewLikelihoods: [], likelihood: estimate, trainingPrevalence: 0.5 },
      activations: [],
      info: { backend: 'wasm', adapter: 'test', software: false, passedOver: [] },
      milliseconds: { network: 1, total: 1 },
    },
  };
  return result;
};
const pack = { id: 'another', version: '2' };
const { value } = score.likelihood;

describe('a reported likelihood against the one of the page', () => {
  it('waits for a score of the same views', () => {
    expect(compareScores(expected, lesion, undefined, pack)).toBe('wait');
    expect(compareScores(expected, lesion, scored(0.9, [SAMPLE_UIDS.lcc]), pack)).toBe('wait');
  });

  it('is dropped where the marks have changed since', () => {
    const moved = { ...lesion, marks: {} };
    expect(compareScores(expected, moved, scored(0.9), pack)).toBe('drop');
    expect(compareScores(expected, undefined, scored(0.9), pack)).toBe('drop');
  });

  it('says nothing up to 0.005, and both numbers with their packs beyond', () => {
    expect(compareScores(expected, lesion, scored(value + 0.0049), pack)).toEqual({
      text: undefined,
    });
    expect(compareScores(expected, lesion, scored(value + 0.0051), pack)).toMatchObject({
      text: {
        code: 'restored.compared',
        values: { then: '59.0', thenPack: 'tandem-m1 0.1.0', now: '59.5', nowPack: 'another 2' },
      },
    });
  });
});
