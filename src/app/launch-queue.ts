import type { Handle } from '../adapters/file-access/api.ts';
import { type Launch, takeLaunch } from './launch.ts';

/** What the browser hands to an installed page: an address, or files that were double-clicked. */
interface LaunchParams {
  readonly targetURL?: string;
  readonly files?: readonly Handle[];
}

declare global {
  interface Window {
    /** Launch Handler and File Handling; Chromium has them. */
    readonly launchQueue?: { setConsumer(take: (params: LaunchParams) => void): void };
  }
}

interface Takers {
  readonly openFiles: (files: readonly Handle[]) => void;
  readonly openLaunch: (launch: Launch) => void;
  /** Whether a patient is open: whoever reads is not to find another one on the screen than a moment ago. */
  readonly isReading: () => boolean;
  /** Asks the reader whether to open it. */
  readonly ask: (open: () => void) => void;
}

/**
 * Takes what an installed page is launched with, again and again: it has one window (launch_handler in the
 * manifest). The address that the page itself began with comes too, and `begun` is known already.
 */
export const takeLaunches = (
  queue: Window['launchQueue'],
  begun: Launch | undefined,
  { openFiles, openLaunch, isReading, ask }: Takers,
): void => {
  let isFirst = true;
  queue?.setConsumer(({ targetURL, files }) => {
    if (files && files.length > 0) openFiles(files);
    const { launch } = takeLaunch(new URL(targetURL ?? 'about:blank').searchParams);
    const isKnown = isFirst && JSON.stringify(launch) === JSON.stringify(begun);
    isFirst = false;
    if (!launch || isKnown) return;
    if (isReading()) ask(() => openLaunch(launch));
    else openLaunch(launch);
  });
};
