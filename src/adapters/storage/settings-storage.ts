import { z } from 'zod';
import { PATTERNS } from '../../core/display/check/patterns.ts';
import { HANGINGS } from '../../core/display/hanging/hanging-sequence.ts';
import { siteCalibrationSchema } from '../../core/classifier/site-calibration.ts';
import { MOST_CHECKS } from '../../core/display/check/display-check.ts';
import { SPECIFICITIES } from '../../core/explain/operating-point.ts';

const KEY = 'tandem.settings';

/** Pixels of 0.02 to 2 mm: from the densest telephone to a wall. */
const screen = z.object({
  mmPerCssPixel: z.number().gt(0.02).lt(2),
  by: z.enum(['card', 'ruler']),
  on: z.string(),
});

const displayCheck = z.object({
  at: z.iso.datetime({ offset: true }),
  display: z.string().max(200),
  by: z.string().max(200),
  screen: z.object({
    width: z.number().positive(),
    height: z.number().positive(),
    devicePixelRatio: z.number().positive(),
    pitchMm: z.number().positive().optional(),
  }),
  seen: z.partialRecord(z.enum(PATTERNS), z.enum(['good', 'bad'])),
  rampOff: z.number().nonnegative().optional(),
  luminances: z.array(z.number().nonnegative()).max(18).readonly(),
  ambient: z.number().nonnegative(),
});

/** Each setting by itself: one that does not parse counts as not set and takes no other with it. */
const schema = z.object({
  assumedPrevalence: z.number().gt(0).lt(1).optional().catch(undefined),
  language: z.string().max(35).optional().catch(undefined),
  namesHidden: z.boolean().optional().catch(undefined),
  links: z
    .object({
      zoom: z.boolean(),
      pan: z.boolean(),
      window: z.boolean(),
      // Kept by earlier versions without it.
      slices: z.boolean().default(true),
    })
    .optional()
    .catch(undefined),
  folded: z.object({ patients: z.boolean(), lesions: z.boolean() }).optional().catch(undefined),
  hangings: z.array(z.enum(HANGINGS)).nonempty().readonly().optional().catch(undefined),
  readingFirst: z.boolean().optional().catch(undefined),
  likelihoodAs: z.enum(['percent', 'frequency']).optional().catch(undefined),
  specificity: z.literal(SPECIFICITIES).optional().catch(undefined),
  screens: z.record(z.string(), screen).optional().catch(undefined),
  displayChecks: z.array(displayCheck).max(MOST_CHECKS).readonly().optional().catch(undefined),
  installationId: z.string().min(1).max(64).optional().catch(undefined),
  priorsAtOnce: z.boolean().optional().catch(undefined),
  letterhead: z.string().max(1000).optional().catch(undefined),
  readerName: z.string().max(200).optional().catch(undefined),
  siteCalibration: siteCalibrationSchema.optional().catch(undefined),
  secondLook: z.boolean().optional().catch(undefined),
});
const versioned = schema.extend({ version: z.literal(1) });

const withAll = (settings: z.infer<typeof schema>) => ({
  assumedPrevalence: settings.assumedPrevalence,
  language: settings.language,
  namesHidden: settings.namesHidden ?? false,
  links: settings.links,
  folded: settings.folded ?? { patients: false, lesions: false },
  hangings: settings.hangings,
  readingFirst: settings.readingFirst ?? false,
  likelihoodAs: settings.likelihoodAs ?? ('percent' as const),
  specificity: settings.specificity ?? (0.8 as const),
  screens: settings.screens ?? {},
  displayChecks: settings.displayChecks ?? [],
  installationId: settings.installationId,
  priorsAtOnce: settings.priorsAtOnce ?? false,
  letterhead: settings.letterhead ?? '',
  readerName: settings.readerName ?? '',
  siteCalibration: settings.siteCalibration,
  secondLook: settings.secondLook ?? true,
});

type StoredSettings = ReturnType<typeof withAll>;
type Store = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Settings in localStorage. What cannot be read counts as not set; where the browser refuses to
 * store, settings last as long as the page.
 */
export const createSettingsStorage = (store: () => Store = () => localStorage) => {
  const load = (): StoredSettings => {
    try {
      return withAll(versioned.parse(JSON.parse(store().getItem(KEY) ?? 'null')));
    } catch {
      return withAll({});
    }
  };
  return {
    load,
    save: (changed: Partial<StoredSettings>): void => {
      try {
        store().setItem(KEY, JSON.stringify({ version: 1, ...load(), ...changed }));
      } catch {
        // Settings are a convenience; marks have their own storage and their own message.
      }
    },
    onSavedElsewhere: (listener: () => void): void => {
      if (typeof window === 'undefined') return;
      window.addEventListener('storage', ({ key }) => {
        if (key === KEY || key === null) listener();
      });
    },
  };
};
