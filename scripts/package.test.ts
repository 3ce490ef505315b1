import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LICENCES } from './licences.mjs';
import { steadySbom } from './sbom.mjs';

describe('the bill of materials', () => {
  const bom = (serial: string, timestamp: string) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      serialNumber: serial,
      metadata: { timestamp, component: { name: 'a-folder', purl: 'pkg:npm/tandem-cadx@0.1.0' } },
      components: [{ name: 'react' }],
    });

  it('is the same for the same lock file, and only then', () => {
    const lock = Buffer.from('lock');
    const one = steadySbom(bom('urn:uuid:1', '2026-01-01'), lock);
    expect(steadySbom(bom('urn:uuid:2', '2027-01-01'), lock)).toBe(one);
    expect(steadySbom(bom('urn:uuid:1', '2026-01-01'), Buffer.from('other'))).not.toBe(one);
    expect(JSON.parse(one)).toMatchObject({
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      ) as string,
      metadata: { component: { name: 'tandem-cadx' } },
      components: [{ name: 'react' }],
    });
  });
});

describe('the package', () => {
  it('made twice of one page is the same bytes, with its version, licences, and every file in its sums', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-package-'));
    const page = join(folder, 'page');
    mkdirSync(page);
    for (const name of ['index.html', 'service-worker.js', LICENCES])
      writeFileSync(join(page, name), `// ${name}\n`);
    const make = (name: string): ReadonlyMap<string, string> => {
      const out = join(folder, name);
      const args = ['scripts/package.mjs', '--page', page, '--out', out];
      const made = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect([made.stderr, made.status]).toEqual(['', 0]);
      const files = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      return new Map(
        files.map((file) => [
          file
            .slice(out.length + 1)
            .split(sep)
            .join('/'),
          readFileSync(file).toString('base64'),
        ]),
      );
    };
    try {
      const [one, other] = [make('one'), make('other')];
      expect(other).toEqual(one);
      const sums = [...one]
        .filter(([path]) => path !== 'SHA256SUMS')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, text]) => {
          const hash = createHash('sha256').update(Buffer.from(text, 'base64')).digest('hex');
          return `${hash}  ${path}\n`;
        });
      expect(Buffer.from(one.get('SHA256SUMS') ?? '', 'base64').toString()).toBe(sums.join(''));
      for (const name of [
        'server/node-version.cjs',
        'VERSION.txt',
        'CHANGELOG.txt',
        'sbom.cdx.json',
        LICENCES,
      ])
        expect([...one.keys()]).toContain(name);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
