import { contradicts, scoredAlike } from '../../core/explain/scored-alike.ts';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Likelihood } from '../../core/units/units.ts';
import { percent } from '../format.ts';
import { t, tData } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';

const SHOWN = 5;
const DIAMETER = DESCRIBED_FEATURES.findIndex(({ name }) => name === 'shape.diameter');

type Lesion = ReferenceFile['lesions'][number];

/** A word of the reference file's lesion description: "ill_defined-spiculated"; "na" is none. */
const wordsOf = (word: string | undefined): readonly string[] =>
  word && word.toLowerCase() !== 'na'
    ? word
        .toLowerCase()
        .split('-')
        .map((one) => tData(one.replaceAll('_', ' ')))
    : [];

/** Shape, margin and size, as far as they are known. */
const descriptors = ({ shape, margins, described }: Lesion): string => {
  const mm = described?.[DIAMETER];
  const size = mm === undefined ? [] : [t('{mm} mm', { mm: Math.round(mm) })];
  return [...wordsOf(shape), ...wordsOf(margins), ...size].join(t(', ')) || '–';
};

/** The reference lesions nearest in the models' own decision values, with what became of them. */
export const ScoredAlikeTable = (props: { reference: ReferenceFile; score: LesionScore }) => {
  const { shift } = useAssumedPrevalence();
  const alike = scoredAlike(props.reference, props.score.arms, SHOWN);
  if (alike.length === 0) return null;
  const malignant = alike.filter(({ lesion }) => lesion.pathology === 'malignant').length;
  return (
    <>
      <table className="view-scores" data-testid="scored-alike">
        <caption>
          {t(
            'The {count} reference lesions that the models judge most alike. Compared are the decision values that the likelihood comes from, not pictures, of which none come with the program.',
            { count: alike.length },
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('Outcome')}</th>
            <th scope="col">{t('Descriptors')}</th>
            <th scope="col">{t('Likelihood')}</th>
          </tr>
        </thead>
        <tbody>
          {alike.map(({ lesion }, i) => (
            <tr key={i}>
              <th scope="row">
                <span className={`key-word ${lesion.pathology}`}>{tData(lesion.pathology)}</span>
              </th>
              <td className="words">{descriptors(lesion)}</td>
              <td>{percent(shift(lesion.likelihood as Likelihood))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {contradicts(alike, props.score.likelihood.value) && (
        <p className="warnings" data-testid="alike-contradict">
          {t(
            '{malignant} of these {count} were malignant: their outcomes do not go with this likelihood.',
            { malignant, count: alike.length },
          )}
        </p>
      )}
    </>
  );
};
