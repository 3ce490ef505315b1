import { describe, expect, it, vi } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import { testImage } from '../../core/image/testing.ts';
import type { ReportImage } from '../../core/report/case-report.ts';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { createMeasurementsStore } from '../../state/measurements-store.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { reportedMeasurements, restoreImageWords } from './exports-image-words.ts';

const [listed] = sampleReport().images;
if (!listed) throw new Error('the sample has images');
const header = testHeader({ sopInstanceUid: listed.sopInstanceUid, side: 'R', view: 'CC' });
const open = {
  ...{ path: 'a', header, asRead: header, rows: listed.rows, columns: listed.columns },
  ...{ digest: 'd', scopeNotes: [] },
};
const shape = {
  kind: 'distance',
  points: [
    { x: 1.25, y: 2 },
    { x: 41.25, y: 2 },
  ],
} as const;

const setUp = () => ({
  measurements: createMeasurementsStore(() => 'new'),
  nipples: createNipplesStore(),
  correct: vi.fn(),
});
const restore = (changes: Partial<ReportImage>, targets = setUp(), image = open) => {
  restoreImageWords({ ...listed, pixelDigest: 'd', ...changes }, image, targets);
  return targets;
};

describe('what the reader said of single images', () => {
  it('leaves with its value, and comes back as it was drawn', () => {
    const image = testImage(64, 64, () => 0);
    const sop = listed.sopInstanceUid;
    const all = [
      { id: 'm', sopInstanceUid: sop, shape },
      { id: 'on a slice', sopInstanceUid: sop, shape, slice: 12 },
    ];
    const measurements = reportedMeasurements(all, sop, image);
    expect(measurements[0]).toMatchObject({
      id: 'm',
      kind: 'distance',
      points: [
        [1.25, 2],
        [41.25, 2],
      ],
    });
    expect(measurements[0]?.value).toBeGreaterThan(0);
    expect(reportedMeasurements(all, 'another', image)).toEqual([]);
    expect(restore({ measurements }).measurements.getState().measurements).toEqual(all);
  });

  it('brings back the nipple that the reader set, not the one that was detected', () => {
    const at = { x: 7, y: 8 };
    const set = restore({ nipple: { ...at, source: 'reader' } }).nipples.getState().placed;
    expect(set).toEqual({ [listed.sopInstanceUid]: at });
    const detected = restore({ nipple: { ...at, source: 'detected' } }).nipples.getState().placed;
    expect(detected).toEqual({});
  });

  it('brings back side and view where the reader said them, unless the reader said otherwise here', () => {
    const said = {
      laterality: 'L',
      lateralitySource: 'reader',
      viewSource: 'ViewPosition',
    } as const;
    expect(restore(said).correct).toHaveBeenCalledWith(listed.sopInstanceUid, { side: 'L' });
    const corrected = { ...header, laterality: { value: 'R', source: 'reader' } as const };
    expect(restore(said, setUp(), { ...open, header: corrected }).correct).not.toHaveBeenCalled();
    expect(restore({}).correct).not.toHaveBeenCalled();
  });

  it('stays away from other pixels, and leaves out shapes that are none', () => {
    const nipple = { x: 7, y: 8, source: 'reader' } as const;
    expect(restore({ nipple, pixelDigest: 'other' }).nipples.getState().placed).toEqual({});
    expect(restore({ nipple, rows: 5 }).nipples.getState().placed).toEqual({});
    const odd = { id: 'x', kind: 'angle', value: 1, calibration: 'none' } as const;
    const two: [number, number][] = [
      [1, 1],
      [2, 2],
    ];
    const { measurements } = restore({ measurements: [{ ...odd, points: two }] });
    expect(measurements.getState().measurements).toEqual([]);
  });
});
