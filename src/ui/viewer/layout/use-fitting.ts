import { useEffect, useEffectEvent, useState } from 'react';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useServices } from '../../services.tsx';
import type { StageOfLayout } from './use-stage.ts';

/**
 * Fits views that took a picture or a size, all at one scale. One that comes under a hand at work is fitted
 * by itself, and the others when it rests; answers how, and whether they wait for it.
 */
export const useFitting = (fit: StageOfLayout['fit']) => {
  const { viewer } = useServices();
  const [owed, setOwed] = useState(false);
  const onRest = useEffectEvent(() => {
    if (!owed) return;
    setOwed(false);
    fit((each) => each.state().fitted);
  });
  useEffect(() => viewer.subscribe(({ handOn }) => (handOn ? undefined : onRest())), [viewer]);
  const onFit = (view: ViewportHandle, after: 'image' | 'size') => {
    const waits = after === 'image' && viewer.getState().handOn;
    if (waits) setOwed(true);
    fit((each) => (waits ? each === view : each.state().fitted));
  };
  return { onFit, owed };
};
