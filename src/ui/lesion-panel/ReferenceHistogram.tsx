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
const [WIDTH, HALF] = [280, 17];
/** Room under the plot for the likelihoods, and how many there are. */
const [LABELS, TICKS] = [13, 5];

interface HistogramProps {
  readonly reference: ReferenceFile;
  /** At training prevalence. */
  readonly likelihood: Likelihood;
}

/**
 * The reference lesions in bins of the decision value, which no assumed prevalence changes; the
 * likelihoods that label it are those at the chosen one.
 */
const useHistogram = ({ reference, likelihood }: HistogramProps) => {
  const { shift } = useAssumedPrevalence();
  const { low, high } = decisionRange(reference, likelihood);
  const shareOf = (p: number): number => (decisionOf(p) - low) / (high - low);
  const labelAt = (share: number): string =>
    axisPercent(shift(likelihoodOf(low + share * (high - low)) as Likelihood));
  return { counts: outcomeHistogram(reference, BINS, shareOf), shareOf, labelAt };
};

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
export const ReferenceCounts = (props: HistogramProps) => {
  const { counts, labelAt } = useHistogram(props);
  const { benign, malignant } = referencePlace(props.reference, props.likelihood);
  return (
    <details className="fine">
      <summary>{t('The histogram as a table')}</summary>
      <table className="view-scores" data-testid="reference-counts">
        <caption>
          {t('{count} reference lesions, each scored by a machine that had not seen it', {
            count: benign + malignant,
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('Likelihood')}</th>
            <th scope="col">{t('benign')}</th>
            <th scope="col">{t('malignant')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.benign.map((count, i) => (
            <tr key={i}>
              <th scope="row">
                {t('{low} to {high}', {
                  low: labelAt(i / BINS),
                  high: labelAt((i + 1) / BINS),
                })}
              </th>
              <td>{count}</td>
              <td>{counts.malignant[i]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};

/** The lesion among the reference lesions: benign above the line, malignant below. */
export const ReferenceHistogram = (props: HistogramProps) => {
  const { counts, shareOf, labelAt } = useHistogram(props);
  const place = referencePlace(props.reference, props.likelihood);
  const most = Math.max(1, ...counts.benign, ...counts.malignant);
  const x = shareOf(props.likelihood) * WIDTH;
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
            '{malignantShare} of {malignant} and {benignShare} of {benign} reference lesions score higher',
            {
              malignantShare: percent(place.higher.malignant),
              benignShare: percent(place.higher.benign),
            },
          ),
          {
            benign: <span className="key-word benign">{t('benign')}</span>,
            malignant: <span className="key-word malignant">{t('malignant')}</span>,
          },
        )}
      </figcaption>
    </figure>
  );
};
