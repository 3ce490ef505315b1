import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';

/** As in playwright.config.ts: graphics without a graphics card, where the machine has none. */
const SOFTWARE_GRAPHICS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];
/** The machine's own graphics card by Vulkan, which needs no screen. */
const HARDWARE_GRAPHICS = [
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  '--use-gl=angle',
  '--use-angle=vulkan',
  '--enable-features=Vulkan',
  '--disable-vulkan-surface',
];

const FLAGS = ['--no-sandbox', '--enable-precise-memory-info', '--js-flags=--expose-gc'];

export interface Chromium {
  readonly version: string;
  readonly browser: Browser;
  /** A new page in a new profile: nothing cached, no service worker. */
  newPage(): Promise<Page>;
}

/** Starts Chromium; `hardware` where its graphics card is to be used instead of SwiftShader. */
export const startChromium = async (hardware: boolean): Promise<Chromium> => {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium was found: set CHROMIUM_PATH');
  const args = [...(hardware ? HARDWARE_GRAPHICS : SOFTWARE_GRAPHICS), ...FLAGS];
  const browser = await chromium.launch({ executablePath, args });
  return {
    version: `Chromium ${browser.version()}`,
    browser,
    newPage: async () => {
      const context = await browser.newContext({
        serviceWorkers: 'block',
        viewport: { width: 1600, height: 1000 },
      });
      // tsx names the functions that are sent to the page by a helper that the page has not.
      await context.addInitScript({ content: 'globalThis.__name = (f) => f;' });
      return context.newPage();
    },
  };
};

/** What WebGPU and WebGL compute on, as a page is told. */
export const adaptersOf = async (
  { newPage }: Chromium,
  address: string,
): Promise<{ webgpu: string; webgl: string }> => {
  const page = await newPage();
  await page.goto(address);
  const adapters = await page.evaluate(async () => {
    const ask = () =>
      navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
    // A browser that has just started may give none the first time.
    const info = ((await ask()) ?? (await ask()))?.info;
    const gl = document.createElement('canvas').getContext('webgl2');
    const unmasked = gl?.getExtension('WEBGL_debug_renderer_info');
    return {
      webgpu: info
        ? [info.vendor, info.architecture, info.device].filter(Boolean).join(' ')
        : 'none',
      webgl: gl
        ? String(gl.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
        : 'none',
    };
  });
  await page.context().close();
  return adapters;
};
