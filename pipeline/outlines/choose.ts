import type { Roi } from '../data/rois.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

/** From the most to the least suspicious; a lesion with several words counts by the first. */
const MARGINS = ['spiculated', 'ill_defined', 'microlobulated', 'obscured', 'circumscribed'];
/** Subtlety as the archive writes it, 1 the faintest. */
const SUBTLETIES: readonly (readonly string[])[] = [['1', '2'], ['3'], ['4'], ['5']];
const A_STRATUM = 2;
const SEED = 40;

/** The margin word that a lesion is counted under; undefined where the archive names none. */
export const marginOf = ({ margins }: Pick<Roi, 'margins'>): string | undefined =>
  MARGINS.find((word) => margins.split('-').includes(word));

/** Names a view of a lesion within the archive. */
export const viewKey = ({ lesion, image }: Pick<Roi, 'lesion' | 'image'>): string =>
  `${lesion} ${image}`;

const shuffled = <T extends Roi>(rois: readonly T[], random: () => number): T[] =>
  rois
    .map((roi) => ({ roi, key: viewKey(roi) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ roi }) => ({ roi, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ roi }) => roi);

/**
 * The views to be outlined by hand: two of each of five margin words and four degrees of subtlety
 * (40 in all), one a patient, by a seeded draw over all views in the order of their names. Where a
 * stratum runs short it is filled from the next plainer subtlety of the same margin. No outcome and
 * no segmentation is looked at. Returns them in an order that says nothing of their stratum.
 */
export const chooseViews = <T extends Roi>(rois: readonly T[]): T[] => {
  const random = seededRandom(SEED);
  const drawn = shuffled(rois, random);
  const patients = new Set<string>();
  const chosen = MARGINS.flatMap((margin) => {
    let missing = 0;
    return SUBTLETIES.flatMap((subtleties) => {
      const wanted = A_STRATUM + missing;
      const taken: T[] = [];
      for (const roi of drawn) {
        if (taken.length === wanted) break;
        if (marginOf(roi) !== margin || !subtleties.includes(roi.subtlety)) continue;
        if (patients.has(roi.patient)) continue;
        patients.add(roi.patient);
        taken.push(roi);
      }
      missing = wanted - taken.length;
      return taken;
    });
  });
  return shuffled(chosen, random);
};
