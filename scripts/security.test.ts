import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { createHeadersOf, headersOf } from './headers.mjs';

const root = new URL('../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Whether a file, or one whose name ends as given after "*", is there. */
const hasFiles = (path: string): boolean => {
  const [folder = '', end = ''] = path.split('*');
  if (!path.includes('*')) return existsSync(new URL(path, root));
  return readdirSync(new URL(folder, root)).some((name) => name.endsWith(end));
};

/** Directive by name, its sources as a list. */
const directives = (policy: string): Record<string, string[]> =>
  Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

describe('the response headers', () => {
  const pages = ['dist/index.html', 'dist/assets/main-1.js', 'dist/assets/inference-worker-1.js'];

  it.each(pages)('of %s allow neither inline code nor code from strings', (path) => {
    const policy = directives(headersOf(path)['Content-Security-Policy']);
    expect(policy['default-src']).toEqual(["'none'"]);
    const sources = Object.values(policy).flat();
    for (const never of ["'unsafe-inline'", "'unsafe-eval'", '*', 'http:', 'https:', 'data:'])
      expect(
        sources.filter((source) => source === never),
        never,
      ).toHaveLength(never === 'data:' ? 1 : 0);
    expect(policy['img-src']).toContain('data:');
    expect(policy['connect-src']).toEqual(["'self'"]);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(policy[name], name).toEqual(["'none'"]);
  });

  it.each(pages)('of %s take scripts and workers from their own origin only', (path) => {
    // Workers compile WebAssembly; the page does not.
    const wasm = path.endsWith('.html') ? [] : ["'wasm-unsafe-eval'"];
    const policy = directives(headersOf(path)['Content-Security-Policy']);
    expect(policy).toMatchObject({
      'script-src': ["'self'", ...wasm],
      'worker-src': ["'self'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ['default'],
    });
    expect(Object.values(policy).flat()).not.toContain('blob:');
  });

  it.each(pages)('of %s give up what the page does not use', (path) => {
    const given = headersOf(path)['Permissions-Policy'] ?? '';
    for (const feature of ['camera', 'microphone', 'geolocation', 'usb', 'serial', 'payment'])
      expect(given.split(', ')).toContain(`${feature}=()`);
    expect(given).not.toContain('fullscreen');
  });

  it.each(pages)('of %s isolate the page from other sites', (path) => {
    for (const headers of [headersOf(path), createHeadersOf('http://pacs:8042')(path)])
      expect(headers).toMatchObject({
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      });
  });

  it('add one named server to what the page may contact, and change nothing else', () => {
    const before = directives(headersOf('index.html')['Content-Security-Policy']);
    const after = directives(
      createHeadersOf('http://pacs:8042')('index.html')['Content-Security-Policy'],
    );
    expect(after).toEqual({ ...before, 'connect-src': ["'self'", 'http://pacs:8042'] });
  });
});

describe('SECURITY.md', () => {
  it('names tests that are there, for each threat', () => {
    const table = text('SECURITY.md').split('## Headers')[0] ?? '';
    const rows = table.split('\n').filter((line) => /^\| (\*\*| )/.test(line));
    expect(rows.length).toBeGreaterThan(12);
    for (const row of rows) {
      const paths = [...row.matchAll(/`((?:src|scripts|e2e|pipeline)\/[^`\s]+)`/g)].map(
        ([, path]) => path ?? '',
      );
      for (const path of paths) expect(hasFiles(path), path).toBe(true);
      expect(paths.length > 0 || /not defended/.test(row), row.slice(0, 120)).toBe(true);
    }
  });

  it('lists every database of the page', () => {
    const folder = new URL('../src/adapters/storage/', import.meta.url);
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...readFileSync(new URL(file, folder), 'utf8').matchAll(/\$\{OURS\}-([a-z-]+)/g),
      ])
      .map(([, name]) => `tandem-${name}`);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(text('SECURITY.md')).toContain(`\`${name}\``);
  });
});

describe('installing', () => {
  it('takes what the lock file pins and nothing else', () => {
    const scripts = readdirSync(new URL('scripts/', root))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => text(`scripts/${name}`))
      .join('\n');
    const calls = [...scripts.matchAll(/\[npm, ([^\]]*)\]/g)].map(([, args]) => args);
    expect(calls.sort()).toEqual([
      "'ci', '--ignore-scripts', '--prefer-offline', ...quiet",
      '...args',
    ]);
    expect(scripts).toMatch(/const args = \['sbom', /);
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(scripts).not.toMatch(/'npm'.*'(install|i|update|exec)'|\bnpx\b/);
  });

  // Without an address each comes from the registry that npm is set to; the hash says whether it is it.
  it('checks the hash of every package, whichever registry it comes from', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
    };
    const entries = Object.entries(packages).filter(([path]) => path !== '');
    expect(entries.length).toBeGreaterThan(100);
    for (const [path, { resolved, integrity }] of entries) {
      expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(
        /^https:\/\/registry\.npmjs\.org\//,
      );
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  it('pins every dependency of package.json to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('the linter', () => {
  it.each([
    'e.innerHTML = s;',
    "e['outerHTML'] = s;",
    "e.insertAdjacentHTML('beforeend', s);",
    'document.write(s);',
    'eval(s);',
    'new Function(s);',
    "setTimeout('s()', 1);",
    'new DOMParser();',
    'export const A = () => <p dangerouslySetInnerHTML={{ __html: s }} />;',
    'export const A = () => <a href="javascript:s()">x</a>;',
    'export const A = () => <iframe srcDoc={s} />;',
  ])('refuses %s in src', async (code) => {
    const eslint = new ESLint({ cwd: new URL('.', root).pathname });
    const [result] = await eslint.lintText(`declare const e: HTMLElement, s: string;\n${code}\n`, {
      filePath: 'src/ui/sample.tsx',
    });
    const rules = result?.messages.map((message) => message.ruleId) ?? [];
    expect(rules.join()).toMatch(/no-restricted-syntax|no-eval|no-new-func|no-script-url/);
  });
});
