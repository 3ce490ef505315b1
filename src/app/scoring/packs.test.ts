import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedPacks } from '../../../scripts/shipped-packs.mjs';
import { packIdentity } from '../reporting/exports-pack.ts';
import { choosePack } from './packs.ts';

const publicFolder = new URL('../../../public/', import.meta.url);
const index = readFileSync(new URL('models/index.json', publicFolder), 'utf8');
const [id = ''] = (JSON.parse(index) as { packs: string[] }).packs;
const manifest = readFileSync(new URL(`models/${id}/manifest.json`, publicFolder), 'utf8');
const shipped = shippedPacks(publicFolder.pathname);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let served: string;
beforeEach(() => {
  served = manifest;
  vi.stubGlobal('document', { baseURI: 'https://reader.test/' });
  vi.stubGlobal('fetch', (url: URL) =>
    Promise.resolve(new Response(url.pathname.endsWith('index.json') ? index : served)),
  );
});
afterEach(() => vi.unstubAllGlobals());

const chosen = async () => {
  const pack = await choosePack(null, shipped);
  if (!pack.ok) throw new Error(pack.error.code);
  return pack.value;
};

describe('the pack that is chosen', () => {
  it('is the shipped one, byte for byte', async () => {
    const { manifest: loaded, sha256: hash } = await chosen();
    expect(hash).toBe(shipped[id]);
    expect(loaded.version).toBe((JSON.parse(manifest) as { version: string }).version);
  });

  it('says so where its prevalence was edited in place, and is exported with its own hash', async () => {
    const edited = JSON.parse(manifest) as { version: string; prevalence: { assumed: number } };
    edited.prevalence.assumed = 0.01;
    served = JSON.stringify(edited);
    const pack = await chosen();
    // What lies on the server by the time of the export does not count.
    served = manifest;
    expect(packIdentity(pack)).toMatchObject({
      id,
      version: `${edited.version}+not-shipped`,
      sha256: sha256(JSON.stringify(edited)),
    });
  });

  it('is not judged where hashes cannot be had, and no score can be exported with it', async () => {
    vi.stubGlobal('crypto', { getRandomValues: () => undefined });
    const pack = await chosen();
    expect(pack.sha256).toBeUndefined();
    expect(() => packIdentity(pack)).toThrow();
  });
});
