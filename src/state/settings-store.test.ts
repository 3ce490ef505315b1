import { expect, it } from 'vitest';
import type { Settings } from '../ports/storage.ts';
import { sampleSite } from '../core/classifier/testing/sample-site.ts';
import { createSettingsStore } from './settings-store.ts';
import { NO_SETTINGS } from './testing/no-settings.ts';

/** Tabs of one browser; those that listen hear of each other's changes. */
const browser = () => {
  let kept: Settings = NO_SETTINGS;
  const listeners = new Set<() => void>();
  const tab = (listens = true) => {
    let own: () => void = () => undefined;
    return createSettingsStore({
      load: () => structuredClone(kept),
      save: (changed) => {
        kept = { ...kept, ...changed };
        for (const listener of listeners) if (listener !== own) listener();
      },
      onSavedElsewhere: (listener) => {
        own = listener;
        if (listens) listeners.add(listener);
      },
    });
  };
  return { tab, kept: () => kept };
};

it('leaves standing what another tab has chosen, also where it has not heard of it', () => {
  const { tab, kept } = browser();
  const [first, second] = [tab(false), tab(false)];
  first.getState().readFirst(true);
  first.getState().assumePrevalence(0.3);
  first.getState().calibrateForSite(sampleSite('a'.repeat(64)));
  second.getState().hideNames(true);
  expect(kept()).toMatchObject({ readingFirst: true, assumedPrevalence: 0.3, namesHidden: true });
  expect(kept().siteCalibration).toBeDefined();
  first.getState().calibrateForSite(undefined);
  second.getState().hideNames(false);
  expect(kept().siteCalibration).toBeUndefined();
});

it('takes over what another tab chooses, writes none of it again and draws nothing anew for the rest', () => {
  const { tab, kept } = browser();
  const [first, second] = [tab(), tab()];
  second.getState().calibrateScreen('a', { mmPerCssPixel: 0.2, by: 'card', on: '2026-01-31' });
  const { screens } = second.getState();
  first.getState().readFirst(true);
  expect(second.getState()).toMatchObject({ readingFirst: true });
  expect(second.getState().screens).toBe(screens);
  second.getState().calibrateScreen('b', { mmPerCssPixel: 0.3, by: 'card', on: '2026-01-31' });
  expect(first.getState().readingFirst).toBe(true);
  expect(Object.keys(kept().screens)).toEqual(['a', 'b']);
});
