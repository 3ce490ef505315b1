// Pictures of each layout for docs/reading-room.md, from the synthetic demo patients:
//   npm run build && PORT=4273 node scripts/serve.mjs &
//   node scripts/layout-figures.mjs http://localhost:4273/
import { chromium } from '@playwright/test';

const [address = 'http://localhost:4273/'] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--no-sandbox',
  ],
});

/** Synthetic patient 3, who has a prior study. */
const open = async (width, height) => {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(`${address}?backend=wasm`);
  await page.getByText('More synthetic patients').click();
  await page.getByRole('button', { name: /Synthetic patient 3/ }).click();
  await page.locator('[data-matrix]').nth(3).waitFor({ state: 'attached' });
  await page.locator('.engine[data-phase=ready]').waitFor({ timeout: 180_000 });
  return page;
};

const shoot = async (page, name, keys) => {
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `docs/figures/layout-${name}.png` });
};

const laptop = await open(1280, 720);
await shoot(laptop, 'four', ['5']);
await shoot(laptop, 'cc-pair', ['6']);
await shoot(laptop, 'mlo-pair', ['7']);
await shoot(laptop, 'one-breast', ['8']);
await shoot(laptop, 'row', ['0']);
await shoot(laptop, 'single', ['3', 'Enter']);
await shoot(laptop, 'single-prior', ['k']);
await shoot(laptop, 'four-prior', ['Escape', '5']);
await shoot(laptop, 'cc-prior', ['6']);
await shoot(laptop, 'steps', ['k', 'q', 'q']);
await laptop.close();

const portrait = await open(1024, 1280);
await portrait.waitForTimeout(1500);
await portrait.locator('.viewer').screenshot({ path: 'docs/figures/layout-portrait.png' });
await browser.close();
