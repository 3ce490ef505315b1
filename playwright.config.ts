import { defineConfig } from '@playwright/test';

const port = Number(process.env.E2E_PORT ?? 4273);

/**
 * WebGPU without a GPU: SwiftShader through Vulkan. The app uses it only when asked by name. The page itself
 * is put together by the processor outright, which a graphics card that it plays takes far longer for.
 */
const softwareWebGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--no-sandbox',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // What fails once on a busy machine is tried once more, and told as flaky.
  retries: 1,
  workers: 2,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    // Tests of other things see the page as a first visitor does, and may answer requests themselves.
    serviceWorkers: 'block',
    viewport: { width: 1600, height: 1000 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: softwareWebGpu,
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js build --logLevel warn && node scripts/serve.mjs`,
    env: { PORT: String(port) },
    url: `http://localhost:${port}/`,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
