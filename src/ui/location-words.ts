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

/** As radiologists abbreviate it; what one view does not tell is left out. */
const regionShort = ({ vertical, horizontal, region }: LesionLocation): string => {
  if (region === 'central') return t('central');
  if (region) return t(region);
  const known = [vertical, horizontal].filter((part) => part && part !== 'level').join(' ');
  switch (known) {
    case 'upper outer':
      return t('UOQ');
    case 'upper inner':
      return t('UIQ');
    case 'lower outer':
      return t('LOQ');
    case 'lower inner':
      return t('LIQ');
    case 'upper':
      return t('upper');
    case 'lower':
      return t('lower');
    case 'outer':
      return t('outer');
    case 'inner':
      return t('inner');
    default:
      return vertical && horizontal ? t('central') : '';
  }
};

/** The same at a glance: "R UOQ 10 h". */
export const locationShort = (location: LesionLocation): string =>
  [
    location.side === 'L' ? t('L') : t('R'),
    regionShort(location),
    location.clock === undefined ? '' : t('{hour} h', { hour: location.clock }),
  ]
    .filter((part) => part !== '')
    .join(' ');
