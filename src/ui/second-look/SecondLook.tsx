import { runCommand } from '../../commands/registry.ts';
import { useStore } from 'zustand';
import { lookNotes } from '../../state/look-notes.ts';
import type { OpenExam } from '../../state/open-exams.ts';
import type { ExamSecondLook, FinderInfo, LookPhase } from '../../state/second-look-store.ts';
import { isWordDue, shownExamScore, viewsAsSaid } from '../../state/shown-findings.ts';
import { openImage } from '../../state/studies-store.ts';
import { message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { inWords } from '../commands/words.ts';
import { percent, viewName } from '../format.ts';
import { useServices } from '../services.tsx';
import { FindingLine } from './FindingLine.tsx';
import { useChosenId, useFindings, useLookOnShow } from './use-findings.ts';

/** The button that gives the reader's word; before the first, all that there is. */
const OwnLook = () => (
  <p className="own-look">
    <button
      type="button"
      title={`Shift+F2\n${inWords('second-look.hint.done')}`}
      data-testid="look-done"
      onClick={() => runCommand('second-look.done')}
    >
      {inWords('second-look.done')}
    </button>
  </p>
);

const Progress = ({ phase }: { phase: LookPhase }) => {
  const { secondLook } = useServices();
  if (phase.name === 'ready') return null;
  if (phase.name === 'failed')
    return (
      <p role="alert" className="alarm">
        {t('The second look failed: {reason}', { reason: say(phase.reason) })}{' '}
        <button type="button" onClick={() => secondLook.getState().lookAgain()}>
          {t('Try again')}
        </button>
      </p>
    );
  return (
    <p role="status" className="fine" data-testid="look-progress">
      {phase.name === 'looking'
        ? t('{done} of {total} views looked at', { done: phase.done, total: phase.total })
        : t('The second look begins when the engine is ready.')}
    </p>
  );
};

/** Views that were not looked at, each with its reason: silence is not a negative finding. */
const NotLookedAt = ({ exam, look }: Props) => (
  <>
    {viewsAsSaid(look)
      .filter(({ status }) => status === 'not looked' || status === 'held back')
      .map(({ sopInstanceUid: sop, status, reason }) => {
        const image = openImage(exam.images, sop);
        const values = {
          view: image ? viewName(image.header) : '',
          reason: reason ? say(reason) : '',
        };
        return (
          <p key={sop} className="fine">
            {status === 'not looked'
              ? t('{view} was not looked at: {reason}', values)
              : t('{view}: {text}', { view: values.view, text: values.reason })}
          </p>
        );
      })}
    {isWordDue(look) && <OwnLook />}
  </>
);

const PointChoice = ({ exam, look, info }: Props) => {
  const { secondLook } = useServices();
  return (
    <label>
      {t('Marks an image without a mass')}{' '}
      <select
        value={look.falseMarks}
        data-testid="false-marks"
        onChange={(e) => secondLook.getState().chooseFalseMarks(exam.key, Number(e.target.value))}
      >
        {info.points.map(({ falseMarks, sensitivity }) => (
          <option key={falseMarks} value={falseMarks}>
            {t('{marks} (finds {share} of the masses)', {
              marks: falseMarks,
              share: percent(sensitivity),
            })}
          </option>
        ))}
      </select>
    </label>
  );
};

const Breasts = ({ exam }: Props) => {
  const score = shownExamScore(useStore(useServices().secondLook), exam.key);
  if (!score || score.breasts.length === 0) return null;
  const list = score.breasts.map(
    ({ side, likelihood }) => `${side === 'L' ? t('L') : t('R')} ${percent(likelihood)}`,
  );
  return (
    <p>
      {t(
        'Score of the breasts: {list}. It orders breasts that were recalled for a mass; it never calls a breast normal.',
        { list: list.join(t(', ')) },
      )}
    </p>
  );
};

/** The operating point, what is to be expected at it, and the score of the breasts. */
const More = (props: Props) => {
  const { exam, look } = props;
  const [, ...notes] = lookNotes(exam.images, look.falseMarks).map(say);
  return (
    <details className="second-look-more">
      <summary>{t('Operating point and limits')}</summary>
      <PointChoice {...props} />
      {notes.map((note) => (
        <p key={note} className="fine">
          {note}
        </p>
      ))}
      <p className="fine">
        {t(
          'In the order of how suspicious of a malignant mass the finder is; the dots say how sure it is of a mass. Neither is the likelihood of a lesion.',
        )}
      </p>
      <Breasts {...props} />
    </details>
  );
};

interface Props {
  readonly exam: OpenExam;
  readonly look: ExamSecondLook;
  readonly info: FinderInfo;
}

const Findings = (props: Props) => {
  const findings = useFindings();
  const chosenId = useChosenId();
  const { exam, look, info } = props;
  return (
    <section className="second-look" aria-label={t('Second look')} data-testid="second-look">
      <header>
        <h3>{t('Second look')}</h3>
        {findings.length > 0 && (
          <span className="fine">
            {say(message('look.count', { count: findings.length }))} (F2)
          </span>
        )}
      </header>
      <p className="fine">{say(message('look.masses-only'))}</p>
      <Progress phase={look.phase} />
      <NotLookedAt {...props} />
      {look.phase.name === 'ready' && findings.length === 0 && (
        <p>{t('No mark at this operating point. This does not call a breast normal.')}</p>
      )}
      <ol className="findings">
        {findings.map((finding) => (
          <FindingLine
            key={finding.id}
            {...{ finding, exam, info }}
            isChosen={finding.id === chosenId}
          />
        ))}
      </ol>
      <More {...props} />
    </section>
  );
};

/** The second look at the exam on show; before the reader's word nothing of it but the button. */
export const SecondLook = () => {
  const finder = useStore(useServices().secondLook, (s) => s.finder);
  const on = useLookOnShow();
  if (!on || finder.phase !== 'there') return null;
  return on.look.said ? <Findings {...on} info={finder.info} /> : <OwnLook />;
};
