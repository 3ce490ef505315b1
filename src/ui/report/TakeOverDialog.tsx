import { useStore } from 'zustand';
import { formatPersonName } from '../../core/dicom/person-name.ts';
import { plainText } from '../../core/dicom/plain-text.ts';
import { message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import type { Spacing, TakeOver } from '../../state/take-over-store.ts';
import { Dialog } from '../components/Dialog.tsx';
import { baseOf, hideName, useNamesHidden, Who } from '../names.tsx';
import { useServices } from '../services.tsx';

/** To the tenth of a micrometre: what differs must be seen to differ. */
const spacingText = (spacing: Spacing | undefined): string =>
  spacing
    ? t('{rows} × {columns} mm a pixel', {
        rows: spacing.row.toFixed(4),
        columns: spacing.column.toFixed(4),
      })
    : t('none');

/** Whom a report names, as names are shown now: hidden, that it is somebody else. */
const Named = ({ patient, differs }: TakeOver) => {
  const hidden = useNamesHidden();
  const values = [formatPersonName(patient.name), patient.id].filter((value) => value !== '');
  if (values.length === 0) return t('no name or ID');
  if (hidden) return differs.includes('patient') ? t('another (name hidden)') : t('(name hidden)');
  return values.map((value, i) => (
    <span key={i}>
      {i > 0 ? ' · ' : null}
      <bdi>{plainText(value)}</bdi>
    </span>
  ));
};

/** What the report says and what the images say, one beside the other; what differs stands out. */
const Compared = ({ question }: { question: TakeOver }) => {
  const { differs, header, spacing } = question;
  const className = (of: TakeOver['differs'][number]) => (differs.includes(of) ? 'differs' : '');
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('Report')}</th>
          <th scope="col">{t('Images')}</th>
        </tr>
      </thead>
      <tbody>
        <tr className={className('patient')} data-testid="take-over-patient">
          <th scope="row">{t('Patient')}</th>
          <td>
            <Named {...question} />
          </td>
          <td>
            <Who header={header} />
          </td>
        </tr>
        {differs.includes('spacing') ? (
          <tr className="differs" data-testid="take-over-spacing">
            <th scope="row">{t('Pixel spacing')}</th>
            <td>{spacingText(spacing.told)}</td>
            <td>{spacingText(spacing.open)}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
};

const Question = ({ question }: { question: TakeOver }) => {
  const { takeOvers } = useServices();
  const hidden = useNamesHidden();
  const { path, differs, lesions } = question;
  const answer = (taken: boolean) => takeOvers.getState().answer(question, taken);
  return (
    <Dialog
      title={t('This report does not agree with the images')}
      className="take-over"
      onClose={() => answer(false)}
    >
      <p>
        <b>{hideName(baseOf(path), hidden)}</b>
        {t(', ')}
        {say(message('restored.lesions', { count: lesions }))}
      </p>
      <Compared question={question} />
      <p>
        {t(
          'Its marks fit the images. Taken over they bring the assessments and notes of the report, and a caution stays with each.',
        )}
      </p>
      {differs.includes('patient') ? (
        <p>{t('What it says of the exam and of whole images stays out either way.')}</p>
      ) : null}
      <p className="choices">
        <button type="button" data-first-focus="" onClick={() => answer(false)}>
          {t('Leave out')}
        </button>
        <button type="button" onClick={() => answer(true)}>
          {t('Take over anyway')}
        </button>
      </p>
    </Dialog>
  );
};

/** Asks about reports that do not agree with the images, one after the other; closed, it leaves out. */
export const TakeOverDialog = () => {
  const asked = useStore(useServices().takeOvers, (s) => s.asked);
  const [question] = asked;
  // Every question is a dialog of its own, which begins with the safe answer.
  return question ? <Question key={asked.length} question={question} /> : null;
};
