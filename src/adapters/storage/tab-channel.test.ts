import { expect, it } from 'vitest';
import { keptChangeSchema } from './lesion-storage.ts';
import { createTabChannel } from './tab-channel.ts';

const box = { x: 1, y: 2, width: 3, height: 4 };
const lesion = { id: 'a', patientKey: 'P', number: 1, marks: { s1: box } };

it('tells the other tabs, and passes over what it does not understand', async () => {
  const [here, there] = [0, 1].map(() => createTabChannel('lesions', keptChangeSchema));
  const stranger = new BroadcastChannel('tandem-lesions');
  const heard = new Promise((resolve) => there?.onTold(resolve));
  stranger.postMessage({ saved: [{ id: 'a' }], removed: [] });
  here?.tell({ saved: [lesion], removed: ['b'] });
  expect(await heard).toEqual({ saved: [lesion], removed: ['b'] });
  for (const channel of [here, there, stranger]) channel?.close();
});
