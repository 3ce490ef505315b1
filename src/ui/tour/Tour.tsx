import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useCommands } from '../commands/use-commands.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useLesions, useScoreOnShow, useServices, useStudies } from '../services.tsx';
import { clearLesions, type Scene, tourImages } from './scene.ts';
import type { TourGuide } from '../../state/tour-store.ts';
import { TOUR_STEPS, type TourStep } from './tour-steps.ts';
import { useTargetRing } from './use-target-ring.ts';

/** Clears the way once the patient is wholly open, kept marks included. */
const useClearedStart = (scene: Scene) => {
  const { tour } = scene.services;
  const ready = useStore(tour, (s) => s.ready);
  const opening = useStudies((s) => s.progress !== undefined);
  const open = useStudies(() => tourImages(scene).length === scene.guide.files.length);
  useEffect(() => {
    if (ready || opening || !open) return;
    clearLesions(scene);
    // It speaks of what stands there.
    scene.services.viewer.setState({ secondWindow: false });
    scene.services.settings.getState().fold('lesions', false);
    tour.getState().setReady();
  }, [scene, tour, ready, opening, open]);
  return ready;
};

/** Escape ends the tour, before anything beneath hears it; a dialog on top keeps its own Escape. */
const useEscape = (leave: () => void) => {
  const onLeave = useEffectEvent(leave);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open], [aria-modal=true]')) return;
      event.stopImmediatePropagation();
      onLeave();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
};

/** Whether the task of a step is done; asked again as the page changes. */
const useIsDone = (scene: Scene, step: TourStep): boolean => {
  useLesions((s) => s.lesions);
  useScoreOnShow();
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => look((n) => n + 1), 300);
    return () => clearInterval(timer);
  }, []);
  return step.task?.isDone(scene) ?? true;
};

const Panel = ({ scene }: { scene: Scene }) => {
  const { tour } = scene.services;
  const at = useStore(tour, (s) => s.step);
  const step = TOUR_STEPS[at] as TourStep;
  const isLast = at === TOUR_STEPS.length - 1;
  const done = useIsDone(scene, step);
  const ring = useTargetRing(scene, step.target);
  const waiting = step.waitsFor?.(scene);
  const { goTo, leave, startAgain } = tour.getState();
  const next = () => {
    if (!done) step.task?.run(scene);
    else if (isLast) leave();
    else goTo(at + 1);
  };
  useEscape(leave);
  const group = t('Guided tour');
  useCommands([
    { id: 'tour.next', group, title: t('Next step'), keys: ['Shift+Enter'], run: next },
    { id: 'tour.again', group, title: t('Start again'), run: startAgain },
    { id: 'tour.leave', group, title: t('Leave the tour'), keys: ['Escape'], run: leave },
  ]);
  return (
    <>
      {ring && <div className="tour-ring" style={ring} aria-hidden="true" />}
      <aside className="tour" aria-label={group} data-testid="tour" data-step={step.id}>
        <div aria-live="polite">
          <h2>{step.title()}</h2>
          <p>{step.text()}</p>
          {waiting !== undefined && <p className="fine">{waiting}</p>}
        </div>
        <p className="fine">
          {t('Step {step} of {steps}', { step: at + 1, steps: TOUR_STEPS.length })}
        </p>
        <div className="tour-buttons">
          <button type="button" className="primary" autoFocus onClick={next}>
            {!done && step.task ? step.task.offer() : isLast ? t('Finish') : t('Next')}
          </button>
          {step.extra && (
            <button type="button" onClick={step.extra.run}>
              {step.extra.label()}
            </button>
          )}
          <button type="button" disabled={at === 0} onClick={() => goTo(at - 1)}>
            {t('Back')}
          </button>
          <button type="button" disabled={at === 0} onClick={startAgain}>
            {t('Start again')}
          </button>
          <button type="button" className="quiet" onClick={leave}>
            {t('Leave (Esc)')}
          </button>
        </div>
      </aside>
    </>
  );
};

const TourOf = ({ guide }: { guide: TourGuide }) => {
  const services = useServices();
  const scene = useMemo(() => ({ services, guide }), [services, guide]);
  const ready = useClearedStart(scene);
  // The reader may close the patient; that ends the tour too.
  const gone = useStudies(() => tourImages(scene).length === 0);
  useEffect(() => {
    if (ready && gone) services.tour.getState().leave();
  }, [ready, gone, services]);
  return ready && !gone ? <Panel scene={scene} /> : null;
};

/** The guided tour, while one is under way. Beside the page, never over it: all goes on working. */
export const Tour = () => {
  const services = useServices();
  const guide = useStore(services.tour, (s) => s.guide);
  useCommands([
    {
      id: 'tour.start',
      group: t('Guided tour'),
      title: t('Start the guided tour'),
      run: () => void services.startTour(),
    },
  ]);
  return guide ? <TourOf key={guide.id} guide={guide} /> : null;
};
