import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { licenceNotices, packageFolder } from './licences.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const base = mkdtempSync(join(tmpdir(), 'tandem-licences-'));
afterAll(() => rmSync(base, { recursive: true }));

const fake = (name: string, about: object, files: Record<string, string> = {}) => {
  const folder = join(base, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...about }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
};

describe('the package of a module', () => {
  it.each([
    ['/p/node_modules/a/lib/x.js', '/p/node_modules/a'],
    ['/p/node_modules/@s/a/x.wasm?url', '/p/node_modules/@s/a'],
    ['/p/node_modules/a/node_modules/b/x.js', '/p/node_modules/a/node_modules/b'],
    ['C:\\p\\node_modules\\@s\\a\\x.js', 'C:/p/node_modules/@s/a'],
    ['/p/src/core/x.ts', undefined],
    ['\0rolldown/runtime.js', undefined],
  ])('of %s is %s', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });
});

describe('the notices', () => {
  it('hold the text that a package brings, once for each version', () => {
    const folder = fake(
      'own-text',
      { license: 'ISC' },
      { LICENSE: 'Own words.', 'NOTICE.md': 'Noted.' },
    );
    const text = licenceNotices([folder, folder]);
    expect(text.split('own-text 1.0.0 (ISC)')).toHaveLength(2);
    expect(text).toMatch(/Own words\.\s+Noted\./);
    expect(text).toContain('CBIS-DDSM');
  });

  it('hold the standard text where a package brings none, and its authors', () => {
    const text = licenceNotices([
      fake('no-text', { license: 'MIT', author: 'Ada <a@b.c> (http://x)' }),
    ]);
    expect(text).toMatch(/Copyright \(c\) Ada\n\nPermission is hereby granted/);
  });

  it('are not made without a text', () => {
    const folder = fake('odd', { license: 'SEE LICENSE IN THE CLOUD' });
    expect(() => licenceNotices([folder])).toThrow(/SEE LICENSE IN THE CLOUD/);
  });

  it('name the native code inside the WebAssembly', () => {
    const folders = ['charls', 'openjpeg', 'openjph', 'libjpeg-turbo-8bit'].map((name) =>
      join(root, 'node_modules/@cornerstonejs', `codec-${name}`),
    );
    const text = licenceNotices([
      ...folders,
      join(root, 'node_modules/@tensorflow/tfjs-backend-wasm'),
    ]);
    for (const name of ['CharLS', 'OpenJPEG', 'OpenJPH', 'libjpeg-turbo', 'XNNPACK'])
      expect(text).toContain(`It contains ${name}:`);
    expect(text).toContain('in part on the work of the Independent JPEG Group');
  });
});
