import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { StoreOnServer } from '../dicomweb/StoreOnServer.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { Unrecorded } from './Unrecorded.tsx';
import type { ExportFormat } from '../../core/report/export-format.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import type { Offer } from '../../ports/exports.ts';

type Outcome = { readonly saved: readonly string[] } | { readonly failed: string };

const Message = ({ outcome }: { outcome: Outcome | undefined }) => {
  if (!outcome) return null;
  if ('failed' in outcome)
    return (
      <p role="alert" className="alarm">
        {outcome.failed}
      </p>
    );
  return <p role="status">{t('Saved {files}.', { files: outcome.saved.join(', ') })}</p>;
};

/** The forms in which the results of a patient can be saved, and the server to store them on. */
export const ExportDialog = (props: {
  patientKey: string;
  lesions: readonly Lesion[];
  onClose: () => void;
}) => {
  const { exports, notices, studies } = useServices();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const isClosed = useRef(false);
  useEffect(() => {
    isClosed.current = false;
    return () => {
      isClosed.current = true;
    };
  }, []);
  const save = async (format: ExportFormat, { name }: Offer) => {
    setBusy(true);
    const about = imagesOfPatient(studies.getState().images, props.patientKey).map(
      ({ header }) => header.sopInstanceUid,
    );
    setOutcome(undefined);
    const saved = await exports.save(props.patientKey, format);
    setBusy(false);
    const failed = saved.ok
      ? undefined
      : t('The {format} export failed: {reason}', { format: say(name), reason: say(saved.error) });
    // What is said here need not be said beside.
    const unseen = isClosed.current ? failed : undefined;
    notices.getState().tell('export', unseen, { about });
    setOutcome(saved.ok ? { saved: saved.value } : { failed: failed ?? '' });
  };
  return (
    <Dialog title={t('Export')} onClose={props.onClose}>
      <p className="fine">
        {t(
          'Saved by your browser to this computer. The files name the patient as the images do. Research use only.',
        )}
      </p>
      <Unrecorded lesions={props.lesions} />
      <ul className="export-formats">
        {(Object.entries(exports.offers) as [ExportFormat, Offer][]).map(([format, offer]) => (
          <li key={format}>
            <button type="button" disabled={busy} onClick={() => void save(format, offer)}>
              {say(offer.name)}
            </button>
            <span className="fine">{say(offer.what)}</span>
          </li>
        ))}
      </ul>
      <Message outcome={outcome} />
      <StoreOnServer patientKey={props.patientKey} />
    </Dialog>
  );
};
