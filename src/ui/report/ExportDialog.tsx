import { useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { StoreOnServer } from '../dicomweb/StoreOnServer.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import type { ExportFormat } from '../../ports/exports.ts';

const formats = (): readonly {
  readonly format: ExportFormat;
  readonly name: string;
  readonly what: string;
}[] => [
  {
    format: 'json',
    name: 'JSON',
    what: t('Everything, for research and for opening here again.'),
  },
  {
    format: 'csv',
    name: 'CSV',
    what: t('A table for spreadsheets: one line a lesion and view.'),
  },
  {
    format: 'cad-sr',
    name: 'DICOM CAD SR',
    what: t('Mammography CAD structured report: lesions, views, likelihoods. For the archive.'),
  },
  {
    format: 'measurement-report',
    name: 'DICOM TID 1500',
    what: t('Measurement report that general viewers read.'),
  },
  {
    format: 'presentation-state',
    name: t('DICOM presentation states'),
    what: t('The marks drawn over the images, for any PACS viewer: a file for each side.'),
  },
  {
    format: 'key-images',
    name: t('DICOM key images'),
    what: t('The views that were kept (Shift+S), each as it was shown, and a selection of them.'),
  },
];

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
export const ExportDialog = (props: { patientKey: string; onClose: () => void }) => {
  const { exports, notices } = useServices();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const save = async (format: ExportFormat, name: string) => {
    setBusy(true);
    setOutcome(undefined);
    const saved = await exports.save(props.patientKey, format);
    setBusy(false);
    const failed = saved.ok
      ? undefined
      : t('The {format} export failed: {reason}', { format: name, reason: say(saved.error) });
    notices.getState().tell('export', failed);
    setOutcome(saved.ok ? { saved: saved.value } : { failed: failed ?? '' });
  };
  return (
    <Dialog title={t('Export')} onClose={props.onClose}>
      <p className="fine">
        {t(
          'Saved by your browser to this computer. The files name the patient as the images do. Research use only.',
        )}
      </p>
      <ul className="export-formats">
        {formats().map(({ format, name, what }) => (
          <li key={format}>
            <button type="button" disabled={busy} onClick={() => void save(format, name)}>
              {name}
            </button>
            <span className="fine">{what}</span>
          </li>
        ))}
      </ul>
      <Message outcome={outcome} />
      <StoreOnServer patientKey={props.patientKey} />
    </Dialog>
  );
};
