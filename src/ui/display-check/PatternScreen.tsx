import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { t } from '../../i18n/phrases/text.ts';
import { PatternPicture, type Shown } from './PatternPicture.tsx';
import { RampPicture } from './RampPicture.tsx';

/** How long what lies over the pattern stays after the pointer rested, ms. */
const REST = 2000;

/** Whether the pointer moved a moment ago. */
const usePointerMoves = (): boolean => {
  const [moves, setMoves] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const onMove = () => {
      setMoves(true);
      clearTimeout(timer);
      timer = setTimeout(() => setMoves(false), REST);
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerdown', onMove);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerdown', onMove);
    };
  }, []);
  return moves;
};

/** Fills the screen where the browser lets it; who leaves the full screen leaves the pattern. */
const useFullScreen = (onLeave: () => void) => {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    const before = document.fullscreenElement;
    const onChange = () => !document.fullscreenElement && leave();
    const asked = before
      ? undefined
      : document.documentElement.requestFullscreen?.().catch(() => undefined);
    void asked?.then(() => document.addEventListener('fullscreenchange', onChange));
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (!before && document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
};

interface PatternScreenProps {
  readonly shown: Shown;
  readonly title: string;
  readonly onStep: (by: 1 | -1) => void;
  readonly onLeave: () => void;
  readonly onRampRead: (off: number) => void;
  /** Buttons with which what is seen is judged. */
  readonly children: ReactNode;
}

/** One pattern and nothing else, over all of the screen; its buttons come when the pointer moves. */
export const PatternScreen = (props: PatternScreenProps) => {
  const { shown, title, onStep, onLeave, onRampRead, children } = props;
  const moves = usePointerMoves();
  useFullScreen(onLeave);
  return (
    <div className="pattern-screen" data-pointer={moves ? 'moves' : 'rests'}>
      {shown.kind === 'pattern' && shown.id === 'ramp' ? (
        <RampPicture onRead={onRampRead} />
      ) : (
        <PatternPicture shown={shown} />
      )}
      <div className="pattern-bar" role="group" aria-label={title} hidden={!moves}>
        <button type="button" onClick={() => onStep(-1)}>
          {t('Previous pattern')}
        </button>
        <strong>{title}</strong>
        <button type="button" onClick={() => onStep(1)}>
          {t('Next')}
        </button>
        {children}
        <button type="button" onClick={onLeave}>
          {t('Back to the sheet')}
        </button>
      </div>
    </div>
  );
};
