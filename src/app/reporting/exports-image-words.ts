import type { ReportMeasurement } from '../../core/report/report-measurement.ts';
import type { ReportImage } from '../../core/report/case-report.ts';
import { measure } from '../../core/display/measure/measure.ts';
import type { MeasuredShape, Measurement } from '../../core/display/measure/measurement.ts';
import { isCorrected, type ViewCorrection } from '../../core/dicom/view-correction.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { MeasurementsStore } from '../../state/measurements-store.ts';
import type { NipplesStore } from '../../state/nipples-store.ts';

const valueOf = (shape: MeasuredShape, image: MammogramImage) => {
  const reading = measure(shape, image);
  const { kind } = reading.calibration;
  switch (reading.kind) {
    case 'distance':
      return { value: reading.length, calibration: kind };
    case 'ellipse':
      return { value: reading.area, calibration: kind };
    case 'angle':
      return { value: reading.degrees, calibration: kind };
  }
};

/** The measurements on one image as a report carries them. */
export const reportedMeasurements = (
  all: readonly Measurement[],
  sop: string,
  image: MammogramImage,
): ReportMeasurement[] =>
  all
    .filter(({ sopInstanceUid }) => sopInstanceUid === sop)
    .map(({ id, shape, slice }) => ({
      id,
      kind: shape.kind,
      points: shape.points.map(({ x, y }): [number, number] => [x, y]),
      ...(slice !== undefined && { slice }),
      ...valueOf(shape, image),
    }));

/** A shape needs as many points as its kind has; others are left out. */
const shapeOf = ({ kind, points }: ReportMeasurement): MeasuredShape | undefined => {
  const [a, b, c] = points.map(([x, y]) => ({ x, y }));
  if (!a || !b) return undefined;
  if (kind !== 'angle') return c ? undefined : { kind, points: [a, b] };
  return c && { kind, points: [a, b, c] };
};

interface Targets {
  readonly measurements: MeasurementsStore;
  readonly nipples: NipplesStore;
  readonly correct: (sop: string, correction: ViewCorrection) => void;
}

/** Whether a report speaks of the very pixels that are open. */
const isOfThese = (reported: ReportImage, open: OpenImage): boolean =>
  reported.columns === open.columns &&
  reported.rows === open.rows &&
  (reported.pixelDigest === undefined || reported.pixelDigest === open.digest);

const correctionIn = (reported: ReportImage): ViewCorrection => ({
  ...(reported.lateralitySource === 'reader' &&
    reported.laterality && { side: reported.laterality }),
  ...(reported.viewSource === 'reader' && reported.view && { view: reported.view }),
});

/**
 * Brings back what the reader said of single images: measurements, the nipple that was set, and side
 * and view. What stands here already stays as it is.
 */
export const restoreImageWords = (
  reported: ReportImage,
  open: OpenImage,
  { measurements, nipples, correct }: Targets,
): void => {
  if (!isOfThese(reported, open)) return;
  const { sopInstanceUid, nipple } = reported;
  measurements.getState().restore(
    (reported.measurements ?? []).flatMap((one) => {
      const shape = shapeOf(one);
      const { id, slice } = one;
      return shape ? [{ id, sopInstanceUid, shape, ...(slice !== undefined && { slice }) }] : [];
    }),
  );
  if (nipple?.source === 'reader')
    nipples.getState().restore({ [sopInstanceUid]: { x: nipple.x, y: nipple.y } });
  const correction = correctionIn(reported);
  if (!isCorrected(open.header) && Object.keys(correction).length > 0)
    correct(sopInstanceUid, correction);
};
