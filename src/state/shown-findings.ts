import { isSamePlace } from '../core/finder/candidates.ts';
import {
  type ExamLook,
  findingsAt,
  isPartOf,
  markIdsOf,
  reaches,
  type Finding,
  type FindingMark,
  type OperatingPoint,
} from '../core/finder/second-look.ts';
import { samePixels } from '../core/image/pixel-identity.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { isAmong } from '../core/lesion/look-words.ts';
import type { Dismissal } from '../core/lesion/second-reading.ts';
import { message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { ExamSecondLook, SecondLookState } from './second-look-store.ts';

/** What the reader made of a finding. */
export type FindingAnswer =
  | { readonly kind: 'open' }
  /** It became this lesion; undone where the lesion goes. */
  | { readonly kind: 'accepted'; readonly lesion: Lesion }
  | { readonly kind: 'dismissed'; readonly dismissal: Dismissal };

/** A mark with whether it reaches the operating point by itself, or is there for its partner's sake. */
export type ShownMark = FindingMark & { readonly reaches: boolean };

/** A finding as the reader may see it. */
export interface ShownFinding extends Omit<Finding, 'marks'> {
  /** 1 for the most suspicious of the exam, whatever is chosen or answered. */
  readonly rank: number;
  readonly marks: readonly ShownMark[];
  readonly answer: FindingAnswer;
  /** The lesion that the reader has marked at the same place; another than it was accepted as. */
  readonly agreesWith?: Lesion | undefined;
}

const byUid = (images: readonly OpenImage[]) =>
  new Map(images.map((image) => [image.header.sopInstanceUid, image]));

/** Whether a lesion was made of a finding that was linked otherwise, and has no other mark on the views of this one. */
const isMadeOf = ({ origin, marks }: Lesion, finding: Finding): boolean => {
  if (!origin) return false;
  const made = new Set(markIdsOf(origin.finding));
  const shared = markIdsOf(finding.id).filter((id) => made.has(id));
  const others = finding.marks.filter(
    ({ sopInstanceUid: sop }) => !shared.some((id) => id.includes(`/${sop}/`)),
  );
  return shared.length > 0 && others.every(({ sopInstanceUid: sop }) => !(sop in marks));
};

/** The lesion that a finding became; undefined where none is there, or not any more. */
export const acceptedAs = (finding: Finding, lesions: readonly Lesion[]): Lesion | undefined =>
  lesions.find(({ origin }) => origin?.finding === finding.id) ??
  lesions.find((lesion) => isMadeOf(lesion, finding));

/** The lesion that marks the place of a finding, in any of its views. */
export const lesionAt = (finding: Finding, lesions: readonly Lesion[]): Lesion | undefined =>
  lesions.find(({ marks, pixels }) =>
    finding.marks.some(({ sopInstanceUid: sop, box, pixels: own }) => {
      const [mark, made] = [marks[sop], pixels?.[sop]];
      return mark !== undefined && (!made || samePixels(made, own)) && isSamePlace(mark, box);
    }),
  );

const answerOf = (
  finding: Finding,
  lesions: readonly Lesion[],
  dismissals: readonly Dismissal[],
): FindingAnswer => {
  const lesion = acceptedAs(finding, lesions);
  if (lesion) return { kind: 'accepted', lesion };
  const dismissal = dismissals.find((each) => isPartOf(finding, each.finding));
  return dismissal ? { kind: 'dismissed', dismissal } : { kind: 'open' };
};

/** The operating point that is chosen for an exam; undefined where there is no finder. */
export const operatingPointOf = (
  { finder, exams }: Pick<SecondLookState, 'finder' | 'exams'>,
  exam: string,
): OperatingPoint | undefined =>
  finder.phase === 'there'
    ? finder.info.points.find(({ falseMarks }) => falseMarks === exams[exam]?.falseMarks)
    : undefined;

/** The findings of an exam whose reader has spoken, all of them; undefined before, or while none are known. */
const lookSaid = ({ exams }: Pick<SecondLookState, 'exams'>, exam: string): ExamLook | undefined =>
  exams[exam]?.said && exams[exam].look;

/**
 * The findings that may be shown or exported now, most suspicious first, at the operating point that is
 * chosen: none before the reader's word. Marks whose image is not open with these very pixels are left
 * out. A new list each time.
 */
export const shownFindings = (
  state: Pick<SecondLookState, 'finder' | 'exams'>,
  exam: string,
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
): readonly ShownFinding[] => {
  const [point, look] = [operatingPointOf(state, exam), lookSaid(state, exam)];
  if (!point || !look) return [];
  const open = byUid(images);
  const { dismissals = [] } = state.exams[exam] ?? {};
  const shown = new Set(findingsAt(look.findings, point));
  return look.findings.flatMap((finding, i) => {
    const marks = finding.marks.flatMap((mark) => {
      const image = open.get(mark.sopInstanceUid);
      return image && samePixels(image, mark.pixels)
        ? [{ ...mark, reaches: reaches(mark, point) }]
        : [];
    });
    if (!shown.has(finding) || marks.length === 0) return [];
    const answer = answerOf(finding, lesions, dismissals);
    const agreesWith = answer.kind === 'accepted' ? undefined : lesionAt(finding, lesions);
    return [{ ...finding, marks, rank: i + 1, answer, agreesWith }];
  });
};

/** Whether the reader's word is still to be given, for the whole exam or for views that opened after it. */
export const isWordDue = (look: ExamSecondLook): boolean =>
  !look.said || viewsAsSaid(look).some(({ status }) => status === 'held back');

/**
 * What became of the views of an exam as the reader may know it: of one that opened after the word nothing
 * but that it waits for another.
 */
export const viewsAsSaid = ({ said, views }: Pick<ExamSecondLook, 'said' | 'views'>) =>
  views.map((view) =>
    !said || view.status === 'not looked' || isAmong(view, said.images)
      ? view
      : { ...view, status: 'held back' as const, reason: message('look.opened-later') },
  );

/** Likelihoods of the breasts and the exam that may be shown; undefined before the reader's word. */
export const shownExamScore = (
  state: Pick<SecondLookState, 'exams'>,
  exam: string,
): Pick<ExamLook, 'breasts' | 'exam'> | undefined => {
  const look = lookSaid(state, exam);
  return look && { breasts: look.breasts, exam: look.exam };
};
