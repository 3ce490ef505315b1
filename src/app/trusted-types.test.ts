import { describe, expect, it } from 'vitest';
import { ownScript } from './trusted-types.ts';

describe('scripts of the page', () => {
  const base = 'https://host/app/index.html';
  it('are below its folder', () => {
    for (const url of ['https://host/app/assets/w-1.js', './service-worker.js'])
      expect(ownScript(url, base)).toBe(url);
  });

  it.each([
    'https://evil.example/app/assets/w.js',
    'https://host/other/w.js',
    '/app/../other/w.js',
    'https://host/application/w.js',
    'blob:https://host/1234.js',
    'data:text/javascript,1//.js',
    'vbscript:1//.js',
    './assets/picture.dcm',
    './assets/picture.dcm?x.js',
    './picture.dcm#x.js',
  ])('are not %s', (url) => {
    expect(() => ownScript(url, base)).toThrow(TypeError);
  });
});
