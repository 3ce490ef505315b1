import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import type { CellKey, Time } from '../../../core/display/hanging/hanging-layout.ts';
import { registrationOf } from '../../../core/display/hanging/register.ts';
import { runCommand } from '../../../commands/registry.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useServices } from '../../services.tsx';
import { dateText, viewTitle } from '../view/view-labels.ts';
import type { ViewerImage } from '../view/viewer-types.ts';
import type { CloseUp, Hung } from './linked-views.ts';

/** How long each picture stands, ms: far below three changes a second, which can bring on seizures. */
const STANDS_MS = 800;

const likesNoMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Lets current and prior take turns at a steady rate, once the prior is drawn. */
const useTurns = (running: boolean, prior: CellKey, sop: string | undefined): void => {
  const { viewer } = useServices();
  const turn = useEffectEvent(() => {
    const { views, turnFlicker } = viewer.getState();
    if (views.get(prior)?.state().sop === sop) turnFlicker(true);
  });
  useEffect(() => {
    if (!running || likesNoMotion()) return undefined;
    const timer = setInterval(() => turn(), STANDS_MS);
    return () => clearInterval(timer);
  }, [running]);
};

const registeredWords = (a: Hung, b: Hung): string => {
  const { at, size } = registrationOf(a, b);
  const place = at === 'nipple' ? t('aligned at the nipple') : t('aligned at the skin line');
  return size === 'mm' ? place : t('{place}, size by the breast: no millimetres', { place });
};

/** Which of the two exams is on show, in large letters, and what is asked of them. */
export const Flicker = (props: {
  pair: Extract<CloseUp, { as: 'flicker' }>;
  flicker: Time;
  hung: ReadonlyMap<CellKey, Hung>;
  pictures: ReadonlyMap<string, ViewerImage>;
}) => {
  const { pair, flicker, hung, pictures } = props;
  const { viewer } = useServices();
  const running = useStore(viewer, ({ alone }) => alone?.as === 'flicker' && alone.running);
  const [current, prior] = [hung.get(pair.current), hung.get(pair.prior)];
  useTurns(running, pair.prior, prior?.sop);
  const seen = pictures.get((flicker === 'prior' ? prior : current)?.sop ?? '');
  if (!seen || !current || !prior) return null;
  const date = dateText(seen.header.studyDate);
  const isGoing = running && !likesNoMotion();
  return (
    <div className="flicker" data-shows={flicker}>
      {/* Heard at every turn it would drown all else: the buttons say what goes on. */}
      <p className="flicker-date" data-label="flicker" aria-hidden="true">
        {flicker === 'prior' ? t('Prior {date}', { date }) : t('Current {date}', { date })}
      </p>
      <p className="flicker-how">
        {viewTitle(seen.header)} · {registeredWords(current, prior)} · {t('marks hidden')}
      </p>
      <div>
        <button
          type="button"
          aria-pressed={isGoing}
          disabled={likesNoMotion()}
          title={
            likesNoMotion() ? t('By hand only: this computer asks for less motion') : undefined
          }
          onClick={() => viewer.getState().turnFlicker(!isGoing)}
        >
          {t('Alternate')}
        </button>
        <button type="button" onClick={() => viewer.getState().turnFlicker(false)}>
          {t('Swap (Space)')}
        </button>
        <button type="button" onClick={() => runCommand('viewer.shrink')}>
          {t('Stop (Esc)')}
        </button>
      </div>
    </div>
  );
};
