import { describe, expect, it } from 'vitest';
import { testHeader } from '../dicom/test-header.ts';
import { arcInBreast, columnsOf, nippleDisagreement, nippleDistance } from './nipple-arc.ts';
import { nippleLine, planeOffset } from './breast-plane.ts';
import { locateLesion, type LocatedView } from './location.ts';
import { locationText } from './location-words.ts';

type Side = 'L' | 'R';

/** Nipple 900 columns of 0.1 mm from the chest wall; the lesion `back` behind and `up` of it, in mm. */
const view = (
  side: Side,
  name: 'CC' | 'MLO' | 'ML',
  back: number,
  up: number,
  changes: Partial<LocatedView> = {},
): LocatedView => {
  const down = name === 'CC' ? (side === 'L' ? 'R' : 'L') : 'F';
  const nipple = { x: side === 'L' ? 900 : 1000, y: 1200 };
  const x = nipple.x + (side === 'L' ? -1 : 1) * back * 10;
  const y = nipple.y - up * 10;
  return {
    header: testHeader({
      side,
      view: name,
      patientOrientation: [side === 'L' ? 'A' : 'P', down],
    }),
    columns: 1900,
    rows: 2400,
    pixelAspect: 1,
    columnSpacing: 0.1,
    box: { x: x - 50, y: y - 40, width: 100, height: 80 },
    nipple,
    nippleConfirmed: false,
    ...changes,
  };
};

/** Both views of a lesion `out` lateral of the nipple and `high` above it, mm. */
const both = (side: Side, back: number, out: number, high: number) =>
  locateLesion([view(side, 'CC', back, out), view(side, 'MLO', back, (out + high) * Math.SQRT1_2)]);

describe('locateLesion', () => {
  it.each([
    ['R', 40, 30, 'upper', 'outer', 10],
    ['L', 40, 30, 'upper', 'outer', 2],
    ['R', -40, 30, 'upper', 'inner', 2],
    ['L', -40, 30, 'upper', 'inner', 10],
    ['R', 35, -30, 'lower', 'outer', 8],
    ['L', 35, -30, 'lower', 'outer', 4],
    ['R', -30, -35, 'lower', 'inner', 5],
    ['L', -30, -35, 'lower', 'inner', 7],
    ['L', 40, 0, 'level', 'outer', 3],
    ['R', 40, 0, 'level', 'outer', 9],
    ['L', 0, 40, 'upper', 'level', 12],
    ['R', 0, -40, 'lower', 'level', 6],
  ] as const)('%s, %d mm out, %d mm up', (side, out, high, vertical, horizontal, clock) => {
    expect(both(side, 45, out, high)).toMatchObject({
      side,
      vertical,
      horizontal,
      clock,
      depth: 'middle',
      views: [`${side}CC`, `${side}MLO`],
    });
  });

  it('knows the third of the nipple line', () => {
    expect(both('L', 20, 40, 30)?.depth).toBe('anterior');
    expect(both('L', 70, 40, 30)?.depth).toBe('posterior');
  });

  it('names the regions that have no hour, and the axillary tail', () => {
    expect(both('R', 15, 2, 3)).toMatchObject({ region: 'subareolar', depth: 'anterior' });
    expect(both('R', 60, 2, 3)).toMatchObject({ region: 'central', depth: 'posterior' });
    expect(both('R', 60, 2, 3)?.clock).toBeUndefined();
    expect(both('L', 60, 62, 58)).toMatchObject({ region: 'axillary tail', clock: 2 });
  });

  it('says from one view only what that view shows', () => {
    const cc = locateLesion([view('L', 'CC', 45, 30)]);
    expect(cc).toMatchObject({ horizontal: 'outer', depth: 'middle' });
    expect(cc?.vertical).toBeUndefined();
    expect(cc?.clock).toBeUndefined();
    const mlo = locateLesion([view('L', 'MLO', 45, -30)]);
    expect(mlo).toMatchObject({ vertical: 'lower' });
    expect(mlo?.horizontal).toBeUndefined();
    expect(locationText(mlo!)).toBe(
      'left breast, lower, outer or inner not known from one view, middle third, 54 mm from the nipple on LMLO (estimated from the marks, nipple detected)',
    );
  });

  it('takes the height from a true lateral view where there is one', () => {
    const marks = [view('R', 'CC', 45, 30), view('R', 'MLO', 45, 5), view('R', 'ML', 45, -20)];
    expect(locateLesion(marks)).toMatchObject({ vertical: 'lower', clock: 8 });
  });

  it('follows a mirrored film by its PatientOrientation', () => {
    const mirrored = view('R', 'CC', 45, 30, {
      header: testHeader({ side: 'R', view: 'CC', patientOrientation: ['A', 'L'] }),
      nipple: { x: 900, y: 1200 },
      box: { x: 400, y: 860, width: 100, height: 80 },
    });
    expect(locateLesion([mirrored])).toMatchObject({ horizontal: 'outer', depth: 'middle' });
  });

  it('guesses nothing without orientation, from a spot view, or of two sides', () => {
    const bare = testHeader({ side: 'L', view: 'CC', patientOrientation: undefined });
    expect(locateLesion([view('L', 'CC', 45, 30, { header: bare })])).toEqual({
      side: 'L',
      nippleDistances: [],
      views: [],
      nipples: 'set by the reader',
    });
    const spot = testHeader({ side: 'L', view: 'CC', viewModifiers: ['spot compression'] });
    expect(locateLesion([view('L', 'CC', 45, 30, { header: spot })])?.depth).toBeUndefined();
    expect(locateLesion([view('L', 'CC', 45, 30), view('R', 'CC', 45, 30)])).toBeUndefined();
  });
});

describe('the plane of a view', () => {
  it('turns with a transposed image', () => {
    const header = testHeader({ side: 'L', view: 'MLO', patientOrientation: ['F', 'A'] });
    const turned = { ...view('L', 'MLO', 0, 0), header, columns: 2400, rows: 1900 };
    expect(planeOffset(turned, { x: 0, y: 100 }, { x: 30, y: 80 })).toEqual({ back: 20, up: -30 });
    expect(nippleLine(turned, { x: 1200, y: 900 })).toBe(900);
  });
});

describe('the arc of equal nipple distance', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 1000, y: 0 },
    { x: 1000, y: 1000 },
    { x: 0, y: 1000 },
  ];

  it('keeps to the breast, and to the radius where pixels are not square', () => {
    const tall = { pixelAspect: 2 };
    const nipple = { x: 1000, y: 500 };
    const [part, ...rest] = arcInBreast(tall, nipple, 300, square);
    expect(rest).toEqual([]);
    for (const { x, y } of part ?? []) {
      expect(x).toBeLessThanOrEqual(1000);
      expect(Math.hypot(x - 1000, (y - 500) * 2)).toBeCloseTo(300, 6);
    }
    expect(part?.length).toBeGreaterThan(300);
    expect(arcInBreast(tall, nipple, 5000, square)).toEqual([]);
  });

  it('is a distance in mm, carried to the scale of the other view', () => {
    const from = view('L', 'CC', 30, 40);
    expect(nippleDistance(from).mm).toBeCloseTo(50, 9);
    expect(columnsOf({ ...from, columnSpacing: 0.05 }, 50)).toBeCloseTo(1000, 9);
    const film = { ...from, columnSpacing: undefined, rows: 2400 };
    expect(nippleDistance(film)).toEqual({
      mm: expect.closeTo(50, 9) as number,
      calibrated: false,
    });
  });
});

describe('two marks of one lesion', () => {
  const named = (name: string, one: LocatedView) => ({ ...one, name });
  const cc = named('LCC', view('L', 'CC', 30, 40));
  const far = named('LMLO', view('L', 'MLO', 63, 48));

  it('that lie at unlike distances from the nipple are named, with the difference', () => {
    const found = nippleDisagreement([cc, far]);
    expect(found?.views).toEqual(['LCC', 'LMLO']);
    expect(found?.mm).toBeCloseTo(Math.hypot(63, 48) - 50, 6);
  });

  it('are not, within the tolerance, on part of a breast, or at unlike calibrations', () => {
    expect(nippleDisagreement([cc, named('LMLO', view('L', 'MLO', 36, 48))])).toBeUndefined();
    const spot = {
      ...far,
      header: { ...far.header, viewModifiers: ['spot compression' as const] },
    };
    expect(nippleDisagreement([cc, spot])).toBeUndefined();
    expect(nippleDisagreement([cc, { ...far, columnSpacing: undefined }])).toBeUndefined();
    expect(nippleDisagreement([cc])).toBeUndefined();
  });
});
