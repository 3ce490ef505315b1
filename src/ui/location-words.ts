import type { LesionLocation } from '../core/lesion/location.ts';
import { locationPhrases } from '../core/lesion/location-words.ts';
import { t } from '../i18n/phrases/text.ts';

/** Where a lesion lies, in the reader's language, with what it was told from. */
export const locationWords = (location: LesionLocation): string =>
  t('{place} (estimated from the marks, nipple {source})', {
    place: locationPhrases(location)
      .map(({ text, values }) => t(text, values))
      .join(t(', ')),
    source: location.nipples === 'detected' ? t('detected') : t('set by the reader'),
  });
