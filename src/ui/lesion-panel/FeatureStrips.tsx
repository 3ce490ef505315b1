import { type FeaturePlace, featurePlaces } from '../../core/explain/feature-place.ts';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import { percent } from '../format.ts';
import { rich } from '../components/rich.tsx';
import { say, t } from '../../i18n/phrases/text.ts';

/** Shown at once; the others are a press away. */
const FIRST = 5;
const [WIDTH, HALF] = [100, 10];

const valueText = (value: number, unit: string): string =>
  `${value.toPrecision(3)}${unit ? ` ${unit}` : ''}`;

/** One outcome's distribution as an area from the middle line, upward or downward. */
const Area = (props: { shares: readonly number[]; most: number; up: boolean; name: string }) => {
  const { shares, most, up } = props;
  const height = (share: number) => HALF + ((up ? -1 : 1) * HALF * share) / most;
  const top = shares.map(
    (share, i) => `${((i + 0.5) * WIDTH) / shares.length} ${height(share).toFixed(2)}`,
  );
  return (
    <path
      className={`bars ${props.name}`}
      d={`M0 ${HALF} L${top.join(' L')} L${WIDTH} ${HALF} Z`}
    />
  );
};

const Strip = ({ place }: { place: FeaturePlace }) => {
  const { label = '', unit = '' } = DESCRIBED_FEATURES[place.feature] ?? {};
  const { shares, below, low, high, value, ratio } = place;
  const most = Math.max(...shares.benign, ...shares.malignant);
  const along = high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5;
  return (
    <tr data-testid="feature">
      <th scope="row">
        {say(label)}
        <br />
        <span className="fine">{valueText(value, unit)}</span>
      </th>
      <td className="strip-cell">
        <div
          className="strip"
          role="img"
          aria-label={t('higher than {benign} of benign and {malignant} of malignant lesions', {
            benign: percent(below.benign),
            malignant: percent(below.malignant),
          })}
        >
          <svg viewBox={`0 0 ${WIDTH} ${2 * HALF}`} preserveAspectRatio="none" aria-hidden="true">
            <Area shares={shares.benign} most={most} up name="benign" />
            <Area shares={shares.malignant} most={most} up={false} name="malignant" />
          </svg>
          <i className="dot" style={{ left: `${along * 100}%` }} />
        </div>
      </td>
      <td>{ratio.toPrecision(2)}</td>
    </tr>
  );
};

/**
 * The lesion's measured features among the reference lesions of either outcome, those first that speak
 * most by themselves.
 */
export const FeatureStrips = (props: {
  reference: ReferenceFile;
  described: readonly number[];
}) => {
  const places = featurePlaces(props.reference, props.described);
  if (places.length === 0) return null;
  const rows = (some: readonly FeaturePlace[]) =>
    some.map((place) => <Strip key={place.feature} place={place} />);
  return (
    <div className="feature-strips" data-testid="features">
      <table className="view-scores">
        <caption>
          {rich(
            t(
              'Measured features, mean of the marked views, among {benign} (above) and {malignant} (below) reference lesions. LR: likelihood ratio of the value alone; the farthest from 1 first.',
            ),
            {
              benign: <span className="key-word benign">{t('benign')}</span>,
              malignant: <span className="key-word malignant">{t('malignant')}</span>,
            },
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('Feature')}</th>
            <th scope="col">{t('This lesion')}</th>
            <th scope="col">LR</th>
          </tr>
        </thead>
        <tbody>{rows(places.slice(0, FIRST))}</tbody>
      </table>
      {places.length > FIRST && (
        <details>
          <summary>{t('{count} more features', { count: places.length - FIRST })}</summary>
          <table className="view-scores">
            <tbody>{rows(places.slice(FIRST))}</tbody>
          </table>
        </details>
      )}
    </div>
  );
};
