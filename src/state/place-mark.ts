import { whyAway } from '../core/lesion/standing-marks.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { joinViews, originOf } from '../core/lesion/joining.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { Box } from '../core/geometry/box.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { OpenImage } from '../ports/analysis.ts';

/** What became of a mark that a hand placed: sentences are English, translated where they are shown. */
export type Placement =
  | { readonly kind: 'placed'; readonly lesionId: string }
  /** It does not belong to the lesion that was selected, and begins one of its own. */
  | { readonly kind: 'new lesion'; readonly lesionId: string; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

/** Why a mark on `image` cannot be one more of `lesion`; undefined where it can. */
const strangeness = (
  lesion: Lesion,
  image: OpenImage,
  images: readonly OpenImage[],
): string | undefined => {
  const sop = image.header.sopInstanceUid;
  const name = viewLabel(image.header);
  if (sop in lesion.marks)
    return `Lesion ${lesion.number} was marked on other pixels than ${name} holds now`;
  const others = images.filter((other) => other.header.sopInstanceUid in lesion.marks);
  const origins = [...others, image].map(({ header }) =>
    originOf(header, patientKeyIn(images, header.sopInstanceUid) ?? ''),
  );
  const joined = joinViews(origins);
  if (joined.ok) return undefined;
  const of = `lesion ${lesion.number}`;
  switch (joined.error.code) {
    case 'breasts':
      return `${name} shows the other breast than ${of} is in`;
    case 'exams':
      return `${name} is of another examination than ${of}`;
    case 'persons':
      return `${name} is of another person than ${of}`;
    default:
      return `It is not known which breast ${name} or another view of ${of} shows`;
  }
};

/**
 * Puts a mark that a hand drew on an image into a lesion, or into a new one where there is none or
 * where it cannot be of the one that is named. A mark that is there already never moves by this: it
 * moves by a drag that began on it. The box is checked as all marks are.
 */
export const placeMark = (
  store: LesionsStore,
  images: readonly OpenImage[],
  patientKey: string,
  lesionId: string | undefined,
  sopInstanceUid: string,
  box: Box,
): Placement => {
  const image = images.find(({ header }) => header.sopInstanceUid === sopInstanceUid);
  if (!image) return { kind: 'refused', text: 'The image is not open any more.' };
  const { columns, rows, digest } = image;
  const made = { columns, rows, digest };
  if (whyAway(box, made, image))
    return { kind: 'refused', text: 'The mark is too small or does not lie inside the image.' };
  const { lesions, setMark, createMarked } = store.getState();
  const lesion = lesions.find(({ id }) => id === lesionId);
  const begin = () => createMarked(patientKey, sopInstanceUid, box, made);
  if (!lesion) return { kind: 'placed', lesionId: begin().id };
  const before = lesion.marks[sopInstanceUid];
  if (before && !whyAway(before, lesion.pixels?.[sopInstanceUid], image))
    return {
      kind: 'refused',
      text: `Lesion ${lesion.number} is marked on ${viewLabel(image.header)} already: drag its mark to move it, or begin a new lesion (N).`,
    };
  const strange = strangeness(lesion, image, images);
  if (strange !== undefined) {
    const own = begin();
    return {
      kind: 'new lesion',
      lesionId: own.id,
      text: `${strange}: this is lesion ${own.number}, by itself.`,
    };
  }
  setMark(lesion.id, sopInstanceUid, box, made);
  return { kind: 'placed', lesionId: lesion.id };
};
