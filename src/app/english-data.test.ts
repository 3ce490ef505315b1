import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { presetName } from '../adapters/cornerstone/voi-choice.ts';
import { probeBackends } from '../adapters/tfjs/probe-backends.ts';
import { TISSUE_PRESET } from '../core/display/grey/tissue-window.ts';
import { fetchLanguage } from '../i18n/languages.ts';
import { speak, tData } from '../i18n/phrases/text.ts';

beforeAll(async () => {
  vi.stubGlobal('navigator', {});
  await fetchLanguage('zh-CN');
  speak('zh-CN');
});
afterAll(() => {
  speak('en');
  vi.unstubAllGlobals();
});

it('what adapters say as English data is known in Chinese', async () => {
  const window = { kind: 'window', center: 1, width: 2, fn: 'LINEAR' } as const;
  const names = [TISSUE_PRESET, 'full range', presetName(window, 1)];
  for (const lanes of [1, 2]) {
    const wasm = (await probeBackends(lanes)).find(({ backend }) => backend === 'wasm');
    const adapter = wasm?.usable ? wasm.adapter : '';
    names.push(adapter, `wasm, ${adapter}`);
  }
  for (const name of names) expect(tData(name), name).not.toMatch(/processor|thread|Window|range/);
  expect(tData(presetName(window, 1))).toBe('窗 2');
  expect(tData('NORMAL 3')).toBe('NORMAL 3');
});
