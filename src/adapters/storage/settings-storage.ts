import { z } from 'zod';

const KEY = 'tandem.settings';

const schema = z.object({
  version: z.literal(1),
  assumedPrevalence: z.number().gt(0).lt(1).optional().catch(undefined),
});

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Settings in localStorage. What cannot be read counts as not set; where the browser refuses to
 * store, settings last as long as the page.
 */
export const createSettingsStorage = (store: () => Store = () => localStorage) => ({
  load: (): { readonly assumedPrevalence: number | undefined } => {
    try {
      const parsed = schema.safeParse(JSON.parse(store().getItem(KEY) ?? 'null'));
      return { assumedPrevalence: parsed.success ? parsed.data.assumedPrevalence : undefined };
    } catch {
      return { assumedPrevalence: undefined };
    }
  },
  save: (settings: { readonly assumedPrevalence: number | undefined }): void => {
    try {
      store().setItem(KEY, JSON.stringify({ version: 1, ...settings }));
    } catch {
      // Settings are a convenience; marks have their own storage and their own message.
    }
  },
});
