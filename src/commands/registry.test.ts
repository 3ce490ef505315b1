import { expect, it } from 'vitest';
import { commandOfKey, commandsOnOffer, offerCommands } from './registry.ts';

const command = (id: string, ...keys: string[]) => ({
  id,
  group: '',
  title: id,
  keys,
  run: () => 0,
});

it('finds the latest claim to a key and forgets what is withdrawn', () => {
  const withdrawViewer = offerCommands(() => [command('fit', 'F'), command('shrink', 'Escape')]);
  const withdrawPanel = offerCommands(() => [command('close', 'Escape')]);
  expect(commandsOnOffer().map(({ id }) => id)).toEqual(['fit', 'shrink', 'close']);
  expect(commandOfKey('Escape')?.id).toBe('close');
  withdrawPanel();
  expect(commandOfKey('Escape')?.id).toBe('shrink');
  withdrawViewer();
  expect(commandOfKey('F')).toBeUndefined();
});
