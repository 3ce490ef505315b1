import { isAlike, likenessOf, type Likeness } from '../../core/lesion/follow-up.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { LesionLocation } from '../../core/lesion/location.ts';
import { t } from '../../i18n/phrases/text.ts';
import { earlierLesions } from '../../state/follow-ups.ts';
import { formatDate } from '../format.ts';
import { changeWords, useLinked } from '../lesion-sizes.ts';
import { locationShort } from '../location-words.ts';
import { useLesions, useServices, useStudies } from '../services.tsx';
import { useLocate } from './use-location.ts';

const likenessWords = ({ nippleMm = 0 }: Likeness): string =>
  t('same quadrant, nipple distance within {mm} mm', { mm: Math.ceil(nippleMm) });

/** What speaks for the two being one lesion; undefined where that is too little to propose it. */
const proposalOf = (own: LesionLocation | undefined, other: LesionLocation | undefined) => {
  const likeness = own && other && likenessOf(own, other);
  return likeness && isAlike(likeness) ? likeness : undefined;
};

/**
 * Of which mark on an earlier exam this lesion is the same, as the reader says, and how it has changed.
 * What lies alike is named as such, and linked by nobody but the reader.
 */
export const SameLesion = ({ lesion }: { lesion: Lesion }) => {
  const { lesions: store } = useServices();
  const lesions = useLesions((s) => s.lesions);
  const images = useStudies((s) => s.images);
  const locate = useLocate();
  const linked = useLinked()(lesion);
  const earlier = earlierLesions(lesion, lesions, images).map(({ lesion: other, header }) => {
    const place = locate(other);
    const name = t('Lesion {number}', { number: other.number });
    return {
      id: other.id,
      proposal: proposalOf(locate(lesion), place),
      words: [formatDate(header.studyDate), name, place ? locationShort(place) : '']
        .filter(Boolean)
        .join(' · '),
    };
  });
  if (earlier.length === 0) return null;
  const proposed = linked ? undefined : earlier.find(({ proposal }) => proposal);
  const link = (id: string) => store.getState().setSameAs(lesion.id, id);
  return (
    <div className="same-lesion" data-testid={`same-${lesion.number}`}>
      <label>
        {t('Same lesion as')}
        <select value={linked?.lesion.id ?? ''} onChange={(e) => link(e.target.value)}>
          <option value="">{t('none linked')}</option>
          {earlier.map(({ id, words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {proposed?.proposal && (
        <p className="fine">
          {t('Lies alike: {lesion} ({why}).', {
            lesion: proposed.words,
            why: likenessWords(proposed.proposal),
          })}{' '}
          <button type="button" className="quiet" onClick={() => link(proposed.id)}>
            {t('Link')}
          </button>
        </p>
      )}
      {linked && (
        <p data-testid={`change-${lesion.number}`}>
          {linked.change ? changeWords(linked.change) : t('No sizes: a view has no scale.')}
        </p>
      )}
    </div>
  );
};
