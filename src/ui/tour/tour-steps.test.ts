import { expect, it } from 'vitest';
import { createStudiesStore } from '../../state/studies-store.ts';
import { createViewerStore } from '../../state/viewer-store.ts';
import type { Scene } from './scene.ts';
import { TOUR_STEPS } from './tour-steps.ts';

it('shows the map however often it is asked for before it is there', () => {
  const viewer = createViewerStore(createStudiesStore());
  const scene = { services: { viewer } } as unknown as Scene;
  const why = TOUR_STEPS.find(({ id }) => id === 'why');
  why?.task?.run(scene);
  expect(viewer.getState().explained).toBe(true);
  why?.task?.run(scene);
  expect(viewer.getState().explained).toBe(true);
});
