import type { Chromium } from './chromium.ts';
import type { Section } from './result.ts';

export interface Context {
  /** Few repetitions, to see that a measure works. */
  readonly quick: boolean;
  /** Measure this backend alone, where there are several. */
  readonly backend: string | undefined;
  /** Chromium, started afresh for each measure. */
  readonly chromium: Chromium;
  /** Address of the bench's own pages, of the weights and of generated files; ends with a slash. */
  readonly pages: string;
  /** Address of the built product; ends with a slash. */
  readonly product: string;
  /** Folder of the built product. */
  readonly productFolder: string;
  /** Where pictures of what was on screen are kept, if they are wanted. */
  readonly pictures: string | undefined;
  /** One line on stderr. */
  say(text: string): void;
}

/** One program of the benchmark: what it measures, in rows. */
export type Measure = (context: Context) => Promise<Section>;
