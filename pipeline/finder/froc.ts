import { isHit } from '../../src/core/finder/candidates.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import type { TableLesion } from './table.ts';

/** False marks an image at which sensitivity is told. */
export const FALSE_MARKS = [0.1, 0.25, 0.5, 1, 2] as const;

export interface MarkedImage {
  readonly patient: string;
  readonly lesions: readonly TableLesion[];
  readonly candidates: readonly { readonly box: Box; readonly score: number }[];
}

export interface FrocPoint {
  readonly falseMarks: number;
  readonly sensitivity: number | null;
  /** 95 %, bootstrap over patients. */
  readonly interval: readonly [number, number] | null;
  /** Marks of at least this score are shown at this point. */
  readonly threshold: number;
}

/** What an image counts for: the best score on each lesion that is asked for, and the false marks'. */
interface Counted {
  readonly patient: string;
  readonly hits: readonly number[];
  readonly falses: readonly number[];
}

const count = (
  { patient, lesions, candidates }: MarkedImage,
  wanted: (lesion: TableLesion) => boolean,
): Counted => ({
  patient,
  hits: lesions
    .filter(wanted)
    .map(({ box }) =>
      candidates.reduce((m, c) => (isHit(c.box, box) ? Math.max(m, c.score) : m), -1),
    ),
  falses: candidates
    .filter((c) => !lesions.some(({ box }) => isHit(c.box, box)))
    .map((c) => c.score),
});

/**
 * Free-response operating characteristic: share of lesion marks (one a lesion and image) that are
 * hit, at a mean number of false marks an image over all images. A mark that hits any lesion is not
 * false. Intervals resample patients, and find the threshold anew in each draw.
 */
export const froc = (
  images: readonly MarkedImage[],
  wanted: (lesion: TableLesion) => boolean = () => true,
  replicates = 1000,
): FrocPoint[] => {
  const counted = images.map((image) => count(image, wanted));
  const patients = counted.map((c) => c.patient);
  const tagged = counted.flatMap((c, i) => c.falses.map((score) => ({ i, score })));
  tagged.sort((a, b) => b.score - a.score);
  const at = (rows: readonly number[], falseMarks: number) => {
    const times = new Int32Array(counted.length);
    for (const i of rows) times[i] = (times[i] as number) + 1;
    const allowed = falseMarks * rows.length;
    let [seen, threshold] = [0, 0];
    for (const { i, score } of tagged) {
      seen += times[i] as number;
      if (seen > allowed) {
        threshold = score;
        break;
      }
    }
    let [hit, all] = [0, 0];
    for (let i = 0; i < counted.length; i++)
      for (const score of (counted[i] as Counted).hits) {
        all += times[i] as number;
        if (score > threshold) hit += times[i] as number;
      }
    return { threshold, share: all ? hit / all : undefined };
  };
  const everything = counted.map((_, i) => i);
  return FALSE_MARKS.map((falseMarks) => {
    const { threshold, share } = at(everything, falseMarks);
    const interval =
      share === undefined
        ? undefined
        : bootstrapInterval(patients, (rows) => at(rows, falseMarks).share, { replicates });
    return { falseMarks, sensitivity: share ?? null, interval: interval ?? null, threshold };
  });
};

/** Mean number of marks above a threshold, an image. */
export const marksAnImage = (images: readonly MarkedImage[], threshold: number): number =>
  images.reduce(
    (n, { candidates }) => n + candidates.filter((c) => c.score > threshold).length,
    0,
  ) / Math.max(images.length, 1);

/** Share of lesion marks with a mark above a threshold, and its interval over patients. */
export const sensitivityAt = (
  images: readonly MarkedImage[],
  threshold: number,
  replicates = 1000,
): { sensitivity: number; interval: readonly [number, number] } => {
  const counted = images.map((image) => count(image, () => true));
  const share = (rows: readonly number[]) => {
    const hits = rows.flatMap((i) => counted[i]?.hits ?? []);
    return hits.length ? hits.filter((s) => s > threshold).length / hits.length : undefined;
  };
  const sensitivity = share(counted.map((_, i) => i)) ?? 0;
  const patients = counted.map((c) => c.patient);
  const interval = bootstrapInterval(patients, share, { replicates });
  return { sensitivity, interval: interval ?? [0, 1] };
};
