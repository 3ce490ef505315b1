import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { spokenLanguage, t } from '../../../i18n/phrases/text.ts';
import { useShownName } from '../../names.tsx';
import { techniqueGroups } from './technique-words.ts';

/** As the language lists things: "A, B, C", "A、B和C". */
const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(spokenLanguage(), { style: 'narrow' }).format(names);

/** How an image was taken: what the file gives, group by group, and what it does not. */
export const Technique = ({ header }: { header: MammogramHeader }) => {
  const groups = techniqueGroups(header, useShownName());
  const absent = groups.flat().filter(([, value]) => value === '');
  return (
    <div
      className="technique"
      data-testid="technique"
      role="group"
      aria-label={t('How the image was taken')}
    >
      {groups.map((group, i) => (
        <dl key={i}>
          {group
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>{' '}
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
        </dl>
      ))}
      {absent.length > 0 ? (
        <p data-label="absent">
          {t('Not given: {list}', { list: listed(absent.map(([name]) => name)) })}
        </p>
      ) : null}
    </div>
  );
};
