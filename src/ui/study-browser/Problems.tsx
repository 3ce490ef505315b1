import { message } from '../../core/message/message.ts';
import { useState } from 'react';
import type { FileProblem } from '../../state/studies-store.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useHiddenFileNames, useShownName } from '../names.tsx';
import { useServices, useStudies } from '../services.tsx';
import './problems.css';

/** More than this many lines are folded away until asked for. */
const SHOWN = 8;

interface Group {
  readonly reason: FileProblem['reason'];
  readonly paths: readonly string[];
}

/** One line a reason, in the order in which the reasons came up first. */
const byReason = (problems: readonly FileProblem[]): readonly Group[] => {
  const groups = new Map<string, { reason: Group['reason']; paths: string[] }>();
  for (const { path, reason } of problems) {
    const text = say(reason);
    const group = groups.get(text) ?? { reason, paths: [] };
    group.paths.push(path);
    groups.set(text, group);
  }
  return [...groups.values()];
};

const Line = ({ reason, paths }: Group) => {
  const shownName = useShownName();
  const withoutFileNames = useHiddenFileNames();
  const text = withoutFileNames(say(reason));
  const [first = ''] = paths;
  if (paths.length === 1)
    return (
      <li>
        <b>{shownName(first)}</b>
        <span>{text}</span>
      </li>
    );
  return (
    <li>
      <details>
        <summary>
          <b>{say(message('count.files', { count: paths.length }))}</b> <span>{text}</span>
        </summary>
        {paths.map((path, i) => (
          <div key={i}>{shownName(path)}</div>
        ))}
      </details>
    </li>
  );
};

const headingOf = (problems: number, remarks: number): string =>
  say(
    problems === 0
      ? message('count.notes', { count: remarks })
      : message('count.not-opened', { count: problems }),
  );

/** Which files were not opened and what is odd about others, one line a reason. */
export const Problems = () => {
  const problems = useStudies((s) => s.problems);
  const remarks = useStudies((s) => s.remarks);
  const { studies } = useServices();
  const [all, setAll] = useState(false);
  if (problems.length + remarks.length === 0) return null;
  const lines = [...byReason(problems), ...byReason(remarks)];
  const shown = all ? lines : lines.slice(0, SHOWN);
  return (
    <section className="problems" aria-label={t('Files that were not opened')}>
      <header>
        <h2>{headingOf(problems.length, remarks.length)}</h2>
        <button
          type="button"
          className="quiet"
          onClick={() => studies.getState().dismissProblems()}
        >
          {t('Dismiss')}
        </button>
      </header>
      <ul data-testid="problems">
        {shown.map((group, i) => (
          <Line key={i} {...group} />
        ))}
      </ul>
      {lines.length > SHOWN && !all && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('Show all {count}', { count: lines.length })}
        </button>
      )}
    </section>
  );
};
