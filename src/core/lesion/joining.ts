import { groupBy } from '../units/group-by.ts';
import { message, type Message } from '../message/message.ts';
import { examIn, patientKeyIn } from '../dicom/grouping.ts';
import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import { viewLabel } from '../dicom/view-label.ts';
import { err, ok, type Result } from '../message/result.ts';

/** Of whom, when and what a marked image is: all that decides whether two of them may be joined. */
export interface ViewOrigin {
  /** What holds images of one person together. */
  readonly person: string;
  /** What holds images of one examination together. */
  readonly exam: string;
  /** Of the breast: "L", "R"; undefined where it is not known. */
  readonly side: string | undefined;
  /** The projection: "CC", "MLO"; undefined where it is not known. */
  readonly view: string | undefined;
  /** As the reader sees it: "RCC". */
  readonly name: string;
}

/** Why something has no score, as a code of its own, which reports and tests go by, and for the reader. */
export interface Refusal {
  readonly code: 'no-view' | 'persons' | 'exams' | 'breasts' | 'side-unknown' | 'not-finite';
  readonly text: Message;
}

/** The images of each projection, by their places in the list that was joined. */
export type Projections = readonly (readonly number[])[];

/** `images`: all that are open, which say together whose and of which exam the image is (see groupImages). */
export const originOf = (
  header: MammogramHeader,
  images: readonly { readonly header: MammogramHeader }[],
): ViewOrigin => ({
  person: patientKeyIn(images, header.sopInstanceUid) ?? '',
  exam: examIn(images, header.sopInstanceUid)?.exam ?? header.studyInstanceUid,
  side: header.laterality.value,
  view: header.view.value,
  name: viewLabel(header),
});

const namesOf = (origins: readonly ViewOrigin[]): string => origins.map((o) => o.name).join(', ');

/** What keeps images from being joined to one lesion; undefined where nothing does. */
const refusalOf = (origins: readonly ViewOrigin[]): Refusal | undefined => {
  const [first, ...others] = origins;
  if (!first) return { code: 'no-view', text: message('join.no-view') };
  const views = namesOf(origins);
  if (others.some((o) => o.person !== first.person))
    return {
      code: 'persons',
      text: message('join.persons', { views }),
    };
  if (others.some((o) => o.exam !== first.exam))
    return {
      code: 'exams',
      text: message('join.exams', { views }),
    };
  if (others.length > 0 && origins.some((o) => o.side === undefined))
    return {
      code: 'side-unknown',
      text: message('join.side-unknown', { views }),
    };
  if (others.some((o) => o.side !== first.side))
    return {
      code: 'breasts',
      text: message('join.breasts', { views }),
    };
  return undefined;
};

/**
 * Joins the marked images of one lesion: those of one person, one examination and one breast, and no
 * others. Images of one projection are grouped, in the order given: they repeat one view and are no
 * further evidence. An image of unknown projection repeats none.
 */
export const joinViews = (origins: readonly ViewOrigin[]): Result<Projections, Refusal> => {
  const refusal = refusalOf(origins);
  if (refusal) return err(refusal);
  return ok(groupBy([...origins.keys()], (i) => origins[i]?.view ?? `unknown ${i}`));
};

/** The projections that more than one image shows, as the reader sees them: "RCC, RCC M". */
export const repeatedViews = (origins: readonly ViewOrigin[]): readonly string[] => {
  const joined = joinViews(origins);
  if (!joined.ok) return [];
  return joined.value
    .filter((group) => group.length > 1)
    .map((group) => namesOf(group.map((i) => origins[i] as ViewOrigin)));
};
