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
import { tagPath } from './FindingMarks.tsx';
import { useFindingLocation } from './use-findings.ts';

const STEPS = { weak: 1, medium: 2, strong: 3 } as const satisfies Record<Grade, number>;

const GradeMark = ({ grade, title }: { grade: Grade; title: string }) => (
  <span className="grade" title={title}>
    {[1, 2, 3].map((step) => (
      <i key={step} className={step <= STEPS[grade] ? 'on' : ''} />
    ))}
    <span className="unseen">{gradeText(grade)}</span>
  </span>
);

/** As the finding is drawn on the pictures. */
const Flag = ({ rank }: { rank: number }) => (
  <svg viewBox="-1 -16 20 22" aria-hidden="true">
    <path className="finding-flag" d={tagPath({ x: 0, y: 0 })} />
    <text className="finding-number" x="9" y="-4">
      {rank}
    </text>
  </svg>
);

const Acts = ({ finding }: { finding: ShownFinding }) => {
  const { answer } = finding;
  const lesion = answer.kind === 'accepted' ? answer.lesion : finding.agreesWith;
  return (
    <p className="acts">
      {addsMarks(finding) && (
        <button type="button" title="+" onClick={() => runCommand('second-look.accept')}>
          {lesion ? t('Add to lesion {number}', { number: lesion.number }) : t('Accept')}
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
        <GradeMark
          grade={gradeOf(finding, info)}
          title={`${gradeText(gradeOf(finding, info))} · ${massText(finding)}`}
        />
      </button>
      {(answer !== '' || isChosen) && (
        <div className="finding-said">
          {answer !== '' && <p>{answer}</p>}
          {isChosen && (
            <>
              <p className="fine">
                {gradeText(gradeOf(finding, info))} · {massText(finding)}
              </p>
              <Acts finding={finding} />
            </>
          )}
        </div>
      )}
    </li>
  );
};
