import { nearestLesions, shareBelow } from '../../core/explain/neighbours.ts';
import {
  DESCRIBED_FEATURES,
  type DescribedFeature,
} from '../../core/features/analytic/described.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import { percent } from '../format.ts';

const NEIGHBOURS = 5;

interface Props {
  readonly reference: ReferenceFile;
  readonly described: readonly number[];
}

/** "margin less sharp than 88 % of benign": which way, and than how many. */
const inWords = (feature: DescribedFeature, share: number, outcome: string): string => {
  const higher = share >= 0.5;
  return `${higher ? feature.more : feature.less} than ${percent(higher ? share : 1 - share)} of ${outcome}`;
};

const valueText = (value: number, unit: string): string =>
  `${value.toPrecision(3)}${unit ? ` ${unit}` : ''}`;

const Neighbours = ({ reference, described }: Props) => {
  const nearest = nearestLesions(reference, described, NEIGHBOURS);
  return (
    <table className="view-scores" data-testid="neighbours">
      <caption>The {NEIGHBOURS} reference lesions most alike in these features</caption>
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Shape</th>
          <th scope="col">Margin</th>
          <th scope="col">Likelihood then</th>
        </tr>
      </thead>
      <tbody>
        {nearest.map(({ lesion }, i) => (
          <tr key={i}>
            <th scope="row">{lesion.pathology}</th>
            <td>{(lesion.shape ?? '–').toLowerCase().replaceAll('_', ' ')}</td>
            <td>{(lesion.margins ?? '–').toLowerCase().replaceAll('_', ' ')}</td>
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
    <summary>Measured features and similar lesions</summary>
    <table className="view-scores" data-testid="features">
      <caption>Mean over the marked views, beside the reference lesions</caption>
      <tbody>
        {DESCRIBED_FEATURES.map((feature, f) => {
          const value = described[f] as number;
          const benign = shareBelow(reference, 'benign', f, value);
          const malignant = shareBelow(reference, 'malignant', f, value);
          return (
            <tr key={feature.name}>
              <th scope="row">
                {feature.label}
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
