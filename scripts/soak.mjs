// `npm run soak`: fifty studies opened, scored and closed in one page; what it holds on to goes to
// docs/results/soak.json. `npm run soak -- 20 detector`: twenty, with the matrix of a detector;
// `npm run soak -- 50 small 1`: beside one other tab that has a study open.
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { installDependencies, root, run, tool } from './setup.mjs';

installDependencies();
const [studies = '50', size = 'small', otherTabs = '0'] = process.argv.slice(2);
const chromium = await findChromium();
if (!chromium) {
  console.error('No Chromium was found: set CHROMIUM_PATH.');
  process.exit(1);
}
const name = `soak${size === 'detector' ? '-detector' : ''}${otherTabs === '0' ? '' : '-tabs'}.json`;
const report = join(root, 'docs/results', name);
process.exit(
  run(process.execPath, [tool('@playwright/test', 'cli.js'), 'test', 'e2e/soak.spec.ts'], {
    CHROMIUM_PATH: chromium,
    SOAK_STUDIES: studies,
    SOAK_SIZE: size,
    SOAK_OTHER_TABS: otherTabs,
    SOAK_REPORT: report,
  }),
);
