import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import type { Measurement } from '../core/display/measure/measurement.ts';
import type { MeasurementsStore } from './measurements-store.ts';
import type { MeasurementStorage } from '../ports/storage.ts';

/**
 * Writes every change of the measurements to storage at once and in order; `open` brings back those
 * of images that were just opened, `close` takes them from the screen and leaves them in storage. A
 * failure to write goes to `onProblem`, and the next change tries again with all that is unsaved.
 * Each is kept with the pixels that it was made on: on others it stays away, and `onAway` hears of it.
 */
export const keepMeasurements = (
  store: MeasurementsStore,
  storage: MeasurementStorage,
  onProblem: (problem: Message | undefined) => void,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
) => {
  const withPixels = (measurement: Measurement): Measurement => {
    const pixels = measurement.pixels ?? pixelsOf(measurement.sopInstanceUid);
    return pixels ? { ...measurement, pixels } : measurement;
  };
  const stands = ({ sopInstanceUid: sop, pixels }: Measurement): boolean => {
    const isOfThese = standsOn(pixels, pixelsOf(sop));
    if (!isOfThese) onAway(sop);
    return isOfThese;
  };
  let saved: readonly Measurement[] = [];
  let queue = Promise.resolve();
  const write = async () => {
    const { measurements } = store.getState();
    const here = new Set(measurements.map((m) => m.id));
    const changed = measurements.filter((m) => !saved.includes(m));
    const gone = saved.filter((m) => !here.has(m.id)).map((m) => m.id);
    try {
      if (changed.length > 0) await storage.save(changed.map(withPixels));
      if (gone.length > 0) await storage.remove(gone);
      saved = measurements;
      onProblem(undefined);
    } catch (error) {
      onProblem(message('keep.measurements-unsaved', { reason: reasonOf(error) }));
    }
  };
  store.subscribe((now, before) => {
    if (now.measurements !== before.measurements) queue = queue.then(write);
  });
  return {
    open: async (sopInstanceUids: readonly string[]) => {
      await queue;
      try {
        const kept = (await storage.findByImages(sopInstanceUids)).filter(stands);
        saved = [...saved, ...kept.filter((m) => !saved.some((s) => s.id === m.id))];
        store.getState().restore(kept);
      } catch (error) {
        onProblem(message('keep.measurements-unread', { reason: reasonOf(error) }));
      }
    },
    close: async (sopInstanceUids: readonly string[]) => {
      await queue;
      const closed = new Set(sopInstanceUids);
      saved = saved.filter((m) => !closed.has(m.sopInstanceUid));
      store.getState().forget(sopInstanceUids);
    },
    settled: () => queue,
  };
};
