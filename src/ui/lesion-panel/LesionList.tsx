import type { Lesion } from '../../core/lesion/lesion.ts';
import { headerOfLesion, isMarkedOn } from '../../state/follow-ups.ts';
import { imagesOnShow } from '../../state/studies-store.ts';
import { formatDate } from '../format.ts';
import { useLesions, useStudies } from '../services.tsx';
import { LesionCard } from './LesionCard.tsx';
import { LesionLine } from './LesionLine.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

interface LesionListProps {
  readonly lesions: readonly Lesion[];
  /** All of the patient that are open. */
  readonly images: readonly OpenImage[];
}

/**
 * The lesions of a patient, one of them as a card: the selected one, else one of the exam on show. Where not all are of
 * that exam, each says of which it is.
 */
export const LesionList = ({ lesions, images }: LesionListProps) => {
  const selectedId = useLesions((s) => s.selectedId);
  const onShow = imagesOnShow(useStudies((s) => s));
  const read =
    lesions.find(({ id }) => id === selectedId) ??
    lesions.find((lesion) => isMarkedOn(lesion, onShow)) ??
    lesions[0];
  const isDated = lesions.some((l) => isMarkedOn(l, images) && !isMarkedOn(l, onShow));
  const examOf = (lesion: Lesion): string | undefined => {
    const header = isDated ? headerOfLesion(lesion, images) : undefined;
    return header && formatDate(header.studyDate);
  };
  return (
    <ul className="lesions">
      {read && (
        <LesionCard
          key={read.id}
          lesion={read}
          images={images}
          selected={read.id === selectedId}
          exam={examOf(read)}
        />
      )}
      {lesions
        .filter((lesion) => lesion !== read)
        .map((lesion) => (
          <LesionLine key={lesion.id} {...{ lesion, images }} exam={examOf(lesion)} />
        ))}
    </ul>
  );
};
