import { message, type Message } from '../../core/message/message.ts';
import { useRef, useState } from 'react';
import { err, type Result } from '../../core/message/result.ts';
import { Dialog } from '../components/Dialog.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import type { Brought } from '../../ports/files.ts';
import { useServices } from '../services.tsx';

type Outcome = Result<string, string>;

const worded = <T,>(of: Result<T, Message>): Result<T, string> => (of.ok ? of : err(say(of.error)));

/** Deletes at the second press only: the first says what will be gone. */
const DeleteAll = ({ onDelete }: { onDelete: () => void }) => {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button type="button" onClick={() => setAsked(true)}>
        {t('Delete all local data')}
      </button>
    );
  return (
    <div role="alert">
      <p className="alarm">
        {t('All marks, notes and settings in this browser will be gone. This cannot be undone.')}
      </p>
      <button type="button" onClick={onDelete}>
        {t('Delete now')}
      </button>{' '}
      <button type="button" autoFocus onClick={() => setAsked(false)}>
        {t('Keep them')}
      </button>
    </div>
  );
};

/** What the program keeps in this browser: save a copy, bring one back, delete all. */
export const LocalDataDialog = ({ onClose }: { onClose: () => void }) => {
  const { localData } = useServices();
  const [outcome, setOutcome] = useState<Outcome>();
  const file = useRef<HTMLInputElement>(null);
  const wordsOf = ({ brought, left }: Brought): string =>
    [
      message('count.records-back', { count: brought }),
      ...(left > 0 ? [message('count.records-left', { count: left })] : []),
    ]
      .map(say)
      .join(' ');
  const bringBack = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const brought = await localData.bringBack(chosen);
    setOutcome(
      brought.ok
        ? {
            ok: true,
            value: wordsOf(brought.value),
          }
        : { ok: false, error: `${chosen.name}: ${say(brought.error)}` },
    );
  };
  return (
    <Dialog title={t('Data on this computer')} onClose={onClose}>
      <p>
        {t(
          'Marks, notes, readings, measurements and settings are kept in this browser, and nowhere else. Images are never kept.',
        )}
      </p>
      <p>
        <button
          type="button"
          onClick={() => void localData.save().then((saved) => setOutcome(worded(saved)))}
        >
          {t('Save a copy')}
        </button>{' '}
        <button type="button" onClick={() => file.current?.click()}>
          {t('Bring back a copy')}
        </button>
      </p>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('Copy to bring back')}
        data-testid="local-data-input"
        onChange={(e) => {
          const [chosen] = e.target.files ?? [];
          e.target.value = '';
          void bringBack(chosen);
        }}
      />
      <p className="fine">
        {t('A copy holds patient IDs with the marks: keep it as you keep the images.')}
      </p>
      <DeleteAll
        onDelete={() =>
          void localData.deleteAll().then((gone) => !gone.ok && setOutcome(worded(gone)))
        }
      />
      {outcome && (
        <p role="status" className={outcome.ok ? '' : 'alarm'}>
          {outcome.ok ? outcome.value : outcome.error}
        </p>
      )}
    </Dialog>
  );
};
