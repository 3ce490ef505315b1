import { version } from '../../package.json';

/** What the build knows of itself; vite.config.ts puts it in place. */
export interface BuildInfo {
  readonly version: string;
  /** A hash of all that the page is made of, or "development". */
  readonly build: string;
  /** SHA-256 in hex of each shipped pack's manifest.json, by the pack's id. */
  readonly packs: Readonly<Record<string, string>>;
  /** Licence texts of what is built in, below the page's folder. */
  readonly licences: string;
}

declare const __BUILD__: Pick<BuildInfo, 'build' | 'packs'> | undefined;

/** For the About box, for what leaves the page, and to know a pack that was put in afterwards. */
export const buildInfo: BuildInfo = {
  version,
  licences: 'third-party-licences.txt',
  ...(typeof __BUILD__ === 'undefined' ? { build: 'development', packs: {} } : __BUILD__),
};
