import type { Despite } from '../../core/lesion/taken-over.ts';
import type { ReportImage } from '../../core/report/case-report.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { Spacing } from '../../state/take-over-store.ts';

/** Millimetres a pixel of an open image; undefined where it has none. */
export type SpacingOf = (sopInstanceUid: string) => Spacing | undefined;

/** Whether a report names another patient; either is empty where names were hidden or taken out. */
export const isOtherPatient = (patientId: string, { header }: OpenImage): boolean =>
  patientId !== '' && header.patientId !== '' && patientId !== header.patientId;

export const toldOf = ({ report }: RestoredCase, { header }: OpenImage): ReportImage | undefined =>
  report?.images.find((image) => image.sopInstanceUid === header.sopInstanceUid);

/** Spacings that differ by less give 100 mm the same tenth of a millimetre. */
const SAME_SPACING = 0.0005;

const isFar = (a: number, b: number): boolean => Math.abs(a / b - 1) > SAME_SPACING;

/** A report without a spacing had no sizes, and so none that are others now. */
const isOtherSpacing = (told: Spacing | undefined, open: Spacing | undefined): boolean =>
  told !== undefined &&
  (open === undefined || isFar(told.row, open.row) || isFar(told.column, open.column));

/** In what a report does not agree with images that its marks fit all the same: the reader decides. */
export const differencesOf = (
  restored: RestoredCase,
  images: readonly OpenImage[],
  spacingOf: SpacingOf,
): readonly Despite[] => {
  const otherPatient = images.some((open) => isOtherPatient(restored.patientId, open));
  const otherSpacing = images.some((open) =>
    isOtherSpacing(toldOf(restored, open)?.spacing, spacingOf(open.header.sopInstanceUid)),
  );
  return [
    ...(otherPatient ? ['patient' as const] : []),
    ...(otherSpacing ? ['spacing' as const] : []),
  ];
};
