import { useStore } from 'zustand';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { ExamWords } from '../examination/ExamWords.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import { ForeignSection } from '../foreign/ForeignSection.tsx';
import { KeyImages } from '../key-images/KeyImages.tsx';
import { ExportBar } from '../report/ExportBar.tsx';
import { SecondLook } from '../second-look/SecondLook.tsx';
import { usePatientLesions, useServices, useStudies } from '../services.tsx';
import { EngineLine } from './EngineLine.tsx';
import { Guidance } from './Guidance.tsx';
import { LesionList } from './LesionList.tsx';
import { Prevalence } from './Prevalence.tsx';
import { SiteCalibration } from './SiteCalibration.tsx';

const History = () => {
  const { history } = useServices();
  const canUndo = useStore(history, (s) => s.canUndo);
  const canRedo = useStore(history, (s) => s.canRedo);
  return (
    <span>
      <button type="button" disabled={!canUndo} title="Ctrl+Z" onClick={history.getState().undo}>
        {t('Undo')}
      </button>
      <button
        type="button"
        disabled={!canRedo}
        title="Ctrl+Shift+Z"
        onClick={history.getState().redo}
      >
        {t('Redo')}
      </button>
    </span>
  );
};

/** Right column: the lesions of the patient on screen, their marks and scores. */
export const LesionPanel = ({ onNew }: { onNew: () => void }) => {
  const { scoring, packProblem } = useServices();
  const patientKey = useStudies((s) => s.patientKey);
  const images = imagesOfPatient(
    useStudies((s) => s.images),
    patientKey,
  );
  const lesions = usePatientLesions(patientKey);
  return (
    <aside className="lesion-panel" aria-label={t('Lesions')}>
      <header className="lesion-bar">
        <button type="button" className="primary" title="N" onClick={onNew}>
          {t('New lesion')}
        </button>
        <History />
      </header>
      {patientKey !== undefined && <ExportBar {...{ patientKey, lesions, images }} />}
      {lesions.length === 0 && (
        <p className="fine">
          {t(
            'New lesion (N), then click on it, or drag a box around it. Mark it in the same way on every other view of the breast that shows it, each time with Mark (M). The score appears with the first mark and takes in each further view.',
          )}
        </p>
      )}
      <LesionList {...{ lesions, images }} />
      <SecondLook />
      {patientKey !== undefined && <ForeignSection images={images} />}
      {patientKey !== undefined && <ExamWords />}
      {patientKey !== undefined && <KeyImages patientKey={patientKey} />}
      {scoring ? (
        <>
          <div className="panel-foot">
            <Guidance />
            <Prevalence />
            <SiteCalibration />
          </div>
          <EngineLine />
        </>
      ) : (
        <p role="alert" className="alarm">
          {t('Scoring is not available: {reason}', { reason: packProblem ? say(packProblem) : '' })}
        </p>
      )}
    </aside>
  );
};
