import { expect, openDemo, test, viewOf } from './page.ts';

test.use({ engine: false, viewport: { width: 1366, height: 768 } });

test('narrow views show whole what is said of them', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('0');
  const inside = async (view: string, text: string) => {
    const cell = (await viewOf(page, view).boundingBox())!;
    const label = (await viewOf(page, view).locator(text).boundingBox())!;
    return label.x >= cell.x && label.x + label.width <= cell.x + cell.width;
  };

  await test.step('the ID stands on a line of its own where the name leaves no room', async () => {
    const patient = viewOf(page, 'RCC').locator('[data-label=patient]');
    await patient.evaluate((label) => {
      label.querySelectorAll('bdi')[1]!.textContent = 'HOSPITAL-OF-THE-TOWN-2026-000123';
    });
    const { isCut, lines } = await patient.evaluate((label) => ({
      isCut: label.scrollWidth > label.clientWidth,
      lines: [...label.querySelectorAll('bdi')].map((part) => part.getBoundingClientRect().top),
    }));
    expect(isCut).toBe(false);
    expect(lines[1]).toBeGreaterThan(lines[0]!);
  });

  await test.step('a measurement is read whole, its tool is seen, nothing rings it', async () => {
    const menu = page.getByRole('button', { name: 'Measure' }).first();
    await menu.click();
    await page.getByRole('button', { name: /^Distance/ }).click();
    const ground = (element: Element) => getComputedStyle(element).backgroundColor;
    await expect.poll(() => page.locator('.in-hand').evaluate(ground)).not.toBe('rgba(0, 0, 0, 0)');
    const { x, y, width, height } = (await viewOf(page, 'RCC').boundingBox())!;
    await page.mouse.move(x + width / 3, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 9, y + height / 1.6, { steps: 4 });
    await page.mouse.up();
    await expect(viewOf(page, 'RCC').locator('.measure-label tspan')).toHaveCount(2);
    expect(await inside('RCC', '.measure-label')).toBe(true);
    const body = page.locator('.measured-body');
    await expect(body).toBeFocused();
    await expect(body).toHaveCSS('outline-style', 'none');
  });
});

test('forced colours keep what colours say', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const pressed = page.locator('.viewer-toolbar [aria-pressed=true]').first();
  await expect(pressed).toHaveCSS('outline-style', 'solid');
  const colours = (element: Element) => {
    const { backgroundColor, color } = getComputedStyle(element);
    return [backgroundColor, color];
  };
  const other = page.locator('.viewer-toolbar [aria-pressed=false]').first();
  expect(await pressed.evaluate(colours)).not.toEqual(await other.evaluate(colours));
  await expect(page.locator('.viewer-cells')).toHaveCSS('forced-color-adjust', 'none');
  const line = page.locator('.scale-bar-line').first();
  await expect(line).toHaveCSS('border-bottom-color', 'rgb(185, 194, 201)');
});
