import {
  type DisplayCheck,
  type Finding,
  MOST_RAMP_OFF,
} from '../../core/display/check/display-check.ts';
import { type PatternId, PATTERNS } from '../../core/display/check/patterns.ts';
import { t } from '../../i18n/phrases/text.ts';
import { findingWord, patternAim, patternName } from './check-words.ts';

const FINDINGS: readonly Finding[] = ['good', 'bad'];

/** Good or not, of one pattern; pressed again it is taken back. */
export const FindingButtons = (props: {
  finding: Finding | undefined;
  onFind: (finding: Finding | undefined) => void;
}) =>
  FINDINGS.map((each) => (
    <button
      type="button"
      key={each}
      aria-pressed={props.finding === each}
      onClick={() => props.onFind(props.finding === each ? undefined : each)}
    >
      {findingWord(each)}
    </button>
  ));

interface PatternTableProps {
  readonly check: Pick<DisplayCheck, 'seen' | 'rampOff'>;
  readonly onShow: (id: PatternId) => void;
  readonly onFind: (id: PatternId, finding: Finding | undefined) => void;
}

/** The patterns, what to look for in each, and what was found. */
export const PatternTable = ({ check, onShow, onFind }: PatternTableProps) => (
  <table className="check-table">
    <thead>
      <tr>
        <th>{t('Pattern')}</th>
        <th>{t('A good display')}</th>
        <th>{t('Found')}</th>
      </tr>
    </thead>
    <tbody>
      {PATTERNS.map((id) => (
        <tr key={id} data-testid={`pattern-${id}`}>
          <td>
            <button type="button" onClick={() => onShow(id)}>
              {patternName(id)}
            </button>
          </td>
          <td>
            {patternAim(id)}
            {id === 'ramp' && check.rampOff !== undefined && (
              <span
                data-testid="ramp-off"
                className={check.rampOff > MOST_RAMP_OFF ? 'check-bad' : undefined}
              >
                {' '}
                {t('Read back by the page: off by {levels} grey levels at most.', {
                  levels: check.rampOff.toFixed(2),
                })}
              </span>
            )}
          </td>
          <td>
            <span className="on-screen">
              <FindingButtons finding={check.seen[id]} onFind={(finding) => onFind(id, finding)} />
            </span>
            <span className={check.seen[id] === 'bad' ? 'on-paper check-bad' : 'on-paper'}>
              {findingWord(check.seen[id])}
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
