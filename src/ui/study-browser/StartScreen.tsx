import { useEffect, useState } from 'react';
import { PageTools } from '../commands/PageTools.tsx';
import { t, tData } from '../../i18n/phrases/text.ts';
import { PageSettings } from '../local-data/PageSettings.tsx';
import { useServices, useStudies } from '../services.tsx';
import { ServerButton } from '../dicomweb/ServerDialog.tsx';
import { LooseDocuments } from '../foreign/LooseDocuments.tsx';
import { OpenButtons } from './OpenButtons.tsx';
import { OpeningProgress } from './OpeningProgress.tsx';
import { Problems } from './Problems.tsx';
import { Recents } from './Recents.tsx';

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

/** The page at work on a synthetic patient, and the ways to see it for oneself. */
const SeeIt = ({ busy }: { busy: boolean }) => {
  const { openDemo, startTour } = useServices();
  return (
    <section className="start-demo" aria-labelledby="start-demo">
      <img
        src="./start.jpg"
        width={1366}
        height={768}
        alt={t('A synthetic patient with a marked mass and its likelihood')}
      />
      <h2 id="start-demo">{t('See it in two minutes')}</h2>
      <div className="open-buttons">
        <button type="button" className="primary" onClick={() => void startTour()} disabled={busy}>
          {t('Guided tour')}
        </button>
        <button type="button" onClick={() => openDemo()} disabled={busy}>
          {t('Open the demo case (synthetic)')}
        </button>
      </div>
      <FurtherDemoCases busy={busy} />
    </section>
  );
};

/** What a reader sees before anything is open. */
export const StartScreen = () => {
  const busy = useStudies((s) => s.progress !== undefined);
  return (
    <main className="start">
      <div className="start-corner">
        <ServerButton />
        <PageSettings />
        <PageTools />
      </div>
      <h1>Tandem CADx</h1>
      <p className="start-lead">
        {t(
          'Open mammograms, mark a lesion on each view, read one likelihood of malignancy over all views. Everything runs in this page: no image leaves this computer.',
        )}
      </p>
      <div className="start-ways">
        <div>
          <section className="drop-hint" aria-labelledby="start-open">
            <h2 id="start-open">{t('Open mammograms')}</h2>
            <p>{t('Drop DICOM files, folders, zip archives or a CD anywhere on this page, or')}</p>
            <OpenButtons />
          </section>
          <OpeningProgress />
          <Recents />
          <LooseDocuments />
          <Problems />
        </div>
        <SeeIt busy={busy} />
      </div>
      <p className="fine">
        {t(
          'For research use only. Not a medical device; not for diagnosis or treatment decisions.',
        )}
      </p>
    </main>
  );
};
