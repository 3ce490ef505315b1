import { spelled } from '../../core/message/testing.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { fetchPack, type PackCache } from './load-pack.ts';
import { hashFiles, tinyGraphFiles, tinyManifest } from './testing/tiny-pack.ts';

const BASE = 'https://reader.test/models/tiny/';

const fakeCache = () => {
  const kept = new Map<string, ArrayBuffer>();
  const urlOf = (key: RequestInfo | URL) => (key instanceof Request ? key.url : String(key));
  const cache: PackCache = {
    match: async (key) => {
      const bytes = kept.get(urlOf(key));
      return bytes && new Response(bytes);
    },
    put: async (key, response) => void kept.set(urlOf(key), await response.arrayBuffer()),
    delete: async (key) => kept.delete(urlOf(key)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  };
  return { kept, cache };
};

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).buffer;

describe('fetchPack', () => {
  let server: Map<string, ArrayBuffer>;
  let asked: string[];
  const serve = async (url: string) => {
    asked.push(url.replace(BASE, ''));
    const bytes = server.get(url);
    return bytes ? new Response(bytes) : new Response('', { status: 404 });
  };
  const offline = async (): Promise<Response> => {
    throw new TypeError('Failed to fetch');
  };

  beforeEach(async () => {
    asked = [];
    const files = tinyGraphFiles();
    const manifest = tinyManifest({ files: await hashFiles(files) });
    server = new Map([...files].map(([path, bytes]) => [BASE + path, bytes]));
    server.set(`${BASE}manifest.json`, encode(manifest));
  });

  it('refuses a manifest that is not the one the page has read', async () => {
    const options = { fetch: serve, manifestSha256: '0'.repeat(64) };
    const pack = await fetchPack(BASE, options);
    expect(!pack.ok && spelled(pack.error)).toMatch(/^pack.changed/);
    const bytes = server.get(`${BASE}manifest.json`) as ArrayBuffer;
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    const manifestSha256 = Buffer.from(digest).toString('hex');
    expect((await fetchPack(BASE, { ...options, manifestSha256 })).ok).toBe(true);
  });

  it('hands over every file of the manifest and reports bytes', async () => {
    const progress: [number, number][] = [];
    const pack = await fetchPack(BASE, {
      fetch: serve,
      onProgress: (a, b) => progress.push([a, b]),
    });
    expect(pack.ok && [...pack.value.files.keys()]).toEqual(['model.json', 'shard1.bin']);
    const total = [...tinyGraphFiles().values()].reduce((sum, b) => sum + b.byteLength, 0);
    expect(progress[0]).toEqual([0, total]);
    expect(progress.at(-1)).toEqual([total, total]);
  });

  it('loads again without a network from the kept copies', async () => {
    const { cache } = fakeCache();
    await fetchPack(BASE, { fetch: serve, cache });
    const again = await fetchPack(BASE, { fetch: offline, cache });
    expect(again.ok && again.value.files.size).toBe(2);
  });

  it('fetches only the manifest when the files are kept', async () => {
    const { cache } = fakeCache();
    await fetchPack(BASE, { fetch: serve, cache });
    asked = [];
    await fetchPack(BASE, { fetch: serve, cache });
    expect(asked).toEqual(['manifest.json']);
  });

  it('refuses a file of the wrong hash or size by name, and keeps no copy of it', async () => {
    const { cache, kept } = fakeCache();
    const shard = new Uint8Array((server.get(`${BASE}shard1.bin`) as ArrayBuffer).slice(0));
    shard[5] = (shard[5] as number) ^ 1;
    server.set(`${BASE}shard1.bin`, shard.buffer);
    const changed = await fetchPack(BASE, { fetch: serve, cache });
    expect(!changed.ok && spelled(changed.error)).toMatch(/^pack.file shard1\.bin \(pack.hash/);
    server.set(`${BASE}shard1.bin`, shard.buffer.slice(1));
    const cut = await fetchPack(BASE, { fetch: serve, cache });
    expect(!cut.ok && spelled(cut.error)).toMatch(/^pack.file shard1\.bin \(pack.bytes \d+ \d+/);
    expect([...kept.keys()].some((key) => key.includes('shard1'))).toBe(false);
  });

  it('drops a kept copy that is damaged and fetches the file again', async () => {
    const { cache, kept } = fakeCache();
    await fetchPack(BASE, { fetch: serve, cache });
    const key = [...kept.keys()].find((k) => k.includes('shard1')) as string;
    const good = kept.get(key) as ArrayBuffer;
    kept.set(key, new ArrayBuffer(good.byteLength));
    asked = [];
    const pack = await fetchPack(BASE, { fetch: serve, cache });
    expect(pack.ok).toBe(true);
    expect(asked).toEqual(['manifest.json', 'shard1.bin']);
    expect(kept.get(key)).toEqual(good);
  });

  it('forgets the copies of an earlier version', async () => {
    const { cache, kept } = fakeCache();
    kept.set(`${BASE}model.json?sha256=old`, new ArrayBuffer(1));
    kept.set('https://reader.test/models/other/model.json?sha256=1', new ArrayBuffer(1));
    await fetchPack(BASE, { fetch: serve, cache });
    expect(kept.has(`${BASE}model.json?sha256=old`)).toBe(false);
    expect(kept.has('https://reader.test/models/other/model.json?sha256=1')).toBe(true);
  });

  it('names the manifest when it is missing, not JSON or of another schema', async () => {
    server.set(`${BASE}manifest.json`, encode({ ...tinyManifest(), schemaVersion: 2 }));
    const other = await fetchPack(BASE, { fetch: serve });
    expect(!other.ok && spelled(other.error)).toMatch(
      /^pack.invalid manifest\.json .*schemaVersion/s,
    );
    server.set(`${BASE}manifest.json`, new TextEncoder().encode('<!doctype html>').buffer);
    const html = await fetchPack(BASE, { fetch: serve });
    expect(!html.ok && spelled(html.error)).toMatch(/^pack.not-json manifest\.json/);
    server.clear();
    const none = await fetchPack(BASE, { fetch: serve });
    expect(!none.ok && spelled(none.error)).toMatch(/^pack.file manifest\.json \(pack.status 404/);
  });

  it('works where the cache cannot be written', async () => {
    const { cache } = fakeCache();
    const full: PackCache = { ...cache, put: () => Promise.reject(new Error('quota')) };
    expect((await fetchPack(BASE, { fetch: serve, cache: full })).ok).toBe(true);
  });

  it('leaves the finder to whoever asks for it, and forgets neither part for the other', async () => {
    const files = new Map([...tinyGraphFiles(), ['finder.bin', new ArrayBuffer(8)] as const]);
    const manifest = tinyManifest({ files: await hashFiles(files) });
    for (const [path, bytes] of files) server.set(BASE + path, bytes);
    server.set(`${BASE}manifest.json`, encode(manifest));
    const { cache } = fakeCache();
    const scoring = await fetchPack(BASE, { fetch: serve, cache });
    expect(asked).not.toContain('finder.bin');
    expect(scoring.ok && [...scoring.value.files.keys()]).toEqual([...tinyGraphFiles().keys()]);
    asked = [];
    const finder = await fetchPack(BASE, { fetch: serve, cache, part: 'finder' });
    expect(asked).toEqual(['manifest.json', 'finder.bin']);
    expect(finder.ok && [...finder.value.files.keys()]).toEqual(['finder.bin']);
    expect((await fetchPack(BASE, { fetch: offline, cache })).ok).toBe(true);
    expect((await fetchPack(BASE, { fetch: offline, cache, part: 'finder' })).ok).toBe(true);
  });
});
