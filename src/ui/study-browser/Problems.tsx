import { useState } from 'react';
import { say, t } from '../i18n/text.ts';
import { useShownName } from '../names.tsx';
import { useServices, useStudies } from '../services.tsx';

/** More than this many lines are folded away until asked for. */
const SHOWN = 8;

/** Which files were not opened, each with its reason. */
export const Problems = () => {
  const problems = useStudies((s) => s.problems);
  const { studies } = useServices();
  const shownName = useShownName();
  const [all, setAll] = useState(false);
  if (problems.length === 0) return null;
  const shown = all ? problems : problems.slice(0, SHOWN);
  return (
    <section className="problems" aria-label={t('Files that were not opened')}>
      <header>
        <h2>
          {problems.length === 1
            ? t('1 file was not opened')
            : t('{count} files were not opened', { count: problems.length })}
        </h2>
        <button
          type="button"
          className="quiet"
          onClick={() => studies.getState().dismissProblems()}
        >
          {t('Dismiss')}
        </button>
      </header>
      <ul data-testid="problems">
        {shown.map((problem, i) => (
          <li key={i}>
            <b>{shownName(problem.path)}</b>
            <span>{say(problem.reason)}</span>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && !all && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('Show all {count}', { count: problems.length })}
        </button>
      )}
    </section>
  );
};
