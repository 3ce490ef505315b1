import { useEffect, useState } from 'react';
import { PageTools } from '../commands/PageTools.tsx';
import { t, tData } from '../../i18n/phrases/text.ts';
import { PageSettings } from '../local-data/PageSettings.tsx';
import { useServices, useStudies } from '../services.tsx';
import { ServerButton } from '../dicomweb/ServerDialog.tsx';
import { OpenButtons } from './OpenButtons.tsx';
import { OpeningProgress } from './OpeningProgress.tsx';
import { Problems } from './Problems.tsx';
import { Recents } from './Recents.tsx';
import './study-browser.css';

/** The demo cases beyond the first; none where their list cannot be had. */
const FurtherDemoCases = ({ busy }: { busy: boolean }) => {
  const { demoCases, openDemo } = useServices();
  const [cases, setCases] = useState<readonly { id: string; title: string }[]>([]);
  useEffect(() => {
    demoCases().then(setCases, () => setCases([]));
  }, [demoCases]);
  if (cases.length < 2) return null;
  return (
    <details className="fine">
      <summary>{t('More synthetic patients')}</summary>
      {cases.slice(1).map(({ id, title }) => (
        <button
          type="button"
          className="quiet"
          key={id}
          onClick={() => openDemo(id)}
          disabled={busy}
        >
          {tData(title)}
        </button>
      ))}
    </details>
  );
};

/** What a reader sees before anything is open. */
export const StartScreen = () => {
  const { openDemo, startTour } = useServices();
  const busy = useStudies((s) => s.progress !== undefined);
  return (
    <main className="start">
      <PageTools />
      <h1>Tandem CADx</h1>
      <p className="start-lead">
        {t(
          'Open mammograms, mark a lesion on each view, read one likelihood of malignancy over all views. Everything runs in this page: no image leaves this computer.',
        )}
      </p>
      <section className="drop-hint" aria-label={t('Open images')}>
        <p>{t('Drop DICOM files, folders, zip archives or a CD anywhere on this page, or')}</p>
        <OpenButtons />
        <button type="button" onClick={() => void startTour()} disabled={busy}>
          {t('Guided tour')}
        </button>
        <button type="button" className="quiet" onClick={() => openDemo()} disabled={busy}>
          {t('Open the demo case (synthetic)')}
        </button>
        <FurtherDemoCases busy={busy} />
        <ServerButton />
      </section>
      <OpeningProgress />
      <Recents />
      <Problems />
      <PageSettings />
      <p className="fine">
        {t(
          'For research use only. Not a medical device; not for diagnosis or treatment decisions.',
        )}
      </p>
    </main>
  );
};
