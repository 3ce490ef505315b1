import {
  LIMITS,
  type LuminanceResponse,
  luminanceResponse,
  MEASURED_LEVELS,
  type ResponseFault,
  withinLimits,
} from '../../core/display/check/luminance-response.ts';
import { t } from '../../i18n/phrases/text.ts';
import { limitWords, signedPercent } from './check-words.ts';
import { type Draft, isMeasuring, typedNumber, withPasted } from './draft.ts';

const faultWords = (fault: ResponseFault): string =>
  ({
    missing: t('Each of the 18 levels needs a luminance.'),
    'not-rising': t('Each level must be brighter than the one before it.'),
    'out-of-range': t('The standard holds from 0.05 to 3993 cd/m².'),
  })[fault];

/** Deviation of each step, a bar each; the band is what the limits allow. */
const DeviationChart = ({ steps }: { steps: LuminanceResponse['steps'] }) => {
  const most = Math.max(2 * LIMITS.deviation, ...steps.map((s) => Math.abs(s.deviation)));
  const [width, height] = [10 * steps.length, 50];
  const y = (deviation: number) => (height / 2) * (1 - deviation / most);
  return (
    <svg
      className="check-chart"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('Deviation from the standard, dark levels left')}
    >
      <rect
        width={width}
        y={y(LIMITS.deviation)}
        height={y(-LIMITS.deviation) - y(LIMITS.deviation)}
        fill="#e3e9ee"
      />
      <path d={`M0 ${height / 2}H${width}`} stroke="#000" strokeWidth={0.3} />
      {steps.map(({ from, deviation }, i) => (
        <rect
          key={from}
          x={10 * i + 2}
          width={6}
          y={Math.min(y(deviation), height / 2)}
          height={Math.abs(y(deviation) - height / 2)}
          fill={Math.abs(deviation) > LIMITS.deviation ? '#b3261e' : '#2b5d7d'}
        />
      ))}
    </svg>
  );
};

const Response = ({ response }: { response: LuminanceResponse }) => {
  const good = withinLimits(response);
  const limits = limitWords();
  const { from, to, deviation } = response.worst;
  const rows = [
    ['darkest', t('Darkest, cd/m²'), response.darkest.toFixed(2)],
    ['brightest', t('Brightest, cd/m²'), response.brightest.toFixed(0)],
    ['ratio', t('Brightest to darkest'), response.ratio.toFixed(0)],
    [
      'deviation',
      t('Largest deviation of contrast from the standard'),
      t('{percent}, from level {from} to {to}', { percent: signedPercent(deviation), from, to }),
    ],
  ] as const;
  return (
    <>
      <table className="check-table" data-testid="luminance-response">
        <tbody>
          {rows.map(([key, name, value]) => (
            <tr key={key}>
              <th>{name}</th>
              <td className={good[key] ? undefined : 'check-bad'}>{value}</td>
              <td>{limits[key]}</td>
              <td>{good[key] ? t('within limits') : t('out of limits')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <DeviationChart steps={response.steps} />
    </>
  );
};

interface LuminanceTableProps {
  readonly draft: Draft;
  readonly onChange: (change: Pick<Draft, 'luminances'> | Pick<Draft, 'ambient'>) => void;
  readonly onShow: (level: number) => void;
}

/** Luminances as the photometer says them, and how they follow PS3.14. */
export const LuminanceTable = ({ draft, onChange, onShow }: LuminanceTableProps) => {
  const { luminances, ambient } = draft;
  const light = typedNumber(ambient) ?? 0;
  const response = luminanceResponse(luminances.map(typedNumber), light);
  return (
    <>
      <div className="check-levels">
        {MEASURED_LEVELS.map((level, i) => (
          <div key={level}>
            <button
              type="button"
              title={t('Show this level to the photometer')}
              onClick={() => onShow(level)}
            >
              {level}
            </button>
            <input
              inputMode="decimal"
              aria-label={t('Luminance at level {level}, cd/m²', { level })}
              value={luminances[i] ?? ''}
              onChange={(e) => onChange({ luminances: luminances.with(i, e.target.value) })}
              onPaste={(e) => {
                e.preventDefault();
                const text = e.clipboardData.getData('text');
                onChange({ luminances: withPasted(luminances, i, text) });
              }}
            />
          </div>
        ))}
        <label>
          {t('Ambient light on the dark screen, cd/m²')}
          <input
            inputMode="decimal"
            value={ambient}
            onChange={(e) => onChange({ ambient: e.target.value })}
          />
        </label>
      </div>
      {typeof response !== 'string' ? (
        <Response response={response} />
      ) : isMeasuring(draft) ? (
        <p role="status">{faultWords(response)}</p>
      ) : null}
    </>
  );
};
