// `npm test`: set-up, then format, lint, types, unit and end-to-end tests. Ends with the counts of
// all tests; a failed check (format, lint, types) counts as one failure.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root, run, tool } from './setup.mjs';

installDependencies();
const { findChromium } = await import('./chromium.mjs');
const { installBrowsers, installDicomTools, installNginx } = await import('./debian.mjs');
const { installOrthanc } = await import('./orthanc.mjs');
const { installRedis } = await import('./redis.mjs');
installDicomTools();
installOrthanc();
installRedis();
installNginx();
installBrowsers();

const reports = join(root, 'test-results');
mkdirSync(reports, { recursive: true });
const node = (name, script, ...args) => run(process.execPath, [tool(name, script), ...args]);

const counts = { passed: 0, failed: 0, skipped: 0 };
const check = (title, code) => {
  console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${title}`);
  counts[code === 0 ? 'passed' : 'failed']++;
};

const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Adds a runner's own counts; a runner that failed without naming a failed test counts as one. */
const addRun = (title, code, found) => {
  console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${title}`);
  counts.passed += found?.passed ?? 0;
  counts.skipped += found?.skipped ?? 0;
  counts.failed += found?.failed || (code === 0 ? 0 : 1);
};

check('format', node('prettier', 'bin/prettier.cjs', '--check', '--log-level', 'warn', '.'));
check('lint', node('eslint', 'bin/eslint.js', '.'));
check(
  'types of core, without the DOM',
  node('typescript', 'bin/tsc', '-p', 'src/core/tsconfig.json'),
);
check('types', node('typescript', 'bin/tsc', '-p', 'tsconfig.json'));
check('types of scripts', node('typescript', 'bin/tsc', '-p', 'scripts/tsconfig.json'));

const unitReport = join(reports, 'unit.json');
rmSync(unitReport, { force: true });
const unitCode = node(
  'vitest',
  'vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
);
const unit = readReport(unitReport);
addRun('unit tests', unitCode, {
  passed: unit?.numPassedTests,
  failed: unit?.numFailedTests,
  skipped: unit?.numPendingTests,
});

const chromium = await findChromium();
if (!chromium) {
  check('a Chromium for the end-to-end tests (set CHROMIUM_PATH)', 1);
} else {
  const e2eReport = join(reports, 'e2e.json');
  rmSync(e2eReport, { force: true });
  const code = run(process.execPath, [tool('@playwright/test', 'cli.js'), 'test'], {
    CHROMIUM_PATH: chromium,
    E2E_REPORT: e2eReport,
  });
  const stats = readReport(e2eReport)?.stats;
  addRun('end-to-end tests', code, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected,
    skipped: stats?.skipped,
  });
}

const { passed, failed, skipped } = counts;
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
