import { message } from '../core/message/message.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { LesionsStore } from '../state/lesions-store.ts';
import { createSecondLookStore } from '../state/second-look-store.ts';
import type { StudiesStore } from '../state/studies-store.ts';

interface Parts {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  /** Undefined where no pack could be loaded. */
  readonly manifest: PackManifest | undefined;
}

/** The second look: its store, and what fills it. */
export const composeSecondLook = ({ studies, lesions, manifest }: Parts) => {
  const reason = manifest
    ? message('look.no-finder', { pack: manifest.name })
    : message('look.no-pack');
  const { store } = createSecondLookStore(
    { phase: 'none', reason },
    { lesions, images: () => studies.getState().images, now: () => new Date() },
  );
  return { store };
};
