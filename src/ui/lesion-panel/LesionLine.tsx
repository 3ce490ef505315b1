import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { percent, viewName } from '../format.ts';
import { locationShort } from '../location-words.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useReadingFirst, useScoreOnShow, useServices } from '../services.tsx';
import { LesionHead } from './LesionHead.tsx';
import { useLocation } from './use-location.ts';
import type { OpenImage } from '../../ports/analysis.ts';

/** A lesion that is not the one read now: "2 · R UOQ 10 h · 41 %"; what there is not is left out. */
export const LesionLine = ({
  lesion,
  images,
  exam,
}: {
  lesion: Lesion;
  images: readonly OpenImage[];
  /** The date of its exam, where that needs saying. */
  exam?: string | undefined;
}) => {
  const { scoring } = useServices();
  const result = useScoreOnShow()(lesion);
  const { shift } = useAssumedPrevalence();
  const hidden = isScoreHidden(lesion, useReadingFirst());
  const location = useLocation(lesion);
  const likelihood =
    result.phase === 'scored' && !hidden
      ? percent(shift(result.answer.score.likelihood.value))
      : undefined;
  const views = images
    .filter(({ header }) => header.sopInstanceUid in lesion.marks)
    .map(({ header }) => viewName(header))
    .join(' + ');
  return (
    <li className="lesion line" data-testid={`lesion-${lesion.number}`}>
      <LesionHead {...{ lesion, exam }} selected={false} title={String(lesion.number)}>
        {views && (
          <span data-testid={`line-place-${lesion.number}`} title={views}>
            {location ? locationShort(location) : views}
          </span>
        )}
        {scoring && (
          <b data-testid={`line-score-${lesion.number}`}>{likelihood ?? t('no score')}</b>
        )}
      </LesionHead>
    </li>
  );
};
