import { version } from '../../package.json';
import type { BuildInfo } from '../ports/build.ts';

/** vite.config.ts puts it in place. */
declare const __BUILD__: Pick<BuildInfo, 'build' | 'packs'> | undefined;

/** How the program names itself as the maker of what leaves the page. */
export const PROGRAM_NAME = 'Tandem CADx';

/** For the About box, for what leaves the page, and to know a pack that was put in afterwards. */
export const buildInfo: BuildInfo = {
  version,
  licences: 'third-party-licences.txt',
  ...(typeof __BUILD__ === 'undefined' ? { build: 'development', packs: {} } : __BUILD__),
};
