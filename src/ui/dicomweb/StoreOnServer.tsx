import type { Message } from '../../core/message/message.ts';
import { Fragment, useState } from 'react';
import { useStore } from 'zustand';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import type { StoredFormat } from '../../core/report/export-format.ts';
import type { ExportPort, StoredOffer } from '../../ports/exports.ts';
import { useTask } from './use-task.ts';
import './server.css';

const storedOffers = (offers: ExportPort['offers']) =>
  (Object.entries(offers) as [StoredFormat, Partial<StoredOffer>][]).filter(
    ([, { store }]) => store !== undefined,
  );

/** Stores a report, in the form that the archive's users read, on the server that the reader is connected to. */
export const StoreOnServer = ({ patientKey }: { patientKey: string }) => {
  const { exports, serverSession } = useServices();
  const session = useStore(serverSession, (s) => s.session);
  const { running, problem, run, stop } = useTask();
  const [stored, setStored] = useState<readonly Message[]>();
  if (!session)
    return (
      <p className="fine">
        {t('To store reports on a DICOMweb server, connect to it first: Open from a server.')}
      </p>
    );
  const store = async (format: StoredFormat) => {
    setStored(undefined);
    setStored(await run('store', (signal) => session.storeReport(patientKey, format, signal)));
  };
  return (
    <section className="server-store" aria-label={t('Server')}>
      {storedOffers(exports.offers).map(([format, { store: title }]) => (
        <Fragment key={format}>
          <button type="button" disabled={running !== undefined} onClick={() => void store(format)}>
            {title && say(title)}
          </button>{' '}
        </Fragment>
      ))}
      <span className="fine">{session.name}</span>
      {running !== undefined && (
        <p role="status">
          {t('Storing ...')}{' '}
          <button type="button" className="quiet" onClick={stop}>
            {t('Stop')}
          </button>
        </p>
      )}
      {stored !== undefined && <p role="status">{say(stored)}</p>}
      {problem !== undefined && (
        <p role="alert" className="alarm">
          {say(problem)}
        </p>
      )}
    </section>
  );
};
