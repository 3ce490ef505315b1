import { expect, it } from 'vitest';
import { createSettingsStorage } from './settings-storage.ts';

const memory = (initial?: string) => {
  let kept = initial ?? null;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
};

it('gives back what was saved, and forgets what was unset', () => {
  const store = memory();
  const storage = createSettingsStorage(() => store);
  expect(storage.load()).toEqual({ assumedPrevalence: undefined });
  storage.save({ assumedPrevalence: 0.02 });
  expect(storage.load()).toEqual({ assumedPrevalence: 0.02 });
  storage.save({ assumedPrevalence: undefined });
  expect(storage.load()).toEqual({ assumedPrevalence: undefined });
});

it('survives damage and a browser that refuses', () => {
  for (const text of ['{', 'null', '{"version":1,"assumedPrevalence":7}', '{"version":9}'])
    expect(createSettingsStorage(() => memory(text)).load().assumedPrevalence).toBeUndefined();
  const refusing = createSettingsStorage(() => {
    throw new Error('denied');
  });
  expect(refusing.load().assumedPrevalence).toBeUndefined();
  refusing.save({ assumedPrevalence: 0.5 });
});
