import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { mammogramRamp, rampGrey } from '../../core/display/check/mammogram-ramp.ts';
import { storedValues } from '../../core/image/stored-values.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { failureOf } from '../../core/message/failure.ts';
import type { Message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import type { ViewportEngine } from '../../ports/display.ts';
import { useServices } from '../services.tsx';
import { onDevicePixels } from './PatternPicture.tsx';

const SOP = 'display-check-ramp';
const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };

/** The next frame but one: what was asked to be drawn is there. */
const drawn = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

/** Largest difference of the picture on screen from what it should be, grey levels. */
const largestDifference = (canvas: HTMLCanvasElement, image: MammogramImage): number => {
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  let largest = 0;
  // Without the outermost pixels, and the two rows where rise meets fall, which are blended.
  for (let y = 1; y < height - 1; y++) {
    if (Math.abs(2 * y - height) <= 2) continue;
    for (let x = 1; x < width - 1; x++) {
      const off = (data[4 * (y * width + x)] ?? 0) - rampGrey(image, x, y);
      largest = Math.max(largest, Math.abs(off));
    }
  }
  return largest;
};

/** Shows the ramp in a view of the engine and reads it back; ends with what takes it away again. */
const showRamp = async (
  engine: ViewportEngine<HTMLDivElement>,
  element: HTMLDivElement,
  { width, height }: { width: number; height: number },
  isGone: () => boolean,
  onRead: (off: number) => void,
): Promise<() => void> => {
  const image = mammogramRamp(width, height);
  engine.addImage({ sopInstanceUid: SOP }, image, storedValues(image));
  const view = engine.createView(element);
  await view.show(SOP, AS_STORED);
  view.fit();
  await drawn();
  const canvas = element.querySelector('canvas');
  if (canvas && !isGone()) onRead(largestDifference(canvas, image));
  return () => {
    view.dispose();
    engine.removeImage(SOP);
  };
};

/** The ramp the way of a mammogram: stored values, window, graphics card. The page reads it back. */
export const RampPicture = ({ onRead }: { onRead: (off: number) => void }) => {
  const { viewerEngine } = useServices();
  const frame = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Message>();
  const read = useEffectEvent(onRead);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let turn = 0;
    /** One ramp after the other: each is away before the next is there. */
    let last: Promise<(() => void) | undefined> = Promise.resolve(undefined);
    const stop = onDevicePixels(element, (size) => {
      const mine = ++turn;
      last = last
        .then(async (remove) => {
          remove?.();
          if (mine !== turn) return undefined;
          const engine = await viewerEngine();
          if (mine !== turn) return undefined;
          return showRamp(engine, element, size, () => mine !== turn, read);
        })
        .catch((error: unknown) => {
          setProblem(failureOf(error));
          return undefined;
        });
    });
    return () => {
      turn++;
      stop();
      void last.then((remove) => remove?.());
    };
  }, [viewerEngine]);
  return (
    <>
      <div className="pattern-picture" data-testid="ramp" ref={frame} />
      {problem && (
        <p className="view-problem" role="alert">
          {t('This image cannot be shown: {reason}', { reason: say(problem) })}
        </p>
      )}
    </>
  );
};
