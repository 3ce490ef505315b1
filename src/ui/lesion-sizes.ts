import { followUp, type FollowUp } from '../core/lesion/follow-up.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { LesionSize, SizedView } from '../core/lesion/lesion-size.ts';
import { isScoreHidden } from '../core/lesion/reading.ts';
import { t } from '../i18n/phrases/text.ts';
import { headerOfLesion, linkedLesion, sizedViews } from '../state/follow-ups.ts';
import {
  useLesions,
  useReadingFirst,
  useScoreOnShow,
  useServices,
  useStudies,
} from './services.tsx';

/** The size of any lesion on each view that has a scale, by its outlines where they may be seen. */
export const useSizedViews = (): ((lesion: Lesion) => readonly SizedView[]) => {
  const { imageOf } = useServices();
  const images = useStudies((s) => s.images);
  const scoreOnShow = useScoreOnShow();
  const readingFirst = useReadingFirst();
  return (lesion) => {
    const hidden = isScoreHidden(lesion, readingFirst);
    return sizedViews(lesion, hidden ? undefined : scoreOnShow(lesion), images, imageOf);
  };
};

/** The lesion that the reader linked any lesion to, with both sizes where they have a scale. */
export const useLinked = () => {
  const lesions = useLesions((s) => s.lesions);
  const images = useStudies((s) => s.images);
  const sizesOf = useSizedViews();
  return (lesion: Lesion) => {
    const linked = linkedLesion(lesion, lesions, images);
    if (!linked) return undefined;
    const now = headerOfLesion(lesion, images)?.studyDate ?? '';
    const dates = { now, then: linked.header.studyDate };
    return { ...linked, change: followUp(sizesOf(lesion), sizesOf(linked.lesion), dates) };
  };
};

const digits = (mm: number): string => mm.toFixed(mm < 10 ? 1 : 0);

/** "12 mm"; of a box, which is larger than the lesion in it, "box 30 mm". */
export const sizeWords = ({ mm, of }: Pick<LesionSize, 'mm' | 'of'>): string =>
  of === 'outline' ? t('{mm} mm', { mm: digits(mm) }) : t('box {mm} mm', { mm: digits(mm) });

const withSign = (mm: number): string => {
  const size = Math.abs(mm).toFixed(1);
  const sign = size === '0.0' ? '±' : mm < 0 ? '−' : '+';
  return `${sign}${size}`;
};

/** "9.2 mm → 12 mm (RCC), +1.5 mm a year". */
export const changeWords = ({
  then,
  now,
  mmAYear,
  unlikeScales = false,
}: Omit<FollowUp, 'years'>) => {
  const views = then.view === now.view ? now.view : `${then.view} → ${now.view}`;
  const sizes = t('{then} → {now} ({views})', {
    then: sizeWords(then),
    now: sizeWords(now),
    views,
  });
  if (unlikeScales)
    return [sizes, t('not to be compared: mm of unlike planes (detector, breast)')].join(t(', '));
  return mmAYear === undefined
    ? sizes
    : [sizes, t('{change} mm a year', { change: withSign(mmAYear) })].join(t(', '));
};
