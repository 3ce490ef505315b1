import { describe, expect, it } from 'vitest';
import { picturesFor } from './carry.ts';
import { readCadReport } from './cad-report.ts';
import { markInSpace } from './in-space.ts';
import type { Planes } from '../dicom/planes.ts';
import { placedFindings } from './placed.ts';
import { fromDisplay, turnOf } from './presentation-state.ts';
import { screenAxes } from '../geometry/screen-axes.ts';
import { coarsePlane, type OverlayPlane } from '../image/overlay-plane.ts';
import { boundsOf, shapesOf } from './shape.ts';
import { measureOf, MOST_LINES, srLines } from './sr-lines.ts';
import { readRegions } from './sr-regions.ts';
import {
  cadTree,
  coded,
  container,
  DENSITY,
  image,
  link,
  num,
  scoord,
  testDocument,
  text,
} from './testing.ts';

const open = (sopInstanceUid: string, changes = {}, sources?: readonly string[]) => ({
  header: {
    sopInstanceUid,
    patientOrientation: ['A', 'R'] as const,
    ...(sources && { sources }),
  },
  columns: 100,
  rows: 200,
  spacing: { column: 0.1, row: 0.1 },
  ...changes,
});

describe('regions in the patient', () => {
  /** Frames in a coronal direction: rows run to the left of the patient, columns to the feet. */
  const planes: Planes = {
    frameOfReference: '9.1',
    origin: { x: 10, y: 50, z: 100 },
    alongRow: { x: 1, y: 0, z: 0 },
    alongColumn: { x: 0, y: 0, z: -1 },
    spacing: { row: 0.2, column: 0.1 },
    // The normal is row x column: to the back of the patient.
    depths: [0, 1, 2, 3, 4],
  };
  const region = (type: string, ...points: readonly (readonly [number, number, number])[]) => ({
    frameOfReference: '9.1',
    type,
    points: points.map(([x, y, z]) => ({ x, y, z })),
  });
  const volume = (of: Planes = planes) => ({
    ...open('volume'),
    header: { sopInstanceUid: 'volume', patientOrientation: undefined, planes: of },
  });
  const reported = (...regions: readonly ReturnType<typeof region>[]) =>
    testDocument({
      content: {
        kind: 'report',
        images: [],
        findings: readRegions(
          container(
            '126000',
            container(
              '125007',
              ...regions.map((each) => ({
                ...scoord('111030', '', [], undefined),
                ...{ type: 'SCOORD3D', region: each },
              })),
            ),
          ),
        ),
      },
    });

  it('are marks on the slices that they reach into, in pixels', () => {
    const point = region('POINT', [11, 52, 99]);
    expect(markInSpace(point, 'volume', planes)).toEqual({
      sopInstanceUid: 'volume',
      frames: [3],
      centre: { x: 10.5, y: 5.5 },
      shapes: [],
    });
    const square = region('POLYGON', [11, 51, 99], [12, 51, 99], [12, 53, 98], [11, 53, 98]);
    const mark = markInSpace(square, 'volume', planes);
    expect(mark?.frames).toEqual([2, 3, 4]);
    expect(mark?.shapes[0]?.kind).toBe('outline');
    expect(mark?.centre?.x).toBeCloseTo(15.5, 9);
    expect(mark?.centre?.y).toBeCloseTo(8, 9);
    // Between two slices: on both.
    expect(markInSpace(region('POINT', [11, 51.5, 99]), 'volume', planes)?.frames).toEqual([2, 3]);
  });

  it('go onto the open image that lies there, and are said to be nowhere else', () => {
    const [placed] = placedFindings([reported(region('POINT', [11, 52, 99]))], [volume()]);
    expect(placed?.marks['volume']?.[0]?.frames).toEqual([3]);
    expect(placed?.away).toEqual([]);
    const elsewhere = { ...planes, frameOfReference: '9.2' };
    for (const [of, where] of [
      [volume(elsewhere), region('POINT', [11, 52, 99])],
      [volume(), region('POINT', [11, 80, 99])],
      [volume(), region('POINT', [-90, 52, 99])],
      [volume(), region('ELLIPSOID', [11, 52, 99], [12, 52, 99])],
      [open('volume'), region('POINT', [11, 52, 99])],
    ] as const) {
      const [nowhere] = placedFindings([reported(where)], [of]);
      expect([nowhere?.marks, nowhere?.away]).toEqual([{}, ['in space']]);
    }
  });
});

describe('marks of another image', () => {
  const made = [
    { sopInstanceUid: 'raw', orientation: ['A', 'R'] as const, spacing: { column: 0.1, row: 0.1 } },
  ];

  it('are carried to the one that was made of it, by Source Image Sequence', () => {
    expect(picturesFor('raw', made, [open('shown', {}, ['raw'])])).toEqual(['shown']);
    expect(picturesFor('raw', made, [open('raw'), open('shown', {}, ['raw'])])).toEqual([
      'raw',
      'shown',
    ]);
    expect(picturesFor('raw', made, [open('other')])).toEqual([]);
  });

  it('are not where size, orientation or spacing differ', () => {
    const small = open('shown', { columns: 50 }, ['raw']);
    expect(picturesFor('raw', [], [open('raw'), small])).toEqual(['raw']);
    const coarse = open('shown', { spacing: { column: 0.2, row: 0.2 } }, ['raw']);
    expect(picturesFor('raw', made, [coarse])).toEqual([]);
    const mirrored = {
      sopInstanceUid: 'shown',
      patientOrientation: ['P', 'L'] as const,
      sources: ['raw'],
    };
    expect(picturesFor('raw', made, [{ ...open('shown'), header: mirrored }])).toEqual([]);
  });

  it('that the image does not hold are left off, and said', () => {
    const single = coded('111059', DENSITY, scoord('111010', 'POINT', [150, 10], link(1, 1, 1)));
    const document = testDocument({ content: readCadReport(cadTree(['1'], single)) });
    expect(placedFindings([document], [open('1')])[0]).toMatchObject({
      marks: {},
      away: ['outside'],
    });
    expect(placedFindings([document], [open('2')])[0]).toMatchObject({
      marks: {},
      away: ['not open'],
    });
    expect(placedFindings([document], [open('1', { columns: 200 })])[0]?.marks).toHaveProperty('1');
  });
});

describe('a measurement report of another program', () => {
  const mm = { value: 'mm', scheme: 'UCUM', meaning: 'millimeter' };

  it('gives each group with its region, name and numbers with units', () => {
    const group = container(
      '125007',
      text('112039', 'Lesion A'),
      num('410668003', 23.5, mm),
      scoord('111030', 'POLYLINE', [10, 10, 20, 10, 20, 20, 10, 20, 10, 10], image('1')),
    );
    const [finding] = readRegions(container('126000', container('126010', group)));
    expect(finding?.name.meaning).toBe('Lesion A');
    expect(finding?.measures).toEqual([{ name: 'name 410668003', value: '23.5 mm' }]);
    expect(finding?.marks[0]).toMatchObject({ sopInstanceUid: '1', centre: { x: 15, y: 15 } });
  });

  it('gives a number with its line outside of any group', () => {
    const line = scoord('121055', 'POLYLINE', [0, 0, 30, 40], image('1'));
    const [finding] = readRegions(container('126000', num('G-D7FE', 5, mm, line)));
    expect(finding?.measures).toEqual([{ name: 'name G-D7FE', value: '5 mm' }]);
    expect(finding?.marks[0]?.shapes[0]?.kind).toBe('line');
  });
});

describe('a report as text', () => {
  it('has concept names as the file has them, values with units, and marks what may name somebody', () => {
    const root = container(
      '113701',
      {
        type: 'PNAME',
        concept: { value: '121008', scheme: 'DCM', meaning: 'Person Observer Name' },
        text: 'Roe^Rita',
        children: [],
      },
      num('113738', 1.25, { value: 'dGy.cm2', scheme: 'UCUM', meaning: 'dGy.cm2' }),
      {
        type: 'DATETIME',
        concept: { value: '113809', scheme: 'DCM', meaning: 'Start' },
        text: '20260131120500',
        children: [],
      },
      text('121106', 'Two\r\nlines\u202e'),
      image('1.2.3'),
      link(1, 1),
    );
    expect(
      srLines(root).map(({ depth, name, value, mayName }) => [depth, name, value, mayName]),
    ).toEqual([
      [0, 'name 113701', '', false],
      [1, 'Person Observer Name', 'Roe, Rita', true],
      [1, 'name 113738', '1.25 dGy.cm2', false],
      [1, 'Start', '2026-01-31 12:05:00', false],
      [1, 'name 121106', 'Two\nlines', true],
      [1, '', '1.2.3', false],
    ]);
  });

  it('counts without braces, shares without "1", and says why a number is missing', () => {
    const none = {
      type: 'NUM',
      qualifier: { value: '114006', scheme: 'DCM', meaning: 'Measurement failure' },
      children: [],
    };
    expect(
      measureOf(num('a', 3, { value: '{pixels}', scheme: 'UCUM', meaning: 'Pixels' })).value,
    ).toBe('3 Pixels');
    expect(measureOf(num('a', 3, { value: '1', scheme: 'UCUM', meaning: 'no units' })).value).toBe(
      '3',
    );
    expect(measureOf(none).value).toBe('Measurement failure');
  });

  it('ends where nobody reads on', () => {
    const many = Array.from({ length: MOST_LINES + 10 }, (_, i) => text('a', `line ${i}`));
    expect(srLines(container('b', ...many))).toHaveLength(MOST_LINES + 1);
  });
});

describe('shapes', () => {
  it('are points, lines and outlines; a circle has its radius', () => {
    const [circle] = shapesOf('CIRCLE', [
      { x: 10, y: 10 },
      { x: 13, y: 14 },
    ]);
    const { x, y, width, height } = boundsOf(circle?.points ?? []);
    expect([x, y, width, height].map(Math.round)).toEqual([5, 5, 10, 10]);
    expect(
      shapesOf('MULTIPOINT', [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toHaveLength(2);
    expect(
      shapesOf('POLYLINE', [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ])[0]?.kind,
    ).toBe('line');
    expect(shapesOf('SPIRAL', [{ x: 1, y: 1 }])).toEqual([]);
    expect(shapesOf('ELLIPSE', [{ x: 1, y: 1 }])).toEqual([]);
  });
});

describe('the turn of a presentation state', () => {
  /** Where a stored point of a 10 x 20 image is seen, from the top left. */
  const seen = (rotation: number, flip: boolean) => {
    const turn = turnOf(rotation, flip) ?? {
      transpose: false,
      flipHorizontal: false,
      flipVertical: false,
    };
    const { right, down } = screenAxes(turn);
    const side = ({ x, y }: { readonly x: number; readonly y: number }) =>
      x + y > 0 ? 'first' : 'last';
    return [side(right), side(down), turn.transpose];
  };

  it.each([
    [0, false, ['first', 'first', false]],
    [90, false, ['last', 'first', true]],
    [180, false, ['last', 'last', false]],
    [270, false, ['first', 'last', true]],
    [0, true, ['last', 'first', false]],
    [90, true, ['first', 'first', true]],
  ] as const)('rotated by %i, flipped: %s', (rotation, flip, expected) => {
    expect(seen(rotation, flip)).toEqual(expected);
  });

  it('places what is drawn in fractions of the picture as seen', () => {
    const area = { from: { x: 0, y: 0 }, to: { x: 10, y: 20 } };
    expect(fromDisplay({ x: 0.1, y: 0.25 }, area, undefined)).toEqual({ x: 1, y: 5 });
    // A quarter clockwise: the top left of the screen is the lower left corner of the image.
    expect(fromDisplay({ x: 0, y: 0 }, area, turnOf(90, false))).toEqual({ x: 0, y: 20 });
    expect(fromDisplay({ x: 0, y: 0 }, area, turnOf(0, true))).toEqual({ x: 10, y: 0 });
  });
});

describe('an overlay plane', () => {
  it('keeps a thin line however small it is shown', () => {
    const bits = new Uint8Array(8);
    bits[3] = 0b0010_0000;
    const plane: OverlayPlane = {
      number: 0,
      type: 'graphics',
      label: '',
      rows: 8,
      columns: 8,
      left: 0,
      top: 0,
      bits,
    };
    expect(coarsePlane(plane, 1).cells[3 * 8 + 5]).toBe(1);
    expect([...coarsePlane(plane, 4).cells]).toEqual([0, 1, 0, 0]);
    expect(coarsePlane(plane, 16)).toMatchObject({ width: 1, height: 1 });
  });
});
