import type { ReportLesion } from './report-lesion.ts';
import { isLesion, type ReportSecondLook } from './report-second-look.ts';

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The part of a report that its parts must agree about. */
interface Linked {
  readonly studies: readonly { readonly studyInstanceUid: string }[];
  readonly images: readonly {
    readonly sopInstanceUid: string;
    readonly studyInstanceUid: string;
  }[];
  readonly lesions: readonly ReportLesion[];
  readonly secondLooks?: readonly ReportSecondLook[] | undefined;
}

/** Positions of the values that occurred before. */
const repeats = (values: readonly (string | number)[]): number[] => {
  const seen = new Set<string | number>();
  return values.flatMap((value, i) => {
    if (seen.has(value)) return [i];
    seen.add(value);
    return [];
  });
};

const scoreProblems = ({ score, marks }: ReportLesion): string[] => {
  if (!score) return [];
  const marked = new Set(marks.map((mark) => mark.sopInstanceUid));
  const lists = [score.viewLikelihoods, ...score.arms.map((arm) => arm.viewScores)];
  return [
    ...score.views
      .filter((uid) => !marked.has(uid))
      .map((uid) => `the score names a view without a mark: ${uid}`),
    ...lists
      .filter((list) => list.length !== score.views.length)
      .map((list) => `the score has ${list.length} values for ${score.views.length} views`),
  ];
};

const lesionProblems = (lesion: ReportLesion, images: ReadonlySet<string>): string[] => {
  const marked = lesion.marks.map((mark) => mark.sopInstanceUid);
  return [
    ...marked.filter((uid) => !images.has(uid)).map((uid) => `marked on an unlisted image: ${uid}`),
    ...repeats(marked).map((i) => `marked twice on one image: ${marked[i]}`),
    ...scoreProblems(lesion),
  ];
};

const secondLookProblems = (
  { findings, lookedAt, notLookedAt }: ReportSecondLook,
  images: ReadonlySet<string>,
  lesionIds: ReadonlySet<string>,
): string[] => {
  const views = [...lookedAt, ...notLookedAt.map((view) => view.sopInstanceUid)];
  const marked = findings.flatMap((finding) => finding.marks.map((mark) => mark.sopInstanceUid));
  return [
    ...[...views, ...marked]
      .filter((uid) => !images.has(uid))
      .map((uid) => `the second look names an unlisted image: ${uid}`),
    ...repeats(findings.map((finding) => finding.rank)).map(
      (i) => `two findings of one rank: ${findings[i]?.rank}`,
    ),
    ...findings
      .filter((finding) => isLesion(finding) && !lesionIds.has(finding.lesionId ?? ''))
      .map((finding) => `finding ${finding.rank} is of an unlisted lesion`),
  ];
};

/** What is contradictory within a report whose every field is valid by itself. */
export const reportProblems = ({
  studies,
  images,
  lesions,
  secondLooks = [],
}: Linked): Problem[] => {
  const studyUids = new Set(studies.map((study) => study.studyInstanceUid));
  const uids = images.map((image) => image.sopInstanceUid);
  const known = new Set(uids);
  const lesionIds = new Set(lesions.map((lesion) => lesion.id));
  return [
    ...repeats(uids).map((i) => ({ path: ['images', i], message: 'the image is listed twice' })),
    ...images.flatMap((image, i) =>
      studyUids.has(image.studyInstanceUid)
        ? []
        : [{ path: ['images', i], message: 'the image is of an unlisted study' }],
    ),
    ...repeats(lesions.map((l) => l.id)).map((i) => ({
      path: ['lesions', i],
      message: 'the lesion id is used twice',
    })),
    ...repeats(lesions.map((l) => l.number)).map((i) => ({
      path: ['lesions', i],
      message: 'the lesion number is used twice',
    })),
    ...lesions.flatMap((lesion, i) =>
      lesionProblems(lesion, known).map((message) => ({ path: ['lesions', i], message })),
    ),
    ...secondLooks.flatMap((look, i) =>
      secondLookProblems(look, known, lesionIds).map((message) => ({
        path: ['secondLooks', i],
        message,
      })),
    ),
  ];
};
