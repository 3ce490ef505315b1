import { useState } from 'react';
import { useServices, useStudies } from '../services.tsx';

/** More than this many lines are folded away until asked for. */
const SHOWN = 8;

/** Which files were not opened, each with its reason. */
export const Problems = () => {
  const problems = useStudies((s) => s.problems);
  const { studies } = useServices();
  const [all, setAll] = useState(false);
  if (problems.length === 0) return null;
  const shown = all ? problems : problems.slice(0, SHOWN);
  return (
    <section className="problems" aria-label="Files that were not opened">
      <header>
        <h2>
          {problems.length} {problems.length === 1 ? 'file was' : 'files were'} not opened
        </h2>
        <button
          type="button"
          className="quiet"
          onClick={() => studies.getState().dismissProblems()}
        >
          Dismiss
        </button>
      </header>
      <ul data-testid="problems">
        {shown.map((problem, i) => (
          <li key={i}>
            <b>{problem.path}</b>
            <span>{problem.reason}</span>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && !all && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          Show all {problems.length}
        </button>
      )}
    </section>
  );
};
