import { message, type Message } from '../core/message/message.ts';
import { whyAway } from '../core/lesion/standing-marks.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { joinViews, originOf } from '../core/lesion/joining.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { refusalOfMarks } from '../core/lesion/markable.ts';
import type { Box } from '../core/geometry/box.ts';
import type { LesionsStore } from './lesions-store.ts';
import { openImage } from './studies-store.ts';
import type { OpenImage } from '../ports/analysis.ts';

/** What became of a mark that a hand placed. */
export type Placement =
  | { readonly kind: 'placed'; readonly lesionId: string }
  /** It does not belong to the lesion that was selected, and begins one of its own. */
  | { readonly kind: 'new lesion'; readonly lesionId: string; readonly text: Message }
  | { readonly kind: 'refused'; readonly text: Message };

/** Why a mark on `image` cannot be one more of `lesion`; undefined where it can. */
const strangeness = (
  lesion: Lesion,
  image: OpenImage,
  images: readonly OpenImage[],
): Message | undefined => {
  const sop = image.header.sopInstanceUid;
  const about = { view: viewLabel(image.header), number: lesion.number };
  if (sop in lesion.marks) return message('mark.other-pixels', about);
  const others = images.filter((other) => other.header.sopInstanceUid in lesion.marks);
  const origins = [...others, image].map(({ header }) => originOf(header, images));
  const joined = joinViews(origins);
  if (joined.ok) return undefined;
  switch (joined.error.code) {
    case 'breasts':
      return message('mark.other-breast', about);
    case 'exams':
      return message('mark.other-exam', about);
    case 'persons':
      return message('mark.other-person', about);
    default:
      return message('mark.unknown-breast', about);
  }
};

/**
 * Puts a mark that a hand drew on an image into a lesion, or into a new one where there is none or
 * where it cannot be of the one that is named. A mark that is there already never moves by this: it
 * moves by a drag that began on it. The box is checked as all marks are. The lesion is of the image's patient,
 * whoever is on show by now.
 */
export const placeMark = (
  store: LesionsStore,
  images: readonly OpenImage[],
  lesionId: string | undefined,
  sopInstanceUid: string,
  box: Box,
): Placement => {
  const image = openImage(images, sopInstanceUid);
  const patientKey = patientKeyIn(images, sopInstanceUid);
  if (!image || patientKey === undefined)
    return { kind: 'refused', text: message('mark.image-closed') };
  const unmarkable = refusalOfMarks(image.header);
  if (unmarkable) return { kind: 'refused', text: unmarkable };
  const { columns, rows, digest } = image;
  const made = { columns, rows, digest };
  if (whyAway(box, made, image)) return { kind: 'refused', text: message('mark.unfit') };
  const { lesions, setMark, createMarked } = store.getState();
  const lesion = lesions.find(({ id }) => id === lesionId);
  const begin = () => createMarked(patientKey, sopInstanceUid, box, made);
  if (!lesion) return { kind: 'placed', lesionId: begin().id };
  const before = lesion.marks[sopInstanceUid];
  if (before && !whyAway(before, lesion.pixels?.[sopInstanceUid], image))
    return {
      kind: 'refused',
      text: message('mark.there', { number: lesion.number, view: viewLabel(image.header) }),
    };
  const strange = strangeness(lesion, image, images);
  if (strange !== undefined) {
    const own = begin();
    return {
      kind: 'new lesion',
      lesionId: own.id,
      text: message('mark.alone', { why: strange, number: own.number }),
    };
  }
  setMark(lesion.id, sopInstanceUid, box, made);
  return { kind: 'placed', lesionId: lesion.id };
};
