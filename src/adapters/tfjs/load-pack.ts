import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import { isOfFinder, type PackManifest } from '../../core/pack/manifest.ts';
import { parseManifest } from '../../core/pack/parse-pack.ts';
import { err, ok, type Result } from '../../core/message/result.ts';

export interface PackFiles {
  readonly manifest: PackManifest;
  /** Verified bytes by path inside the pack; the manifest itself is not among them. */
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

/** The part of Cache Storage that keeps a pack for offline use. */
export type PackCache = Pick<Cache, 'match' | 'put' | 'delete' | 'keys'>;

export interface FetchPackOptions {
  readonly fetch: (url: string) => Promise<Response>;
  /** Undefined where the browser offers no Cache Storage (for example in a private window). */
  readonly cache?: PackCache | undefined;
  /** SHA-256 in hex of the manifest that the page has read: the pack must not change in between. */
  readonly manifestSha256?: string | undefined;
  /** Which of the files: what scores, or what finds (core/pack/manifest). */
  readonly part?: 'scoring' | 'finder';
  /** Bytes of the part at hand so far, and in all. */
  readonly onProgress?: (bytes: number, totalBytes: number) => void;
}

type PackResult<T> = Result<T, Message>;

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const hashOf = async (bytes: ArrayBuffer) => hex(await crypto.subtle.digest('SHA-256', bytes));

/** Why `bytes` are not the file that the manifest describes, or undefined when they are. */
const mismatch = async (bytes: ArrayBuffer, wanted: { sha256: string; bytes: number }) => {
  if (bytes.byteLength !== wanted.bytes)
    return message('pack.bytes', { bytes: bytes.byteLength, wanted: wanted.bytes });
  if (!crypto.subtle) return message('pack.unchecked');
  const sha256 = await hashOf(bytes);
  return sha256 === wanted.sha256
    ? undefined
    : message('pack.hash', { got: sha256, wanted: wanted.sha256 });
};

/** The whole body; `onPiece` hears how many bytes have come so far. */
const bodyOf = async (response: Response, onPiece: (bytes: number) => void) => {
  let sofar = 0;
  const heard = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        onPiece((sofar += piece.byteLength));
        controller.enqueue(piece);
      },
    }),
  );
  return new Response(heard).arrayBuffer();
};

const download = async (
  url: string,
  fetch: FetchPackOptions['fetch'],
  onPiece: (bytes: number) => void = () => undefined,
): Promise<PackResult<ArrayBuffer>> => {
  try {
    const response = await fetch(url);
    if (!response.ok) return err(message('pack.status', { status: response.status }));
    return ok(await bodyOf(response, onPiece));
  } catch (error) {
    return err(message('pack.unfetched', { reason: reasonOf(error) }));
  }
};

/** Keeping a copy is a convenience: a full or forbidden cache must not stop the pack from loading. */
const keep = async (cache: PackCache | undefined, key: string, bytes: ArrayBuffer) => {
  try {
    await cache?.put(key, new Response(bytes));
  } catch {
    // The pack is fetched again next time.
  }
};

const cached = async (cache: PackCache | undefined, key: string) => {
  try {
    return await (await cache?.match(key))?.arrayBuffer();
  } catch {
    return undefined;
  }
};

/** From the network; where that fails, the copy kept from the last time the pack loaded. */
const fetchManifest = async (
  url: string,
  { fetch, cache, manifestSha256 }: FetchPackOptions,
): Promise<PackResult<PackManifest>> => {
  const fresh = await download(url, fetch);
  const kept = fresh.ok ? undefined : await cached(cache, url);
  if (!fresh.ok && !kept)
    return err(message('pack.file', { path: 'manifest.json', reason: fresh.error }));
  const bytes = fresh.ok ? fresh.value : (kept as ArrayBuffer);
  if (manifestSha256 !== undefined && (await hashOf(bytes)) !== manifestSha256)
    return err(message('pack.changed'));
  const parsed = parseManifest(new TextDecoder().decode(bytes));
  if (parsed.ok && fresh.ok) await keep(cache, url, bytes);
  return parsed;
};

const fetchFile = async (
  url: string,
  wanted: { sha256: string; bytes: number },
  { fetch, cache }: FetchPackOptions,
  onPiece: (bytes: number) => void,
): Promise<PackResult<ArrayBuffer>> => {
  const key = `${url}?sha256=${wanted.sha256}`;
  const kept = await cached(cache, key);
  if (kept && (await mismatch(kept, wanted)) === undefined) return ok(kept);
  if (kept) await cache?.delete(key);
  const fresh = await download(url, fetch, onPiece);
  if (!fresh.ok) return fresh;
  const problem = await mismatch(fresh.value, wanted);
  if (problem) return err(problem);
  await keep(cache, key, fresh.value);
  return fresh;
};

/** Drops copies of earlier versions of the pack. */
const forgetOthers = async (cache: PackCache | undefined, base: string, wanted: Set<string>) => {
  try {
    for (const { url } of (await cache?.keys()) ?? [])
      if (url.startsWith(base) && !wanted.has(url)) await cache?.delete(url);
  } catch {
    // Old copies only take room.
  }
};

/**
 * Fetches a part of the pack at `baseUrl` (a folder, absolute): the manifest, then every file of the
 * part that it lists, each checked for size and SHA-256 before use. Checked files are kept in `cache` under their hash,
 * so that the pack loads again without a network; a copy that fails the check is fetched anew. The
 * error names the file.
 */
export const fetchPack = async (
  baseUrl: string,
  options: FetchPackOptions,
): Promise<PackResult<PackFiles>> => {
  const { part = 'scoring' } = options;
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const manifest = await fetchManifest(`${base}manifest.json`, options);
  if (!manifest.ok) return manifest;
  const all = Object.entries(manifest.value.files);
  const wanted = all.filter(([path]) => isOfFinder(path) === (part === 'finder'));
  const total = wanted.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  const files = new Map<string, ArrayBuffer>();
  let done = 0;
  options.onProgress?.(0, total);
  for (const [path, file] of wanted) {
    const sofar = done;
    const fetched = await fetchFile(base + path, file, options, (bytes) =>
      options.onProgress?.(Math.min(sofar + bytes, total), total),
    );
    if (!fetched.ok) return err(message('pack.file', { path, reason: fetched.error }));
    files.set(path, fetched.value);
    options.onProgress?.((done += file.bytes), total);
  }
  const keys = all.map(([path, { sha256 }]) => `${base}${path}?sha256=${sha256}`);
  await forgetOthers(options.cache, base, new Set([`${base}manifest.json`, ...keys]));
  return ok({ manifest: manifest.value, files });
};
