import { outcomeHistogram, referencePlace } from '../../core/explain/reference-place.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Likelihood } from '../../core/units.ts';
import { percent } from '../format.ts';
import { rich } from '../i18n/rich.tsx';
import { t } from '../i18n/text.ts';
import { useAssumedPrevalence } from '../prevalence.ts';

const BINS = 20;
const [WIDTH, HALF] = [280, 34];

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
const CountTable = ({ counts }: { counts: Record<'benign' | 'malignant', readonly number[]> }) => (
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
        {counts.benign.map((benign, i) => (
          <tr key={i}>
            <th scope="row">
              {t('{low} to {high}', {
                low: t('{value} %', { value: (100 * i) / BINS }),
                high: t('{value} %', { value: (100 * (i + 1)) / BINS }),
              })}
            </th>
            <td>{benign}</td>
            <td>{counts.malignant[i]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

/**
 * The lesion among the reference lesions by outcome: benign above the line, malignant below. The
 * sentence under it says the same in words.
 */
export const ReferenceHistogram = (props: { reference: ReferenceFile; likelihood: Likelihood }) => {
  const { reference, likelihood } = props;
  const { shift } = useAssumedPrevalence();
  const place = referencePlace(reference, likelihood);
  const counts = outcomeHistogram(reference, BINS, (p) => shift(p as Likelihood));
  const most = Math.max(1, ...counts.benign, ...counts.malignant);
  const x = shift(likelihood) * WIDTH;
  return (
    <figure className="reference-histogram" data-testid="reference-histogram">
      <svg
        viewBox={`0 0 ${WIDTH} ${2 * HALF}`}
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
      <CountTable counts={counts} />
    </figure>
  );
};
