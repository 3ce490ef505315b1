import { expect, openFiles, test, viewOf } from './page.ts';
import { syntheticView, syntheticVolume } from './synthetic.ts';

test.use({ engine: false });

const MATRIX = { rows: 600, columns: 480 };
const FRAMES = 24;

test('tomosynthesis: behind the 2D view, then slice by slice, as a slab, and gone when closed', async ({
  page,
}) => {
  await page.goto('./?diagnostics');
  await openFiles(page, [
    syntheticView(1, 'CC', MATRIX),
    syntheticVolume(1, 'L', 'CC', MATRIX, FRAMES),
    syntheticVolume(1, 'L', 'MLO', MATRIX, FRAMES),
  ]);
  const volume = viewOf(page, 'LCC TOMO');
  await expect(viewOf(page, 'LCC')).toBeVisible();
  await expect(volume).toHaveCount(0);
  await viewOf(page, 'LCC').click();
  await page.keyboard.press(',');

  const slice = volume.locator('[data-label=slice]');
  await expect(slice).toHaveText('12 / 24 · 11 mm');
  await volume.hover();
  await page.mouse.wheel(0, 120);
  await expect(slice).toHaveText('13 / 24 · 12 mm');
  // The other volume on show goes along, as deep as this one.
  const other = viewOf(page, 'LMLO TOMO').locator('[data-label=slice]');
  await expect(other).toHaveText('13 / 24 · 12 mm');
  const zoom = volume.locator('[data-label=zoom]');
  const before = await zoom.innerText();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await expect(zoom).not.toHaveText(before);
  await expect(slice).toHaveText('13 / 24 · 12 mm');
  await page.keyboard.press('End');
  await expect(slice).toHaveText('24 / 24 · 23 mm');
  await volume.getByRole('slider').fill('5');
  await expect(slice).toHaveText('5 / 24 · 4 mm');

  await page.getByLabel('Slices or slab').selectOption('maximum');
  await page.getByLabel('Thickness of the slab').selectOption('10');
  await expect(volume.locator('[data-label=slab]')).toHaveText('Slab maximum 10 mm, 10 slices');

  await page.keyboard.press('m');
  await volume.click({ position: { x: 150, y: 300 } });
  await expect(page.getByText('Lesions are not marked on tomosynthesis')).toBeVisible();
  await page.keyboard.press(',');
  await expect(viewOf(page, 'LCC')).toBeVisible();

  const sliceBytes = () =>
    page.evaluate(() =>
      (globalThis as unknown as { tandem: { sliceBytes(): number } }).tandem.sliceBytes(),
    );
  await expect.poll(sliceBytes).toBeGreaterThan(0);
  await page.getByRole('button', { name: /^Close SYNTHETIC/ }).click();
  await expect.poll(sliceBytes).toBe(0);
});
