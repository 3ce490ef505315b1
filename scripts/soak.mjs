// `npm run soak`: fifty studies opened, scored and closed in one page; what it holds on to goes to
// docs/results/soak.json. `npm run soak -- 20 detector`: twenty, with the matrix of a detector.
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { installDependencies, requireNode, root, run, tool } from './setup.mjs';

requireNode();
installDependencies();
const [studies = '50', size = 'small'] = process.argv.slice(2);
const chromium = await findChromium();
if (!chromium) {
  console.error('No Chromium was found: set CHROMIUM_PATH.');
  process.exit(1);
}
const report = join(root, 'docs/results', size === 'detector' ? 'soak-detector.json' : 'soak.json');
process.exit(
  run(process.execPath, [tool('@playwright/test', 'cli.js'), 'test', 'e2e/soak.spec.ts'], {
    CHROMIUM_PATH: chromium,
    SOAK_STUDIES: studies,
    SOAK_SIZE: size,
    SOAK_REPORT: report,
  }),
);
