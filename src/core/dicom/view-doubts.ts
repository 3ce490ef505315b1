import type { Claim, MammogramHeader, MammographyView, Side } from './mammogram-header.ts';
import { opposite, type Edge } from './picture-evidence.ts';

/** How the picture lies against what the file says, or against how mammograms are stored. */
export type PictureDoubt = 'mirrored' | 'upside down' | 'on its side';

type Of = Pick<
  MammogramHeader,
  'laterality' | 'view' | 'viewModifiers' | 'kind' | 'patientOrientation' | 'picture'
>;

/** Pictures of part of a breast, or of none: their edges say nothing of the chest wall. */
const isPart = ({ view, viewModifiers, kind }: Of): boolean =>
  view.value === 'SPECIMEN' ||
  view.value === 'CV' ||
  view.value === 'AT' ||
  kind === 'stereotactic' ||
  kind === 'cropped' ||
  kind === 'mask' ||
  viewModifiers.some((m) =>
    ['magnification', 'spot compression', 'tangential', 'cleavage', 'axillary tissue'].includes(m),
  );

/** Where chest wall and head should be in the stored image; undefined where nothing says so. */
const expected = ({
  patientOrientation,
  laterality,
}: Of): { readonly wall: Edge; readonly head: Edge | undefined } | undefined => {
  const [row, column] = patientOrientation ?? ['', ''];
  const headOf = (axis: string, start: Edge): Edge | undefined => {
    if (axis.includes('F')) return start;
    return axis.includes('H') ? opposite(start) : undefined;
  };
  if (/^[AP]/.test(row))
    return { wall: row.startsWith('A') ? 'left' : 'right', head: headOf(column, 'top') };
  if (/^[AP]/.test(column))
    return { wall: column.startsWith('A') ? 'top' : 'bottom', head: headOf(row, 'left') };
  if (patientOrientation || !laterality.value) return undefined;
  return { wall: laterality.value === 'L' ? 'left' : 'right', head: 'top' };
};

/** Whether the picture lies otherwise than the file says; without PatientOrientation, than its side is stored. */
export const pictureDoubt = (header: Of): PictureDoubt | undefined => {
  const { chestWall, pectoral } = header.picture ?? {};
  const should = isPart(header) ? undefined : expected(header);
  if (!chestWall || !should) return undefined;
  const isTurned = pectoral && should.head && pectoral === opposite(should.head);
  if (chestWall === opposite(should.wall)) return isTurned ? 'upside down' : 'mirrored';
  if (chestWall !== should.wall) return 'on its side';
  return isTurned ? 'upside down' : undefined;
};

/** What the reader has to say before an image may be turned or scored. */
export interface OpenQuestions {
  /** All that is claimed of the side, the one in use first; [] where there is no doubt. */
  readonly side: readonly Claim<Side>[];
  readonly view: readonly Claim<MammographyView>[];
  readonly picture: PictureDoubt | undefined;
}

const claimsOf = <T>(read: {
  readonly value: T | undefined;
  readonly source: Claim<T>['source'];
  readonly against?: readonly Claim<T>[];
}): readonly Claim<T>[] =>
  read.value === undefined || !read.against
    ? []
    : [{ value: read.value, source: read.source }, ...read.against];

/** A slanting muscle edge is not seen from above; a breast that leaves both corners free is no oblique. */
const picturedView = ({ view, picture }: Of): MammographyView | undefined => {
  if (view.value === 'CC' && picture?.projection === 'oblique') return 'MLO';
  return view.value === 'MLO' && picture?.projection === 'CC' ? 'CC' : undefined;
};

const viewClaims = (header: Of): readonly Claim<MammographyView>[] => {
  const pictured = isPart(header) ? undefined : picturedView(header);
  const against = [
    ...(header.view.against ?? []),
    ...(pictured ? [{ value: pictured, source: 'picture' } as const] : []),
  ];
  return claimsOf({ ...header.view, ...(against.length > 0 && { against }) });
};

/** Where the sources of side and view disagree, the picture among them; what the reader said is settled. */
export const openQuestions = (header: Of): OpenQuestions => ({
  side: header.laterality.source === 'reader' ? [] : claimsOf(header.laterality),
  view: header.view.source === 'reader' ? [] : viewClaims(header),
  picture: header.laterality.source === 'reader' ? undefined : pictureDoubt(header),
});

/** Whether side and view are beyond doubt, by the file and the picture or by the reader. */
export const isSettled = (header: Of): boolean => {
  const { side, view, picture } = openQuestions(header);
  return side.length === 0 && view.length === 0 && picture === undefined;
};
