import { useStore } from 'zustand';
import { DISMISSAL_REASONS } from '../../core/lesion/second-reading.ts';
import { message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useServices } from '../services.tsx';
import { useChosenId, useFindings, useLookOnShow } from './use-findings.ts';

/** Why the finding that is looked at is dismissed; a reason is also chosen by its number. */
const Reasons = ({ onClose }: { onClose: () => void }) => {
  const { secondLook } = useServices();
  const chosenId = useChosenId();
  const finding = useFindings().find(({ id }) => id === chosenId);
  const on = useLookOnShow();
  if (!finding || !on) return null;
  const dismiss = (reason: (typeof DISMISSAL_REASONS)[number]) => {
    secondLook.getState().dismiss(on.exam.key, finding.id, reason);
    onClose();
  };
  return (
    <Dialog title={t('Dismiss finding {number}: why?', { number: finding.rank })} onClose={onClose}>
      <ol
        className="dismissal-reasons"
        onKeyDown={({ key }) => {
          const reason = DISMISSAL_REASONS[Number(key) - 1];
          if (reason) dismiss(reason);
        }}
      >
        {DISMISSAL_REASONS.map((reason, i) => (
          <li key={reason}>
            <button
              type="button"
              {...(i === 0 ? { 'data-first-focus': '' } : {})}
              onClick={() => dismiss(reason)}
            >
              {i + 1} {say(message(`look.reason.${reason}`))}
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
};

export const DismissDialog = () => {
  const { page } = useServices();
  const over = useStore(page, (s) => s.over);
  return over === 'dismissal' ? (
    <Reasons onClose={() => page.setState({ over: undefined })} />
  ) : null;
};
