import { useStore } from 'zustand';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { imagesOfPatient, type OpenImage } from '../../state/studies-store.ts';
import { lesionColour } from '../colours.ts';
import { viewName } from '../format.ts';
import { t, tMessage } from '../i18n/text.ts';
import { ExportBar } from '../report/ExportBar.tsx';
import { useLesions, useReadingFirst, useScoring, useServices, useStudies } from '../services.tsx';
import { EngineLine } from './EngineLine.tsx';
import { Guidance } from './Guidance.tsx';
import { LocationLine } from './LocationLine.tsx';
import { Prevalence } from './Prevalence.tsx';
import { ReaderWords } from './ReaderWords.tsx';
import { ScoreCard } from './ScoreCard.tsx';

const MarkedViews = (props: { lesion: Lesion; images: readonly OpenImage[] }) => {
  const { lesions } = useServices();
  const { lesion } = props;
  return (
    <ul className="marked-views" aria-label={t('Views with a mark')}>
      {props.images.map((image) => {
        const sop = image.header.sopInstanceUid;
        const name = viewName(image.header);
        if (!(sop in lesion.marks))
          return (
            <li key={sop} className="unmarked">
              {name}
            </li>
          );
        return (
          <li key={sop} className="marked">
            {name}
            <button
              type="button"
              aria-label={t('Remove the mark on {view}', { view: name })}
              onClick={() => lesions.getState().removeMark(lesion.id, sop)}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
};

const Score = ({ lesion, images }: { lesion: Lesion; images: readonly OpenImage[] }) => {
  const result = useScoring((s) => s.results[lesion.id]);
  const readingFirst = useReadingFirst();
  const { scoring } = useServices();
  const blockedBy = images
    .filter((i) => i.header.sopInstanceUid in lesion.marks)
    .flatMap((i) =>
      i.scopeNotes
        .filter((n) => n.severity === 'blocks')
        .map((n) => t('{view}: {text}', { view: viewName(i.header), text: tMessage(n.text) })),
    );
  return (
    <ScoreCard
      lesion={lesion}
      result={result}
      blockedBy={blockedBy}
      hidden={isScoreHidden(lesion, readingFirst)}
      onRetry={() => scoring?.getState().retry(lesion)}
    />
  );
};

const LesionItem = ({ lesion, images }: { lesion: Lesion; images: readonly OpenImage[] }) => {
  const { lesions, scoring } = useServices();
  const selected = useLesions((s) => s.selectedId === lesion.id);
  const title = t('Lesion {number}', { number: lesion.number });
  return (
    <li className={selected ? 'lesion selected' : 'lesion'} data-testid={`lesion-${lesion.number}`}>
      <header>
        <button
          type="button"
          className="lesion-title"
          aria-pressed={selected}
          onClick={() => lesions.getState().select(lesion.id)}
        >
          <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" fill={lesionColour(lesion.number)} />
          </svg>
          {title}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={t('Delete {lesion}', { lesion: title })}
          onClick={() => lesions.getState().remove(lesion.id)}
        >
          {t('Delete')}
        </button>
      </header>
      <MarkedViews lesion={lesion} images={images} />
      <LocationLine lesion={lesion} />
      <ReaderWords lesion={lesion} />
      {scoring && <Score lesion={lesion} images={images} />}
    </li>
  );
};

const History = () => {
  const { history } = useServices();
  const canUndo = useStore(history, (s) => s.canUndo);
  const canRedo = useStore(history, (s) => s.canRedo);
  return (
    <span className="history">
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
  const lesions = useLesions((s) => s.lesions).filter((l) => l.patientKey === patientKey);
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
            'New lesion, then click on it, or drag a box around it, on every view that shows it. The score appears with the first mark and takes in each further view.',
          )}
        </p>
      )}
      <ul className="lesions">
        {lesions.map((lesion) => (
          <LesionItem key={lesion.id} lesion={lesion} images={images} />
        ))}
      </ul>
      {scoring ? (
        <div className="panel-foot">
          <Guidance />
          <Prevalence />
          <EngineLine />
        </div>
      ) : (
        <p role="alert" className="alarm">
          {t('Scoring is not available: {reason}', { reason: tMessage(packProblem ?? '') })}
        </p>
      )}
    </aside>
  );
};
