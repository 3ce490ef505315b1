import { nearestLesions, shareBelow } from '../../core/explain/neighbours.ts';
import {
  DESCRIBED_FEATURES,
  type DescribedFeature,
} from '../../core/features/analytic/described.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import { percent } from '../format.ts';
import { say, t, tData } from '../../i18n/phrases/text.ts';

const NEIGHBOURS = 5;

interface Props {
  readonly reference: ReferenceFile;
  readonly described: readonly number[];
}

/** "margin less sharp than 88 % of benign": which way, and than how many. */
const inWords = (
  feature: DescribedFeature,
  below: number,
  outcome: 'benign' | 'malignant',
): string => {
  const higher = below >= 0.5;
  const quality = say(higher ? feature.more : feature.less);
  const share = percent(higher ? below : 1 - below);
  return outcome === 'benign'
    ? t('{quality} than {share} of benign', { quality, share })
    : t('{quality} than {share} of malignant', { quality, share });
};

/** A word of the reference file's lesion description: "ill_defined-spiculated". */
const describedAs = (word: string | undefined): string =>
  word
    ? word
        .toLowerCase()
        .split('-')
        .map((one) => tData(one.replaceAll('_', ' ')))
        .join('-')
    : '–';

const valueText = (value: number, unit: string): string =>
  `${value.toPrecision(3)}${unit ? ` ${unit}` : ''}`;

const Neighbours = ({ reference, described }: Props) => {
  const nearest = nearestLesions(reference, described, NEIGHBOURS);
  return (
    <table className="view-scores" data-testid="neighbours">
      <caption>
        {t('The {count} reference lesions most alike in these features', { count: NEIGHBOURS })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('Outcome')}</th>
          <th scope="col">{t('Shape')}</th>
          <th scope="col">{t('Margin')}</th>
          <th scope="col">{t('Likelihood then')}</th>
        </tr>
      </thead>
      <tbody>
        {nearest.map(({ lesion }, i) => (
          <tr key={i}>
            <th scope="row">{tData(lesion.pathology)}</th>
            <td>{describedAs(lesion.shape)}</td>
            <td>{describedAs(lesion.margins)}</td>
            <td>{percent(lesion.likelihood)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The lesion's measured features in plain words beside the reference lesions, and its neighbours. */
export const FeatureTable = ({ reference, described }: Props) => (
  <details className="features">
    <summary>{t('Measured features and similar lesions')}</summary>
    <table className="view-scores" data-testid="features">
      <caption>{t('Mean over the marked views, beside the reference lesions')}</caption>
      <tbody>
        {DESCRIBED_FEATURES.map((feature, f) => {
          const value = described[f] as number;
          const benign = shareBelow(reference, 'benign', f, value);
          const malignant = shareBelow(reference, 'malignant', f, value);
          return (
            <tr key={feature.name}>
              <th scope="row">
                {say(feature.label)}
                <br />
                {valueText(value, feature.unit)}
              </th>
              <td>
                {inWords(feature, benign, 'benign')}; {inWords(feature, malignant, 'malignant')}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
    <Neighbours reference={reference} described={described} />
  </details>
);
