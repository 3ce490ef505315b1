import {
  decisionOf,
  decisionRange,
  likelihoodOf,
  outcomeHistogram,
  referencePlace,
} from '../../core/explain/reference-place.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Likelihood } from '../../core/units/units.ts';
import { axisPercent, percent } from '../format.ts';
import { rich } from '../components/rich.tsx';
import { t } from '../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';

const BINS = 20;
const [WIDTH, HALF] = [280, 34];
/** Room under the plot for the likelihoods, and how many there are. */
const [LABELS, TICKS] = [14, 5];

const Bars = (props: { counts: readonly number[]; most: number; up: boolean; name: string }) => (
  <g className={`bars ${props.name}`}>
    {props.counts.map((count, i) => {
      const height = (HALF * count) / props.most;
      return (
        <rect
          key={i}
          x={(i * WIDTH) / BINS + 0.5}
          y={props.up ? HALF - height : HALF}
          width={WIDTH / BINS - 1}
          height={height}
        />
      );
    })}
  </g>
);

/** The plot in numbers, for who cannot see it or wants to count. */
const CountTable = (props: {
  counts: Record<'benign' | 'malignant', readonly number[]>;
  /** The likelihood at a place of the plot, 0 to 1 from its left, in words. */
  labelAt: (share: number) => string;
}) => (
  <details className="fine">
    <summary>{t('The same as a table')}</summary>
    <table className="view-scores" data-testid="reference-counts">
      <thead>
        <tr>
          <th scope="col">{t('Likelihood')}</th>
          <th scope="col">{t('benign')}</th>
          <th scope="col">{t('malignant')}</th>
        </tr>
      </thead>
      <tbody>
        {props.counts.benign.map((benign, i) => (
          <tr key={i}>
            <th scope="row">
              {t('{low} to {high}', {
                low: props.labelAt(i / BINS),
                high: props.labelAt((i + 1) / BINS),
              })}
            </th>
            <td>{benign}</td>
            <td>{props.counts.malignant[i]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

/**
 * The lesion among the reference lesions by outcome: benign above the line, malignant below. It stands
 * on the decision value, which no assumed prevalence changes; the likelihoods under it are those at
 * the chosen one. The sentence under it says the same in words.
 */
export const ReferenceHistogram = (props: { reference: ReferenceFile; likelihood: Likelihood }) => {
  const { reference, likelihood } = props;
  const { shift } = useAssumedPrevalence();
  const place = referencePlace(reference, likelihood);
  const { low, high } = decisionRange(reference, likelihood);
  const shareOf = (p: number): number => (decisionOf(p) - low) / (high - low);
  const labelAt = (share: number): string =>
    axisPercent(shift(likelihoodOf(low + share * (high - low)) as Likelihood));
  const counts = outcomeHistogram(reference, BINS, shareOf);
  const most = Math.max(1, ...counts.benign, ...counts.malignant);
  const x = shareOf(likelihood) * WIDTH;
  const ticks = Array.from({ length: TICKS }, (_, i) => i / (TICKS - 1));
  return (
    <figure className="reference-histogram" data-testid="reference-histogram">
      <svg
        viewBox={`0 0 ${WIDTH} ${2 * HALF + LABELS}`}
        role="img"
        aria-label={t(
          '{benign} benign reference lesions above, {malignant} malignant below, by likelihood',
          { benign: place.benign, malignant: place.malignant },
        )}
      >
        <Bars counts={counts.benign} most={most} up name="benign" />
        <Bars counts={counts.malignant} most={most} up={false} name="malignant" />
        <line className="axis" x1={0} x2={WIDTH} y1={HALF} y2={HALF} />
        <line className="here" x1={x} x2={x} y1={0} y2={2 * HALF} />
        {ticks.map((share) => (
          <text
            key={share}
            className="tick"
            x={share * WIDTH}
            y={2 * HALF + LABELS - 3}
            textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
          >
            {labelAt(share)}
          </text>
        ))}
      </svg>
      <figcaption className="fine">
        {rich(
          t(
            '{benign} above, {malignant} below: {count} reference lesions, each scored by a machine that had not seen it. With the cut here: sensitivity {sensitivity}, specificity {specificity}.',
            {
              count: place.benign + place.malignant,
              sensitivity: percent(place.sensitivity),
              specificity: percent(place.specificity),
            },
          ),
          {
            benign: <span className="key benign">{t('benign')}</span>,
            malignant: <span className="key malignant">{t('malignant')}</span>,
          },
        )}
      </figcaption>
      <CountTable {...{ counts, labelAt }} />
    </figure>
  );
};
