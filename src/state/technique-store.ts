import { createStore } from 'zustand/vanilla';

/** Whether how the images were taken stands over the pictures; forgotten with the page. */
export const techniqueStore = createStore<{ readonly shown: boolean }>()(() => ({ shown: false }));

export const toggleTechnique = (): void =>
  techniqueStore.setState(({ shown }) => ({ shown: !shown }));
