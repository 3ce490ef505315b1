import type { LesionLocation } from '../core/lesion/location.ts';
import {
  type LocationPhrase,
  locationPhrases,
  placePhrases,
} from '../core/lesion/location-words.ts';
import { t } from '../i18n/phrases/text.ts';

const inWords = (phrases: readonly LocationPhrase[]): string =>
  phrases.map(({ text, values }) => t(text, values)).join(t(', '));

/** Where in its breast a lesion lies, in the reader's language. */
export const placeWords = (location: LesionLocation): string => inWords(placePhrases(location));

/** Where a lesion lies, with what it was told from. */
export const locationWords = (location: LesionLocation): string =>
  t('{place} (estimated from the marks, nipple {source})', {
    place: inWords(locationPhrases(location)),
    source: location.nipples === 'detected' ? t('detected') : t('set by the reader'),
  });
