import { isHit } from '../../src/core/finder/candidates.ts';
import { PAIR_CUES, pairCues } from '../../src/core/finder/link-views.ts';
import { bothCues, type FoundView, type Rescoring } from '../../src/core/finder/rescore.ts';
import {
  VIEW_CUES,
  withLeads,
  type ViewCandidate,
  type ViewCue,
} from '../../src/core/finder/view-cues.ts';
import { fitLogistic, type Example } from './fit-logistic.ts';
import type { FinderImage } from './table.ts';

/** An image with its candidates, found by a network that never saw its patient. */
export type Found = FinderImage & { readonly candidates: readonly ViewCandidate[] };

/** Cues of the malignancy of a mark that is a mass. */
export const OUTCOME_CUES = ['outcome', 'size', 'contrast', 'score'] as const;

/** Candidates of each view that pairs are made of, best first. */
const PAIRED = 6;

const breastOf = ({ patient, side }: FinderImage): string => `${patient} ${side}`;

/** An image as the models see it; one whose patient, side or view is not told stands alone. */
export const asView = (image: Found): FoundView => ({
  breast: image.patient && image.side ? breastOf(image) : `? ${image.image}`,
  view: image.view,
  candidates: image.candidates,
});

export const byBreast = <T extends FinderImage>(images: readonly T[]): T[][] => {
  const breasts = new Map<string, T[]>();
  for (const image of images) {
    const key = breastOf(image);
    breasts.set(key, [...(breasts.get(key) ?? []), image]);
  }
  return [...breasts.values()];
};

/** Lesions that a candidate hits. */
const hitsOf = (image: Found, candidate: ViewCandidate): string[] =>
  image.lesions.filter(({ box }) => isHit(candidate.box, box)).map(({ lesion }) => lesion);

/**
 * The image as if it held no lesion: the marks that hit one are taken away. Every image of the archive
 * holds a lesion, so a model that saw only them would trust the best mark of any view.
 */
export const withoutLesions = <T extends Found>(image: T): T => ({
  ...image,
  lesions: [],
  candidates: withLeads(image.candidates.filter((c) => hitsOf(image, c).length === 0)),
});

const ownExamples = (images: readonly Found[]): Example[] =>
  images.flatMap((image) =>
    image.candidates.map((c) => ({ cues: c.cues, label: hitsOf(image, c).length > 0 })),
  );

/** A lesion whose partner in the other view is not known. */
const isLone = (lesion: string): boolean => /_box\d+$/.test(lesion);

const pairExamples = (images: readonly Found[]): Example[] =>
  byBreast(images).flatMap((breast) => {
    const of = (view: string) => breast.filter((image) => image.view === view);
    return of('CC').flatMap((cc) =>
      of('MLO').flatMap((mlo) =>
        cc.candidates.slice(0, PAIRED).flatMap((a) =>
          mlo.candidates.slice(0, PAIRED).flatMap((b) => {
            const [here, there] = [hitsOf(cc, a), hitsOf(mlo, b)];
            if ([...here, ...there].some(isLone)) return [];
            return [{ cues: pairCues(a, b), label: here.some((id) => there.includes(id)) }];
          }),
        ),
      ),
    );
  });

const bothExamples = (
  images: readonly Found[],
  models: Pick<Rescoring, 'own' | 'pair'>,
): Example[] =>
  byBreast(images).flatMap((breast) => {
    const views = breast.map(asView);
    return breast.flatMap((image, v) =>
      bothCues(views[v] as FoundView, views, models).flatMap(({ own, support, paired }, i) => {
        const label = hitsOf(image, image.candidates[i] as ViewCandidate).length > 0;
        return paired ? [{ cues: { own, support }, label }] : [];
      }),
    );
  });

const outcomeExamples = (images: readonly Found[]): Example[] =>
  images.flatMap((image) =>
    image.candidates.flatMap((c) => {
      const hit = image.lesions.find(({ box }) => isHit(c.box, box));
      return hit?.malignant === undefined ? [] : [{ cues: c.cues, label: hit.malignant }];
    }),
  );

/**
 * Fits the models that turn marks into scores; `cues` are those that the first one sees. Masses are
 * told from false marks on each image twice: as it is, and as if it held no lesion.
 */
export const fitRescoring = (
  images: readonly Found[],
  cues: readonly ViewCue[] = VIEW_CUES,
): Rescoring => {
  const copies = [images, images.map(withoutLesions)];
  const own = fitLogistic(copies.flatMap(ownExamples), cues);
  const pair = fitLogistic(pairExamples(images), PAIR_CUES);
  const both = fitLogistic(
    copies.flatMap((part) => bothExamples(part, { own, pair })),
    ['own', 'support'],
  );
  const outcome = fitLogistic(outcomeExamples(images), OUTCOME_CUES);
  return { own, pair, both, outcome };
};
