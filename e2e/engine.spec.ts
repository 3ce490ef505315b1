import type { Page } from '@playwright/test';
import {
  beforeInference,
  markPoints,
  engineReady,
  expect,
  likelihoodOf,
  openDemo,
  openEngine,
  storedLesions,
  test,
  viewOf,
} from './page.ts';

interface Diagnostics {
  readonly tandem: { numTensors(): Promise<number>; simulateLoss(): void };
}
const numTensors = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Diagnostics).tandem.numTensors());
const loseDevice = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Diagnostics).tandem.simulateLoss());

const markOne = async (page: Page) => {
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
};
const engine = (page: Page) => page.getByLabel('Inference engine');

for (const backend of ['webgpu', 'webgl', 'wasm'])
  test(`a lost ${backend} is rebuilt and the run repeated`, async ({ page }) => {
    test.setTimeout(480_000);
    await page.goto(`./?backend=${backend}&diagnostics`);
    await openDemo(page);
    await engineReady(page);
    await markOne(page);
    const before = await likelihoodOf(page, 1, 1);
    expect(before.backend).toBe(backend);
    // A second view starts a run; the device goes while it is under way.
    await markPoints(page, viewOf(page, 'RMLO'), [900, 900], [1200, 1200]);
    await loseDevice(page);
    const after = await likelihoodOf(page, 1, 2);
    expect(after.backend).toBe(backend);
    await engineReady(page);
    await expect(engine(page)).toContainText(/was lost .* has been started again/);
  });

/** In the worker: a clock that stands still, by which every run is quick, and word of each kernel that is set up. */
const ALL_QUICK = `{
  performance.now = () => 0;
  const told = new BroadcastChannel('bind groups');
  const make = GPUDevice.prototype.createBindGroup;
  GPUDevice.prototype.createBindGroup = function (asked) {
    told.postMessage(undefined);
    return make.call(this, asked);
  };
}
`;
const bindGroups = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { bindGroups: number }).bindGroups);

test('a network on WebGPU is replayed, with the number that it gives otherwise', async ({
  page,
}) => {
  test.setTimeout(480_000);
  await page.addInitScript(() => {
    const counting = globalThis as unknown as { bindGroups: number };
    counting.bindGroups = 0;
    new BroadcastChannel('bind groups').onmessage = () => counting.bindGroups++;
  });
  await beforeInference(page, ALL_QUICK);
  await page.goto('./?backend=webgpu');
  await openDemo(page);
  await engineReady(page);
  // The reference answers were computed by kernels, the later ones of them from the recording.
  const before = await bindGroups(page);
  expect(before).toBeGreaterThan(100);
  await markOne(page);
  const replayed = await likelihoodOf(page, 1, 1);
  expect(replayed.backend).toBe('webgpu');
  expect(await bindGroups(page)).toBe(before);
  await openEngine(page);
  await page.getByTestId('backend').selectOption('wasm');
  await engineReady(page);
  await expect(page.getByTestId('backend')).toHaveValue('wasm');
  const onWasm = await likelihoodOf(page, 1, 1);
  expect(onWasm.backend).toBe('wasm');
  expect(Math.abs(onWasm.value - replayed.value)).toBeLessThan(0.005);
});

test('no tensor is left behind by 100 scorings', async ({ page }) => {
  test.setTimeout(480_000);
  await page.goto('./?backend=wasm&diagnostics');
  await openDemo(page);
  await engineReady(page);
  await markOne(page);
  await likelihoodOf(page, 1, 1);
  const before = await numTensors(page);
  expect(before).toBeGreaterThan(10);
  const box = viewOf(page, 'RCC').locator('[data-lesion]').first();
  const output = page.getByTestId('likelihood');
  for (let i = 0; i < 100; i++) {
    const marks = JSON.stringify(await storedLesions(page));
    await box.focus();
    // Never to a place where it has been, of which the network's answer is kept.
    await page.keyboard.press(i % 2 ? 'ArrowDown' : 'ArrowRight');
    await expect.poll(async () => JSON.stringify(await storedLesions(page))).not.toBe(marks);
    await expect(output).toBeVisible();
  }
  expect(await numTensors(page)).toBe(before);
});

test('the backend is switched by hand and the lesion stays scored', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await markOne(page);
  const onWasm = await likelihoodOf(page, 1, 1);
  await openEngine(page);
  await page.getByTestId('backend').selectOption('webgl');
  await engineReady(page);
  await expect(page.getByTestId('backend')).toHaveValue('webgl');
  await page.getByRole('button', { name: 'Remove the mark on RCC' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  const onWebGl = await likelihoodOf(page, 1, 1);
  expect(onWebGl.backend).toBe('webgl');
  expect(Math.abs(onWebGl.value - onWasm.value)).toBeLessThan(0.01);
});

test('without a name a software adapter is passed over, and said so', async ({ page }) => {
  await page.goto('./');
  await openDemo(page);
  await engineReady(page);
  await expect(page.getByTestId('backend')).toHaveValue('wasm');
  await openEngine(page);
  await page.getByText('Why not another backend').click();
  await expect(engine(page)).toContainText(/WebGPU: .*swiftshader is a software adapter/i);
});

test('a pack file that is not the one of the manifest is refused by name', async ({ page }) => {
  await page.route('**/weights.bin', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1000] = (body[1000] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await expect(engine(page)).toContainText(/weights\.bin is not the file that the manifest/);
  await expect(engine(page)).toHaveAttribute('data-phase', 'failed');
});

test('answers unlike the golden ones block scoring, with a way on', async ({ page }) => {
  await page.route('**/manifest.json', async (route) => {
    const response = await route.fetch();
    const manifest = (await response.json()) as { tolerance: Record<string, number> };
    manifest.tolerance = { featureCosine: 0.5, score: 1e-12, likelihood: 1e-12 };
    await route.fulfill({ response, json: manifest });
  });
  await page.goto('./?backend=webgl');
  await openDemo(page);
  await expect(engine(page)).toHaveAttribute('data-phase', 'blocked', { timeout: 180_000 });
  await expect(engine(page)).toContainText(/does not give the pack's reference answers .*score/);
  await markOne(page);
  await expect(page.getByTestId('likelihood')).toHaveCount(0);
});
