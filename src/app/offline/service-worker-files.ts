/** What the build wrote at the head of the service worker; see scripts/offline-files.mjs. */
export interface OfflineList {
  readonly version: string;
  /** Path below the page's folder, SHA-256 in hex, bytes. */
  readonly files: readonly (readonly [path: string, sha256: string, bytes: number])[];
}

/** The part of a cache that is used. */
export type Shelf = Pick<Cache, 'match' | 'put'>;
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Downloads at a time: the page itself is loading, too. */
const AT_ONCE = 3;
/** Longest wait for the server when the page is opened and a copy is at hand, ms. */
const PATIENCE = 1500;
/** Data, not code: what these files may do does not depend on the headers they came with. */
const DATA = /\.(dcm|bin|wasm)$/;

const hashOf = async (bytes: ArrayBuffer): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** The address that a file is kept under: no query, no fragment, and one address for the page itself. */
export const addressOf = (url: string, scope: string): string => {
  const { origin, pathname } = new URL(url, scope);
  const address = origin + pathname;
  return address === `${scope}index.html` ? scope : address;
};

/** SHA-256 of every file of the version by its address. `scope` is the page's folder, with a slash. */
export const addressesOf = (list: OfflineList, scope: string): ReadonlyMap<string, string> =>
  new Map(list.files.map(([path, sha256]) => [addressOf(path, scope), sha256]));

/** The response with this body. Made anew, since a redirected response may not answer a navigation. */
const remade = (body: BodyInit | null, response: Response): Response => {
  const headers = new Headers(response.headers);
  // They tell how the bytes travelled, not what they are; "Vary: *" would forbid keeping them.
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return new Response(body, { status: response.status, headers });
};

/**
 * The response with its headers, once its bytes are known to be the wanted ones; throws a sentence where
 * they are not.
 */
const checked = async (response: Response, url: string, sha256: string): Promise<Response> => {
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== sha256)
    throw new Error(`${url} is of another version than the service worker`);
  return remade(bytes, response);
};

const fromOlder = async (url: string, sha256: string, older: readonly Shelf[]) => {
  for (const shelf of DATA.test(url) ? older : []) {
    const kept = await shelf.match(url);
    const same = kept && (await checked(kept, url, sha256).catch(() => undefined));
    if (same) return same;
  }
  return undefined;
};

/**
 * Fetches a file as the server has it now. The page is asked for by its file name first: some servers
 * answer for files only and know nothing of a folder.
 */
const download = async (url: string, fetch: Fetch, init: RequestInit = {}) => {
  const ask = (address: string) => fetch(address, { ...init, cache: 'no-cache' });
  try {
    if (!url.endsWith('/')) return await ask(url);
    const page = await ask(`${url}index.html`);
    return page.ok ? page : await ask(url);
  } catch {
    throw new Error(`${url} could not be fetched`);
  }
};

/**
 * Puts every wanted file on the shelf: what is there already stays, unchanged data comes from the shelves
 * of older versions, the rest from the server. Rejects with a sentence that names the file as soon as one
 * cannot be had or is of another version, so that a version is complete or does not begin.
 */
export const keepAll = async (
  wanted: ReadonlyMap<string, string>,
  shelf: Shelf,
  older: readonly Shelf[],
  fetch: Fetch,
): Promise<void> => {
  const queue = [...wanted];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [url, sha256] = next;
      if (await shelf.match(url)) continue;
      const copy =
        (await fromOlder(url, sha256, older)) ??
        (await checked(await download(url, fetch), url, sha256));
      await shelf.put(url, copy);
    }
  };
  const stopOthers = (error: unknown) => {
    queue.length = 0;
    throw error;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(stopOthers)));
};

/**
 * The page as the server sends it now, where that is still this version: the server may have been started
 * with other options, and they are in its headers. Undefined where it cannot be had soon.
 */
const freshPage = async (url: string, sha256: string, shelf: Shelf, fetch: Fetch) => {
  try {
    const response = await download(url, fetch, { signal: AbortSignal.timeout(PATIENCE) });
    const page = await checked(response, url, sha256);
    await shelf.put(url, page.clone());
    return page;
  } catch {
    return undefined;
  }
};

/** What lies on the shelf, if it still is what was put there: any program at this address may write there. */
const kept = async (url: string, sha256: string, shelf: Shelf) => {
  const copy = await shelf.match(url);
  return copy && checked(copy, url, sha256).catch(() => undefined);
};

/**
 * The page as the server has it. Where the server sends elsewhere, as to where one signs in, so does the
 * answer: the browser goes there itself, which a service worker often may not.
 */
const pageOfServer = async (url: string, fetch: Fetch): Promise<Response> => {
  const response = await download(url, fetch).catch(() => undefined);
  if (response && (!response.redirected || addressOf(response.url, url) === url))
    return remade(response.body, response);
  return fetch(url, { cache: 'no-cache', redirect: 'manual' });
};

/**
 * Answers for one file of the version: with bytes that are the listed ones, or not at all. Only the page
 * itself, where no whole copy is at hand, comes as the server has it, which may be another version by now.
 */
export const answerFor = async (
  url: string,
  sha256: string,
  isPage: boolean,
  shelf: Shelf,
  fetch: Fetch,
): Promise<Response> => {
  const fresh = isPage ? await freshPage(url, sha256, shelf, fetch) : undefined;
  const whole = fresh ?? (await kept(url, sha256, shelf));
  if (whole) return whole;
  return isPage ? pageOfServer(url, fetch) : checked(await download(url, fetch), url, sha256);
};
