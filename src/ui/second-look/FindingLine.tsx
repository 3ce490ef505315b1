import { useEffect, useRef } from 'react';
import { lookAtFinding } from '../../commands/second-look-commands.ts';
import { runCommand } from '../../commands/registry.ts';
import { addsMarks } from '../../state/exam-findings.ts';
import type { OpenExam } from '../../state/open-exams.ts';
import type { FinderInfo } from '../../state/second-look-store.ts';
import type { ShownFinding } from '../../state/shown-findings.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useCommandContext } from '../commands/command-context.ts';
import {
  answerText,
  type Grade,
  gradeOf,
  gradeText,
  massText,
  placeText,
  viewsText,
} from './finding-words.ts';
import { useFindingLocation } from './use-findings.ts';

const STEPS = { weak: 1, medium: 2, strong: 3 } as const satisfies Record<Grade, number>;

const GradeMark = ({ grade, title }: { grade: Grade; title: string }) => (
  <span className="grade" title={title}>
    {[1, 2, 3].map((step) => (
      <i key={step} className={step <= STEPS[grade] ? 'on' : ''} />
    ))}
    <span>{gradeText(grade)}</span>
  </span>
);

/** As the finding is drawn on the pictures. */
const Flag = ({ rank }: { rank: number }) => (
  <svg viewBox="0 0 20 18" aria-hidden="true">
    <path className="finding-flag" d="M0 18h20l-10-18z" />
    <text className="finding-number" x="10" y="15">
      {rank}
    </text>
  </svg>
);

const Acts = ({ finding }: { finding: ShownFinding }) => {
  const { answer, agreesWith } = finding;
  return (
    <p className="acts">
      {addsMarks(finding) && (
        <button type="button" title="+" onClick={() => runCommand('second-look.accept')}>
          {agreesWith ? t('Add to lesion {number}', { number: agreesWith.number }) : t('Accept')}
        </button>
      )}
      {answer.kind === 'open' && (
        <button type="button" title="-" onClick={() => runCommand('second-look.dismiss')}>
          {t('Dismiss ...')}
        </button>
      )}
      {answer.kind === 'dismissed' && (
        <button type="button" title="-" onClick={() => runCommand('second-look.reopen')}>
          {t('Take the dismissal back')}
        </button>
      )}
    </p>
  );
};

/** One finding in a line; what its number is and what can be done, where it is the one looked at. */
export const FindingLine = (props: {
  finding: ShownFinding;
  exam: OpenExam;
  info: FinderInfo;
  isChosen: boolean;
}) => {
  const { finding, exam, info, isChosen } = props;
  const context = useCommandContext();
  const location = useFindingLocation(finding, exam);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const answer = answerText(finding);
  const classes = ['finding', isChosen && 'chosen', answer !== '' && 'answered'];
  return (
    <li
      ref={item}
      className={classes.filter(Boolean).join(' ')}
      data-testid={`finding-${finding.rank}`}
    >
      <button
        type="button"
        className="finding-line"
        aria-pressed={isChosen}
        onClick={() => lookAtFinding(context, finding)}
      >
        <Flag rank={finding.rank} />
        <span className="unseen">{t('Finding {number}', { number: finding.rank })}</span>
        <span className="place">{placeText(finding, location)}</span>
        <span className="views">{viewsText(finding, exam.images)}</span>
        <GradeMark grade={gradeOf(finding, info)} title={massText(finding)} />
      </button>
      {(answer !== '' || isChosen) && (
        <div className="finding-said">
          {answer !== '' && <p>{answer}</p>}
          {isChosen && (
            <>
              <p className="fine">{massText(finding)}</p>
              <Acts finding={finding} />
            </>
          )}
        </div>
      )}
    </li>
  );
};
