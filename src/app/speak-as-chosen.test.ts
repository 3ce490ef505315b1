import { afterEach, expect, it, vi } from 'vitest';
import { speak, spokenLanguage } from '../i18n/phrases/text.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { createSettingsStore } from '../state/settings-store.ts';
import { NO_SETTINGS } from '../state/testing/no-settings.ts';
import { speakAsChosen } from './speak-as-chosen.ts';

/** Lets a test answer for the network: as many fetches as there are entries, in turn. */
const network = vi.hoisted(() => ({ answers: [] as Promise<void>[] }));
vi.mock(import('../i18n/languages.ts'), async (original) => ({
  ...(await original()),
  fetchLanguage: () => network.answers.shift() ?? Promise.resolve(),
}));

const start = (language: 'en' | 'zh-CN') => {
  const notices = createNoticesStore();
  const load = () => ({ ...NO_SETTINGS, language });
  const settings = createSettingsStore({ load, save: () => undefined });
  return { settings, notices, spoken: speakAsChosen(settings, notices) };
};
/** Words on their way until they arrive. */
const awaited = () => {
  let resolve = () => undefined as void;
  const promise = new Promise<void>((arrived) => {
    resolve = arrived;
  });
  return { promise, resolve: () => resolve() };
};
afterEach(() => {
  network.answers = [];
  speak('en');
});

it('speaks the kept language before the page is drawn, and each that is chosen after it', async () => {
  const { settings, spoken } = start('zh-CN');
  await spoken;
  expect(spokenLanguage()).toBe('zh-CN');
  settings.getState().chooseLanguage('en');
  await vi.waitFor(() => expect(spokenLanguage()).toBe('en'));
});

it('speaks the language before until the words of the next are there', async () => {
  const words = awaited();
  const { settings, spoken } = start('en');
  await spoken;
  network.answers = [words.promise];
  settings.getState().chooseLanguage('zh-CN');
  await Promise.resolve();
  expect(spokenLanguage()).toBe('en');
  words.resolve();
  await vi.waitFor(() => expect(spokenLanguage()).toBe('zh-CN'));
});

it('does not speak a language that is no longer wanted when its words come', async () => {
  const words = awaited();
  const { settings, spoken } = start('en');
  await spoken;
  network.answers = [words.promise];
  settings.getState().chooseLanguage('zh-CN');
  settings.getState().chooseLanguage('en');
  words.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  expect(spokenLanguage()).toBe('en');
});

it('says that the words cannot be had, and speaks them after another try', async () => {
  network.answers = [Promise.reject(new Error('no network'))];
  const { notices, spoken } = start('zh-CN');
  await spoken;
  expect(spokenLanguage()).toBe('en');
  const [notice] = notices.getState().notices;
  expect(notice?.text).toMatchObject({ values: { reason: 'no network' } });
  notice?.action?.run();
  await vi.waitFor(() => expect(spokenLanguage()).toBe('zh-CN'));
  expect(notices.getState().notices).toEqual([]);
});
