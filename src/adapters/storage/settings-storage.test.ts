import { afterEach, expect, it, vi } from 'vitest';
import { createSettingsStorage } from './settings-storage.ts';
import { sampleSite } from '../../core/classifier/testing/sample-site.ts';

const memory = (initial?: string) => {
  let kept = initial ?? null;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
};

afterEach(() => void vi.unstubAllGlobals());

it('gives back what was saved, and forgets what was unset', () => {
  const store = memory();
  const storage = createSettingsStorage(() => store);
  const unset = {
    assumedPrevalence: undefined,
    language: undefined,
    namesHidden: false,
    links: undefined,
    folded: { patients: false, lesions: false },
    hangings: undefined,
    readingFirst: false,
    likelihoodAs: 'percent' as const,
    specificity: 0.8 as const,
    screens: {},
    displayChecks: [],
    installationId: undefined,
    priorsAtOnce: false,
    letterhead: '',
    readerName: '',
    siteCalibration: undefined,
    secondLook: true,
  };
  expect(storage.load()).toEqual(unset);
  const chosen = {
    assumedPrevalence: 0.02,
    language: 'zh-CN' as const,
    namesHidden: true,
    links: { zoom: true, pan: false, window: true, slices: false },
    folded: { patients: true, lesions: false },
    hangings: ['mlo', 'overview'] as const,
    readingFirst: true,
    likelihoodAs: 'frequency' as const,
    specificity: 0.9 as const,
    screens: { '1600x1000@1': { mmPerCssPixel: 0.27, by: 'card' as const, on: '2026-01-31' } },
    displayChecks: [
      {
        at: '2026-01-31T12:00:00+01:00',
        display: 'left',
        by: 'A. Physicist',
        screen: { width: 2048, height: 2560, devicePixelRatio: 1.25, pitchMm: 0.165 },
        seen: { qc: 'good' as const, ramp: 'bad' as const },
        rampOff: 0.5,
        luminances: [1.2, 500],
        ambient: 0.1,
      },
    ],
    installationId: 'an-id',
    priorsAtOnce: true,
    letterhead: 'Breast Centre\nHospital Street 1',
    readerName: 'Dr. A. Reader',
    siteCalibration: sampleSite('a'.repeat(64)),
    secondLook: false,
  };
  storage.save(chosen);
  expect(storage.load()).toEqual(chosen);
  storage.save(unset);
  expect(storage.load()).toEqual(unset);
});

it('keeps the settings beside one that is damaged', () => {
  const text =
    '{"version":1,"assumedPrevalence":7,"language":"en","links":{"zoom":1},"specificity":0.5}';
  const { assumedPrevalence, language, links, specificity } = createSettingsStorage(() =>
    memory(text),
  ).load();
  expect(assumedPrevalence).toBeUndefined();
  expect(links).toBeUndefined();
  expect(specificity).toBe(0.8);
  expect(language).toBe('en');
});

it('reads settings of before columns could be folded, and drops hangings that it does not know', () => {
  const text = '{"version":1,"language":"en","hangings":["cc","upside-down"]}';
  const { folded, hangings, language } = createSettingsStorage(() => memory(text)).load();
  expect(folded).toEqual({ patients: false, lesions: false });
  expect(hangings).toBeUndefined();
  expect(language).toBe('en');
});

it('does not take a screen whose pixels are no size', () => {
  const text = '{"version":1,"screens":{"a":{"mmPerCssPixel":27,"by":"card","on":""}}}';
  expect(createSettingsStorage(() => memory(text)).load().screens).toEqual({});
});

it('writes what changed beside what another tab has written since', () => {
  const store = memory();
  const [first, second] = [createSettingsStorage(() => store), createSettingsStorage(() => store)];
  first.save({ readingFirst: true, assumedPrevalence: 0.3 });
  second.save({ language: 'en' });
  first.save({ assumedPrevalence: undefined });
  const { readingFirst, language, assumedPrevalence } = second.load();
  expect(readingFirst).toBe(true);
  expect(language).toBe('en');
  expect(assumedPrevalence).toBeUndefined();
});

it('says when another tab has written settings, or deleted all, and of nothing else', () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const heard = vi.fn();
  createSettingsStorage(() => memory()).onSavedElsewhere(heard);
  const written = (key: string | null) =>
    page.dispatchEvent(Object.assign(new Event('storage'), { key }));
  written('other');
  expect(heard).not.toHaveBeenCalled();
  written('tandem.settings');
  written(null);
  expect(heard).toHaveBeenCalledTimes(2);
});

it('survives damage and a browser that refuses', () => {
  for (const text of ['{', 'null', '{"version":1,"assumedPrevalence":7}', '{"version":9}'])
    expect(createSettingsStorage(() => memory(text)).load().assumedPrevalence).toBeUndefined();
  const refusing = createSettingsStorage(() => {
    throw new Error('denied');
  });
  expect(refusing.load().assumedPrevalence).toBeUndefined();
  refusing.save({
    assumedPrevalence: 0.5,
    language: undefined,
    namesHidden: false,
    links: undefined,
    folded: { patients: false, lesions: false },
    hangings: undefined,
    readingFirst: false,
    likelihoodAs: 'percent' as const,
    specificity: 0.8 as const,
    screens: {},
    displayChecks: [],
    installationId: undefined,
    priorsAtOnce: false,
    letterhead: '',
    readerName: '',
    siteCalibration: undefined,
    secondLook: true,
  });
});
