import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { lesionColour } from '../colours.ts';
import { deleteLesion } from '../delete-lesion.ts';
import { percent, viewName } from '../format.ts';
import { ExamWords } from '../examination/ExamWords.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import { ExportBar } from '../report/ExportBar.tsx';
import { useAssumedPrevalence } from '../prevalence.ts';
import {
  useLesions,
  usePatientLesions,
  useReadingFirst,
  useScoreOnShow,
  useServices,
  useStudies,
} from '../services.tsx';
import { EngineLine } from './EngineLine.tsx';
import { Guidance } from './Guidance.tsx';
import { LocationLine } from './LocationLine.tsx';
import { Prevalence } from './Prevalence.tsx';
import { ReaderWords } from './ReaderWords.tsx';
import { ScoreCard } from './ScoreCard.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

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

const Score = ({ lesion }: { lesion: Lesion }) => {
  const result = useScoreOnShow()(lesion);
  const readingFirst = useReadingFirst();
  const { scoring } = useServices();
  return (
    <ScoreCard
      lesion={lesion}
      result={result}
      hidden={isScoreHidden(lesion, readingFirst)}
      onRetry={() => scoring?.getState().retry(lesion)}
    />
  );
};

/** What selects a lesion, and what deletes it. */
const LesionHead = (props: { lesion: Lesion; selected: boolean; children?: ReactNode }) => {
  const { lesion, selected } = props;
  const services = useServices();
  const title = t('Lesion {number}', { number: lesion.number });
  return (
    <header>
      <button
        type="button"
        className="lesion-title"
        aria-pressed={selected}
        onClick={() => services.lesions.getState().select(lesion.id)}
      >
        <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
          <rect width="10" height="10" fill={lesionColour(lesion.number)} />
        </svg>
        {title}
      </button>
      {props.children}
      <button
        type="button"
        className="quiet"
        aria-label={t('Delete {lesion}', { lesion: title })}
        onClick={() => deleteLesion(services, lesion)}
      >
        {t('Delete')}
      </button>
    </header>
  );
};

const LesionItem = ({ lesion, images }: { lesion: Lesion; images: readonly OpenImage[] }) => {
  const { scoring } = useServices();
  const selected = useLesions((s) => s.selectedId === lesion.id);
  return (
    <li className={selected ? 'lesion selected' : 'lesion'} data-testid={`lesion-${lesion.number}`}>
      <LesionHead {...{ lesion, selected }} />
      <MarkedViews lesion={lesion} images={images} />
      {scoring && <Score lesion={lesion} />}
      <LocationLine lesion={lesion} />
      <ReaderWords lesion={lesion} />
    </li>
  );
};

/** A lesion that is not the one read now: its views and its likelihood in one line. */
const LesionLine = ({ lesion, images }: { lesion: Lesion; images: readonly OpenImage[] }) => {
  const { scoring } = useServices();
  const result = useScoreOnShow()(lesion);
  const { shift } = useAssumedPrevalence();
  const readingFirst = useReadingFirst();
  const likelihood =
    result.phase === 'scored' && !isScoreHidden(lesion, readingFirst)
      ? percent(shift(result.answer.score.likelihood.value))
      : undefined;
  const marked = images.filter(({ header }) => header.sopInstanceUid in lesion.marks);
  return (
    <li className="lesion line" data-testid={`lesion-${lesion.number}`}>
      <LesionHead lesion={lesion} selected={false}>
        <ul className="marked-views" aria-label={t('Views with a mark')}>
          {marked.map(({ header }) => (
            <li key={header.sopInstanceUid} className="marked">
              {viewName(header)}
            </li>
          ))}
        </ul>
        {scoring && (
          <span data-testid={`line-score-${lesion.number}`}>{likelihood ?? t('no score')}</span>
        )}
      </LesionHead>
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
  const lesions = usePatientLesions(patientKey);
  const selectedId = useLesions((s) => s.selectedId);
  const read = lesions.find((lesion) => lesion.id === selectedId) ?? lesions[0];
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
      <ul className="lesions">
        {read && <LesionItem key={read.id} lesion={read} images={images} />}
        {lesions
          .filter((lesion) => lesion !== read)
          .map((lesion) => (
            <LesionLine key={lesion.id} lesion={lesion} images={images} />
          ))}
      </ul>
      {patientKey !== undefined && <ExamWords patientKey={patientKey} />}
      {scoring ? (
        <div className="panel-foot">
          <Guidance />
          <Prevalence />
          <EngineLine />
        </div>
      ) : (
        <p role="alert" className="alarm">
          {t('Scoring is not available: {reason}', { reason: packProblem ? say(packProblem) : '' })}
        </p>
      )}
    </aside>
  );
};
