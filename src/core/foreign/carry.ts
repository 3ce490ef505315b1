import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import type { LibraryImage } from './cad-report.ts';

/** An open image, as far as it tells what marks of others belong on it. */
export interface OpenPicture {
  readonly header: Pick<
    MammogramHeader,
    'sopInstanceUid' | 'patientOrientation' | 'sources' | 'planes'
  >;
  readonly columns: number;
  readonly rows: number;
  /** Millimetres a pixel; undefined where it is not known. */
  readonly spacing?: { readonly column: number; readonly row: number } | undefined;
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3 * Math.max(a, b);

/** Whether what is known of the image that marks were made on fits the other: size, orientation, spacing. */
const isSameGeometry = (
  made: LibraryImage | undefined,
  source: OpenPicture | undefined,
  shown: OpenPicture,
): boolean => {
  if (source && (source.columns !== shown.columns || source.rows !== shown.rows)) return false;
  const orientation = source?.header.patientOrientation ?? made?.orientation;
  const other = shown.header.patientOrientation;
  if (orientation && other && orientation.join('\\') !== other.join('\\')) return false;
  const spacing = made?.spacing;
  if (!spacing || !shown.spacing) return true;
  return isClose(spacing.column, shown.spacing.column) && isClose(spacing.row, shown.spacing.row);
};

/**
 * The open images that a mark on `sop` belongs on: the image itself, and those that were made of it
 * (Source Image Sequence) with the same geometry, as the For Presentation image of the For Processing
 * one that a CAD program looked at.
 */
export const picturesFor = (
  sop: string,
  library: readonly LibraryImage[],
  open: readonly OpenPicture[],
): readonly string[] => {
  const made = library.find(({ sopInstanceUid }) => sopInstanceUid === sop);
  const source = open.find(({ header }) => header.sopInstanceUid === sop);
  const derived = open.filter(
    (each) => each.header.sources?.includes(sop) && isSameGeometry(made, source, each),
  );
  return [...(source ? [source] : []), ...derived].map(({ header }) => header.sopInstanceUid);
};
