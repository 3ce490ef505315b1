import { message, type Message } from '../../core/message/message.ts';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { type Lesion, nextLesionNumber } from '../../core/lesion/lesion.ts';
import { type RestoredCase, type RestoredLesion, toLesions } from '../../core/report/restored.ts';
import { whyAway } from '../../core/lesion/standing-marks.ts';
import { type Box, clipBox } from '../../core/geometry/box.ts';
import type { LesionsStore } from '../../state/lesions-store.ts';
import { openImage } from '../../state/studies-store.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { DESPITE, type Despite } from '../../core/lesion/taken-over.ts';
import { differencesOf, type SpacingOf, toldOf } from './report-differences.ts';

/** One lesion of a report that was read, with the file that it came from. */
export interface Waiting {
  readonly path: string;
  readonly restored: RestoredCase;
  readonly lesion: RestoredLesion;
}

/** What became of one lesion of a report. */
export type Restoration =
  | { readonly kind: 'restored'; readonly lesion: Lesion; readonly from: Waiting }
  /** The very lesion is here already, with these marks or with others. */
  | { readonly kind: 'known'; readonly same: boolean; readonly from: Waiting }
  /** The very lesion is kept, with no mark on an image that is open: it comes with its own images. */
  | { readonly kind: 'kept'; readonly from: Waiting }
  | { readonly kind: 'misfit'; readonly reason: Message; readonly from: Waiting }
  /** Its marks fit, but its report says otherwise than the images: the reader decides. */
  | {
      readonly kind: 'differs';
      readonly differs: readonly Despite[];
      /** An image that it speaks of, and of which it says otherwise. */
      readonly open: OpenImage;
      readonly from: Waiting;
    }
  /** None of its images is open. */
  | { readonly kind: 'waiting'; readonly from: Waiting };

/** Rounding to 32-bit floats may carry a box over the rim; exact ones are never changed. */
const fitted = (lesion: Lesion, exact: boolean, images: readonly OpenImage[]): Lesion =>
  exact
    ? lesion
    : {
        ...lesion,
        marks: Object.fromEntries(
          Object.entries(lesion.marks).map(([sop, box]) => {
            const image = openImage(images, sop);
            return [sop, image ? clipBox(box, image.columns, image.rows) : box];
          }),
        ),
      };

/**
 * Whether a report speaks of the matrix and the breast of the image that is open here under its identifier;
 * why not. On another matrix its boxes mean nothing, on the other breast they are somebody's error.
 */
const otherImage = (restored: RestoredCase, open: OpenImage): Message | undefined => {
  const { path, header, asRead, columns, rows } = open;
  const told = toldOf(restored, open);
  if (!told) return undefined;
  if (told.columns !== columns || told.rows !== rows)
    return message('restored.other-size', { path, columns, rows });
  const sides = [header.laterality.value, asRead.laterality.value].filter((side) => side !== null);
  return told.laterality && sides.length > 0 && !sides.includes(told.laterality)
    ? message('restored.other-side', { path })
    : undefined;
};

const misfit = (lesion: Lesion, images: readonly OpenImage[]): Message | undefined => {
  for (const [sop, box] of Object.entries(lesion.marks)) {
    const image = openImage(images, sop);
    const reason = image && whyAway(box, lesion.pixels?.[sop], image);
    if (image && reason === 'other pixels')
      return message('restored.other-pixels', { path: image.path });
    if (image && reason === 'outside')
      return message('restored.unfit', {
        path: image.path,
        columns: image.columns,
        rows: image.rows,
      });
  }
  return undefined;
};

/** A number that is free: of two lesions with one number the one that came later gets the next. */
const withFreeNumber = (lesion: Lesion, lesions: readonly Lesion[]): Lesion => {
  const taken = lesions.some(
    (l) => l.patientKey === lesion.patientKey && l.number === lesion.number,
  );
  return taken ? { ...lesion, number: nextLesionNumber(lesions, lesion.patientKey) } : lesion;
};

/** 32-bit floats round the coordinates of any image by less than this, pixels. */
const ROUNDING = 0.01;

const sameBox = (a: Box, b: Box): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) < ROUNDING);

/** Whether two lesions are marked alike: a report that has lost the id of its lesion is known by it. */
const markedAlike = (a: Lesion, b: Lesion): boolean => {
  const [marks, others] = [Object.entries(a.marks), b.marks];
  return (
    marks.length === Object.keys(others).length &&
    marks.every(([sop, box]) => others[sop] !== undefined && sameBox(box, others[sop]))
  );
};

/** The very lesion among those here: by its id, which tracking UIDs carry too, else by its marks. */
const knownAs = (lesion: Lesion, lesions: readonly Lesion[]): Lesion | undefined =>
  lesions.find((l) => l.id === lesion.id) ??
  lesions.find((l) => l.patientKey === lesion.patientKey && markedAlike(lesion, l));

/** The lesion with the word that it was taken over, beside what an earlier reader took it over in spite of. */
const takenOver = (lesion: Lesion, differs: readonly Despite[], at: string): Lesion => {
  const all = new Set([...(lesion.takenOver?.despite ?? []), ...differs]);
  return { ...lesion, takenOver: { despite: DESPITE.filter((each) => all.has(each)), at } };
};

/** What is open here, and what the reader said of the report where it does not agree with that. */
export interface RestoreInto {
  readonly images: readonly OpenImage[];
  readonly store: LesionsStore;
  readonly newId: () => string;
  readonly spacingOf: SpacingOf;
  /** Whether a lesion of this id is kept, whichever images it is marked on. */
  readonly isKept?: (id: string) => boolean;
  /** What the reader takes its lesions over in spite of; absent before the reader was asked. */
  readonly despite?: { readonly differs: readonly Despite[]; readonly at: string } | undefined;
}

/**
 * Puts a lesion of a report into the store, as soon as one of its images is open: its marks on
 * images that are opened later come with it. What is in the store already, or kept, is never changed.
 */
export const restoreLesion = (
  from: Waiting,
  { images, store, newId, spacingOf, isKept, despite }: RestoreInto,
): Restoration => {
  const marked = from.lesion.marks.flatMap((mark) => openImage(images, mark.sopInstanceUid) ?? []);
  const [first] = marked;
  if (!first) return { kind: 'waiting', from };
  const mistaken = marked.flatMap((image) => otherImage(from.restored, image) ?? []);
  if (mistaken[0]) return { kind: 'misfit', reason: mistaken[0], from };
  const single = { ...from.restored, lesions: [from.lesion] };
  const patientKey = patientKeyIn(images, first.header.sopInstanceUid) ?? '';
  const [raw] = toLesions(single, patientKey, newId);
  if (!raw) return { kind: 'waiting', from };
  const lesion = fitted(raw, from.restored.exact, images);
  const { lesions } = store.getState();
  const known = knownAs(lesion, lesions);
  if (known) return { kind: 'known', same: markedAlike(known, lesion), from };
  if (isKept?.(lesion.id)) return { kind: 'kept', from };
  const reason = misfit(lesion, images);
  if (reason) return { kind: 'misfit', reason, from };
  const differs = differencesOf(from.restored, marked, spacingOf);
  if (differs.some((each) => !despite?.differs.includes(each))) {
    const isOne = (open: OpenImage) => differencesOf(from.restored, [open], spacingOf).length > 0;
    return { kind: 'differs', differs, open: marked.find(isOne) ?? first, from };
  }
  const free = withFreeNumber(lesion, lesions);
  const numbered = despite && differs.length > 0 ? takenOver(free, differs, despite.at) : free;
  store.getState().restore([numbered]);
  return { kind: 'restored', lesion: numbered, from };
};
