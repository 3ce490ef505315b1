import type { Measurement } from '../core/display/measure/measurement.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import type { Message } from '../core/message/message.ts';
import type { KeptOfImages, MeasurementStorage, OtherTabs } from '../ports/storage.ts';
import { keepByImage } from './keep-by-image.ts';
import type { MeasurementsStore } from './measurements-store.ts';

/** Keeps the measurements, each with the pixels that it was made on (keepByImage). */
export const keepMeasurements = (
  store: MeasurementsStore,
  storage: MeasurementStorage,
  onProblem: (problem: Message | undefined) => void,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
  tabs?: OtherTabs<KeptOfImages>,
) => {
  const withPixels = (measurement: Measurement): Measurement => {
    const pixels = measurement.pixels ?? pixelsOf(measurement.sopInstanceUid);
    return pixels ? { ...measurement, pixels } : measurement;
  };
  return keepByImage({
    shown: () => store.getState().measurements,
    onChange: (changed) =>
      store.subscribe((now, before) => {
        if (now.measurements !== before.measurements) changed();
      }),
    restore: (kept) => store.getState().restore(kept),
    forget: (sops) => store.getState().forget(sops),
    adopt: (changed, removed) => store.getState().adopt(changed, removed),
    asKept: withPixels,
    unsaved: 'keep.measurements-unsaved',
    unread: 'keep.measurements-unread',
    ...{ storage, onProblem, pixelsOf, onAway, tabs },
  });
};
