import type { Page } from '@playwright/test';
import {
  beforeInference,
  engineReady,
  expect,
  likelihoodOf,
  markPoints,
  openDemo,
  openEngine,
  test,
  viewOf,
} from './page.ts';

const engine = (page: Page) => page.getByLabel('Inference engine');

/**
 * A browser whose graphics card (the software adapter under another name) is there once a cache named
 * "card" is: page and workers alike can see that.
 */
const LATE_CARD = `{
  const ask = GPU.prototype.requestAdapter;
  GPU.prototype.requestAdapter = async function (options) {
    if (!(await caches.has('card'))) return null;
    const adapter = await ask.call(this, options);
    const info = { vendor: 'test', architecture: 'card', device: '', description: '', isFallbackAdapter: false };
    return adapter && Object.defineProperty(adapter, 'info', { value: info });
  };
}
`;

test('a graphics card that comes late is moved up to, and the lesion stays scored', async ({
  page,
}) => {
  test.setTimeout(480_000);
  await page.addInitScript(LATE_CARD);
  await beforeInference(page, LATE_CARD);
  await page.goto('./');
  await openDemo(page);
  await engineReady(page);
  await expect(page.getByTestId('backend')).toHaveValue('wasm');
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  const before = await likelihoodOf(page, 1, 1);
  expect(before.backend).toBe('wasm');
  await openEngine(page);
  await page.getByTestId('look-for-adapter').click();
  await expect(engine(page)).toContainText('The browser still has no graphics card for WebGPU');
  await page.evaluate(() => caches.open('card'));
  await page.getByTestId('look-for-adapter').click();
  await expect(page.getByTestId('adapter')).toHaveText('test card', { timeout: 360_000 });
  await expect(engine(page)).toContainText('moved up from WebAssembly to WebGPU');
  await expect(page.getByTestId('look-for-adapter')).toHaveCount(0);
  const after = await likelihoodOf(page, 1, 1);
  expect(after.backend).toBe('webgpu');
  expect(Math.abs(after.value - before.value)).toBeLessThan(0.01);
});

test('a start that stands still is tried again, then fails plainly and can be started anew', async ({
  page,
}) => {
  test.setTimeout(480_000);
  let asked = 0;
  const binary = '**/tfjs-backend-wasm*.wasm';
  await page.route(binary, () => {
    asked++;
  });
  await page.clock.install();
  await page.goto('./?backend=wasm');
  await openDemo(page);
  for (const tries of [1, 2]) {
    await expect(engine(page)).toContainText('Starting WebAssembly', { timeout: 120_000 });
    await expect.poll(() => asked, { timeout: 120_000 }).toBe(tries);
    await page.clock.fastForward(50_000);
  }
  await expect(engine(page)).toHaveAttribute('data-phase', 'failed');
  await expect(engine(page)).toContainText('it came to a standstill at "Starting WebAssembly"');
  await page.unroute(binary);
  await page.getByTestId('retry-engine').click();
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  await likelihoodOf(page, 1, 1);
});
