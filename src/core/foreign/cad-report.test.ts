import { describe, expect, it } from 'vitest';
import { readCadReport } from './cad-report.ts';
import { findingKind } from './finding-kind.ts';
import {
  by,
  cadTree,
  CALCIFICATION,
  CLUSTER,
  coded,
  container,
  DENSITY,
  image,
  intent,
  link,
  MASS,
  num,
  scoord,
  text,
} from './testing.ts';
import type { SrNode } from './sr-node.ts';

const at = (x: number, y: number, from: SrNode = link(1, 1, 1)) =>
  scoord('111010', 'POINT', [x, y], from);
const SQUARE = [10, 10, 20, 10, 20, 20, 10, 20, 10, 10];
const outline = (from: SrNode = link(1, 1, 1)) => scoord('111041', 'POLYLINE', SQUARE, from);
const single = (...below: readonly SrNode[]) => coded('111059', DENSITY, ...below);
const impressions = (...below: readonly SrNode[]) =>
  coded('111017', { value: '111242', scheme: 'DCM', meaning: 'with findings' }, ...below);
const overall = (value: string) =>
  coded('111017', { value, scheme: 'DCM', meaning: `overall ${value}` });
const detections = (value: string) =>
  coded('111064', { value, scheme: 'DCM', meaning: `status ${value}` });

describe('a CAD report of any maker', () => {
  it('gives a composite over two views as one finding with both marks, and not the views beside it', () => {
    const views = [
      single(intent('required'), at(15, 15), outline()),
      single(intent('required'), at(30, 40, link(1, 1, 2))),
    ];
    const composite = coded(
      '111015',
      MASS,
      intent('required'),
      ...by('Mass finder', '2'),
      num('111047', 61),
      ...views,
    );
    const { findings } = readCadReport(
      cadTree(['1', '2'], impressions(container('111034', composite))),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      id: '1',
      kind: 'mass',
      intent: 'required',
      probability: 61,
      algorithm: { name: 'Mass finder', version: '2' },
    });
    expect(
      findings[0]?.marks.map(({ sopInstanceUid, centre }) => [sopInstanceUid, centre]),
    ).toEqual([
      ['1', { x: 15, y: 15 }],
      ['2', { x: 30, y: 40 }],
    ]);
  });

  it('links findings by reference wherever they stand, each once', () => {
    const findings = container('111034', single(at(1, 2)), single(at(3, 4, link(1, 1, 2))));
    const composite = container(
      '111034',
      coded('111015', MASS, link(1, 2, 1, 1), link(1, 2, 1, 2)),
    );
    const read = readCadReport(cadTree(['1', '2'], impressions(findings, composite)));
    expect(read.findings).toHaveLength(1);
    expect(read.findings[0]?.marks.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1', '2']);
  });

  it('does not run in circles where references do', () => {
    const circle = coded('111015', MASS, link(1, 2, 1), single(at(1, 1)));
    const read = readCadReport(cadTree(['1'], impressions(circle)));
    expect(read.findings.flatMap(({ marks }) => marks)).toHaveLength(1);
  });

  it('hands intent and algorithm down, and lets no part undo a "not"', () => {
    const inside = [intent('required'), at(1, 1)];
    const read = readCadReport(
      cadTree(
        ['1'],
        impressions(
          container('111034', intent('not'), ...by('A', '1'), single(...inside)),
          container('111034', ...by('B', '2'), single(...inside), single(at(2, 2))),
        ),
      ),
    );
    expect(read.findings.map((f) => [f.intent, f.algorithm.name])).toEqual([
      ['not', 'A'],
      ['required', 'B'],
      ['unsaid', 'B'],
    ]);
    expect(read.algorithms).toEqual([
      { name: 'A', version: '1' },
      { name: 'B', version: '2' },
    ]);
  });

  it('counts the calcifications of a cluster and lists them not as findings of their own', () => {
    const part = (x: number) => coded('111059', CALCIFICATION, at(x, 5));
    const counted = coded('111059', CLUSTER, at(5, 5), part(4), part(6));
    const stated = coded('111059', CLUSTER, at(9, 9), num('111038', 12));
    const lone = coded('111059', CALCIFICATION, at(30, 30));
    const { findings } = readCadReport(cadTree(['1'], impressions(counted, stated, lone)));
    expect(findings.map(({ kind, calcifications }) => [kind, calcifications])).toEqual([
      ['cluster', 2],
      ['cluster', 12],
      ['calcification', undefined],
    ]);
  });

  it('takes coordinates beside the finding, images in place, and the only image where none is named', () => {
    const beside = container('111034', single(), at(7, 8, image('5')), single(), at(9, 9));
    const { findings } = readCadReport(cadTree(['1'], impressions(beside)));
    expect(findings.map(({ marks }) => marks.map((m) => [m.sopInstanceUid, m.centre]))).toEqual([
      [['5', { x: 7, y: 8 }]],
      [['1', { x: 9, y: 9 }]],
    ]);
    const bare = single(scoord('111041', 'POLYLINE', SQUARE, undefined));
    const [mark] = readCadReport(cadTree(['1'], bare)).findings[0]?.marks ?? [];
    expect(mark).toMatchObject({ sopInstanceUid: '1', centre: { x: 15, y: 15 } });
    expect(readCadReport(cadTree(['1', '2'], bare)).findings[0]?.marks).toEqual([]);
  });

  it('takes outlines as polygons, circles and ellipses', () => {
    const shapes = [
      outline(),
      scoord('111041', 'CIRCLE', [15, 15, 20, 15], link(1, 1, 1)),
      scoord('111041', 'ELLIPSE', [5, 15, 25, 15, 15, 12, 15, 18], link(1, 1, 1)),
    ];
    for (const shape of shapes) {
      const [mark] = readCadReport(cadTree(['1'], single(shape))).findings[0]?.marks ?? [];
      expect(mark?.shapes[0]?.kind).toBe('outline');
      expect(mark?.centre?.x).toBeCloseTo(15, 6);
      expect(mark?.centre?.y).toBeCloseTo(15, 6);
    }
  });

  it('reads certainties of features, and a share as percent', () => {
    const share = num('111012', 0.4, { value: '1', scheme: 'UCUM', meaning: 'no units' });
    const { findings } = readCadReport(
      cadTree(['1'], impressions(single(share, at(1, 1)), single(num('111011', 70), at(2, 2)))),
    );
    expect(findings.map(({ certainty }) => certainty)).toEqual([40, 70]);
  });

  it('holds landmarks back unless the report asks for them', () => {
    const nipple = { value: 'T-04100', scheme: 'SRT', meaning: 'Nipple' };
    const { findings, outcome } = readCadReport(
      cadTree(['1'], overall('111241'), coded('111059', nipple, at(3, 3))),
    );
    expect(findings[0]).toMatchObject({ kind: 'landmark', intent: 'not' });
    expect(outcome).toBe('none');
  });

  it.each([
    ['all succeeded', '111241', '111222', 'none'],
    ['not all succeeded', '111243', '111222', 'none, in part'],
    ['detection in part', '111241', '111223', 'none, in part'],
    ['none succeeded', '111245', '111222', 'failed'],
    ['detection failed', '111241', '111224', 'failed'],
    ['not attempted', '111245', '111225', 'not attempted'],
    ['a code that is none', 'x', 'y', 'unsaid'],
  ])(
    '%s: "no findings" is said only where all that was tried succeeded',
    (_, whole, found, said) => {
      const read = readCadReport(cadTree(['1'], overall(whole), detections(found)));
      expect(read.outcome).toBe(said);
    },
  );

  it('says nothing of a report without any summary', () => {
    expect(readCadReport(cadTree([])).outcome).toBe('unsaid');
    expect(readCadReport({ type: '', children: [] })).toMatchObject({ images: [], findings: [] });
  });

  it('notes orientation and spacing of the images', () => {
    const mm = { value: 'mm', scheme: 'UCUM', meaning: 'millimeter' };
    const entry = image(
      '1',
      text('111044', 'A'),
      text('111043', 'R'),
      num('111026', 0.1, mm),
      num('111066', 0.2, mm),
    );
    const { images } = readCadReport(container('111036', container('111028', entry)));
    expect(images).toEqual([
      { sopInstanceUid: '1', orientation: ['A', 'R'], spacing: { column: 0.1, row: 0.2 } },
    ]);
  });

  it.each([
    ['um', 70, { column: 0.07, row: 0.07 }],
    ['mm', 0.07, { column: 0.07, row: 0.07 }],
    // What is counted in nothing known is not known.
    ['[in_i]', 70, undefined],
  ])('takes the spacing of the images in %s for what it is in mm', (unit, value, spacing) => {
    const of = { value: unit, scheme: 'UCUM', meaning: '' };
    const entry = image('1', num('111026', value, of), num('111066', value, of));
    const { images } = readCadReport(container('111036', container('111028', entry)));
    expect(images[0]?.spacing).toEqual(spacing);
  });
});

describe('kinds of findings', () => {
  it.each([
    ['F-01795', 'SRT', '', 'distortion'],
    ['F-01775', '99SDM', '', 'cluster'],
    ['129790003', 'SCT', '', 'asymmetry'],
    ['M1', '99MAKER', 'Soft tissue lesion', 'mass'],
    ['M2', '99MAKER', 'Microcalcifications', 'cluster'],
    ['M3', '99MAKER', '石灰化', 'calcification'],
    ['M4', '99MAKER', '構築の乱れ', 'distortion'],
    ['F-01775', '99MAKER', 'Vessel', 'other'],
    ['constructor', 'SCT', 'x', 'other'],
  ])('%s of %s ("%s") is %s', (value, scheme, meaning, kind) => {
    expect(findingKind({ value, scheme, meaning })).toBe(kind);
  });
});
