import { describe, expect, it } from 'vitest';
import { findingsAt, isSameFinding, lookOver, reaches, type LookedView } from './second-look.ts';
import type { ViewCandidate, ViewCue } from './view-cues.ts';
import { VIEW_CUES } from './view-cues.ts';

const cues = (score: number): Record<ViewCue, number> =>
  ({ ...Object.fromEntries(VIEW_CUES.map((name) => [name, 0])), score }) as Record<ViewCue, number>;

const candidate = (x: number, score: number, nippleDistance: number): ViewCandidate => ({
  box: { x: x + 0.3, y: 50.4, width: 40.6, height: 30 },
  score: 0.5,
  outcome: 0,
  features: Float32Array.of(1),
  cues: cues(score),
  side: 10,
  nippleDistance,
});

const view = (
  sop: string,
  kind: string,
  side: string | undefined,
  candidates: ViewCandidate[],
): LookedView => ({
  sopInstanceUid: sop,
  pixels: { columns: 400, rows: 500, digest: `d${sop}` },
  side,
  view: kind,
  candidates,
});

const model = (name: string, weight: number, bias = 0) => ({
  names: [name],
  mean: [0],
  scale: [1],
  weights: [weight],
  bias,
});
/** By the network's score alone; marks at alike distances from the nipple are one mass. */
const MODELS = {
  finder: 'f',
  rescoring: {
    own: model('score', 1),
    both: model('own', 1),
    outcome: model('outcome', 0, 10),
    pair: model('nipple', -4, 2),
  },
  breastCalibration: { a: -1, b: 0 },
};

const CC = view('1', 'CC', 'R', [candidate(100, 2, 30), candidate(200, -1, 60)]);
const MLO = view('2', 'MLO', 'R', [candidate(300, 1, 31)]);

describe('lookOver', () => {
  it('links CC and MLO of a breast, most suspicious first, on whole pixels', () => {
    const { findings, breasts, exam } = lookOver([CC, MLO], MODELS);
    expect(findings.map(({ id }) => id)).toEqual(['f/1/d1/1+f/2/d2/1', 'f/1/d1/2']);
    const [first] = findings;
    expect(first?.side).toBe('R');
    expect(first?.marks.map(({ box }) => box)).toEqual([
      { x: 100, y: 50, width: 41, height: 30 },
      { x: 300, y: 50, width: 41, height: 30 },
    ]);
    expect(first?.mass).toBeCloseTo((1 / (1 + Math.exp(-2)) + 1 / (1 + Math.exp(-1))) / 2);
    expect(breasts).toMatchObject([{ side: 'R' }]);
    expect(exam).toBeGreaterThan(0);
  });

  it('names a finding alike whatever is opened beside it', () => {
    const other = view('3', 'CC', 'L', [candidate(50, 3, 10)]);
    const alone = lookOver([CC, MLO], MODELS).findings;
    const beside = lookOver([other, MLO, CC], MODELS).findings;
    const ids = new Set(beside.map(({ id }) => id));
    expect(alone.every(({ id }) => ids.has(id))).toBe(true);
    expect(beside).toHaveLength(3);
  });

  it('links nothing where the side is not known, and has no score of such a breast', () => {
    const [cc, mlo] = [CC, MLO].map((each) => ({ ...each, side: undefined }));
    const { findings, breasts } = lookOver([cc as LookedView, mlo as LookedView], MODELS);
    expect(findings.map(({ marks }) => marks.length)).toEqual([1, 1, 1]);
    expect(breasts).toEqual([]);
  });

  it('has nothing to say of an exam without marks', () => {
    expect(lookOver([], MODELS)).toEqual({ findings: [], breasts: [], exam: undefined });
  });
});

it('shows a finding whose stronger mark reaches the threshold', () => {
  const { findings } = lookOver([CC, MLO], MODELS);
  expect(findingsAt(findings, { threshold: 0.8 })).toEqual([findings[0]]);
  expect(findings[0]?.marks.map((mark) => reaches(mark, { threshold: 0.8 }))).toEqual([
    true,
    false,
  ]);
  expect(findingsAt(findings, { threshold: 0.95 })).toEqual([]);
});

it('knows a finding by its id and its place', () => {
  const [first, second] = lookOver([CC, MLO], MODELS).findings;
  if (!first || !second) throw new Error('two findings are made');
  expect(isSameFinding(first, structuredClone(first))).toBe(true);
  expect(isSameFinding(first, second)).toBe(false);
  const moved = first.marks.map((mark) => ({ ...mark, box: { ...mark.box, x: mark.box.x + 90 } }));
  expect(isSameFinding(first, { ...first, marks: moved })).toBe(false);
});
