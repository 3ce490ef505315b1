import { useState } from 'react';
import { useStore } from 'zustand';
import { t, tMessage } from '../i18n/text.ts';
import { useServices } from '../services.tsx';
import { useTask } from './use-task.ts';

/** Stores the CAD report on the server that the reader is connected to. */
export const StoreOnServer = ({ patientKey }: { patientKey: string }) => {
  const { serverSession } = useServices();
  const session = useStore(serverSession, (s) => s.session);
  const { running, problem, run, stop } = useTask();
  const [stored, setStored] = useState<string>();
  if (!session)
    return (
      <p className="fine">
        {t('To store the CAD SR on a DICOMweb server, connect to it first: Open from a server.')}
      </p>
    );
  const store = async () => {
    setStored(undefined);
    setStored(await run('store', (signal) => session.storeReport(patientKey, signal)));
  };
  return (
    <section className="server-store" aria-label={t('Server')}>
      <button type="button" disabled={running !== undefined} onClick={() => void store()}>
        {t('Store the CAD SR on the server')}
      </button>{' '}
      <span className="fine">{session.name}</span>
      {running !== undefined && (
        <p role="status">
          {t('Storing ...')}{' '}
          <button type="button" className="quiet" onClick={stop}>
            {t('Stop')}
          </button>
        </p>
      )}
      {stored !== undefined && <p role="status">{tMessage(stored)}</p>}
      {problem !== undefined && (
        <p role="alert" className="alarm">
          {tMessage(problem)}
        </p>
      )}
    </section>
  );
};
