import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressesOf, addressOf, answerFor, keepAll, type Shelf } from './service-worker-files.ts';

const SCOPE = 'https://host/page/';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const shelfOf = (kept: Record<string, string> = {}) => {
  const entries = new Map(Object.entries(kept).map(([url, text]) => [url, new Response(text)]));
  const shelf: Shelf = {
    match: (url) => Promise.resolve(entries.get(url as string)?.clone()),
    put: (url, response) => Promise.resolve(void entries.set(url as string, response)),
  };
  return { shelf, entries };
};

/** A server of some files; counts what it was asked for. */
const serverOf = (files: Record<string, string>, headers: Record<string, string> = {}) => {
  const asked: string[] = [];
  const fetch = (url: string) => {
    if (url !== `${SCOPE}index.html` || url in files) asked.push(url);
    const text = files[url];
    return Promise.resolve(
      new Response(text ?? '', { status: text === undefined ? 404 : 200, headers }),
    );
  };
  return { fetch, asked };
};

const PAGE = { [SCOPE]: 'page', [`${SCOPE}a.js`]: 'code', [`${SCOPE}w.bin`]: 'weights' };
const wantedOf = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([url, text]) => [url, sha256(text)]));

describe('addresses', () => {
  it('leave out queries and fragments, and name the page once', () => {
    expect(addressOf(`${SCOPE}?backend=wasm#x`, SCOPE)).toBe(SCOPE);
    expect(addressOf(`${SCOPE}index.html`, SCOPE)).toBe(SCOPE);
    expect(addressOf('demo/a b.dcm', SCOPE)).toBe(`${SCOPE}demo/a%20b.dcm`);
  });

  it('come from the list of the build', () => {
    const wanted = addressesOf(
      {
        version: '1',
        files: [
          ['index.html', 'aa', 1],
          ['x/y.js', 'bb', 2],
        ],
      },
      SCOPE,
    );
    expect([...wanted]).toEqual([
      [SCOPE, 'aa'],
      [`${SCOPE}x/y.js`, 'bb'],
    ]);
  });
});

describe('keepAll', () => {
  it('keeps every file with its headers', async () => {
    const { shelf, entries } = shelfOf();
    const headers = { 'Content-Security-Policy': "default-src 'none'", Vary: '*' };
    await keepAll(wantedOf(PAGE), shelf, [], serverOf(PAGE, headers).fetch);
    expect([...entries.keys()].sort()).toEqual(Object.keys(PAGE).sort());
    const kept = await shelf.match(SCOPE);
    expect(kept?.headers.get('Content-Security-Policy')).toBe("default-src 'none'");
    expect(kept?.headers.has('Vary')).toBe(false);
  });

  it('takes unchanged data, but no code, from an older version', async () => {
    const { shelf } = shelfOf();
    const { fetch, asked } = serverOf(PAGE);
    await keepAll(wantedOf(PAGE), shelf, [shelfOf(PAGE).shelf], fetch);
    expect(asked.sort()).toEqual([SCOPE, `${SCOPE}a.js`]);
  });

  it('fetches data that changed, and does not fetch again what it has', async () => {
    const { shelf } = shelfOf({ [SCOPE]: 'page' });
    const older = shelfOf({ [`${SCOPE}w.bin`]: 'old weights' }).shelf;
    const { fetch, asked } = serverOf(PAGE);
    await keepAll(wantedOf(PAGE), shelf, [older], fetch);
    expect(asked.sort()).toEqual([`${SCOPE}a.js`, `${SCOPE}w.bin`]);
    expect(await (await shelf.match(`${SCOPE}w.bin`))?.text()).toBe('weights');
  });

  it('refuses a file of another version, and one that is missing, by name', async () => {
    const changed = { ...PAGE, [`${SCOPE}a.js`]: 'newer code' };
    await expect(
      keepAll(wantedOf(PAGE), shelfOf().shelf, [], serverOf(changed).fetch),
    ).rejects.toThrow('a.js is of another version');
    const { [SCOPE]: _, ...missing } = PAGE;
    await expect(
      keepAll(wantedOf(PAGE), shelfOf().shelf, [], serverOf(missing).fetch),
    ).rejects.toThrow('404');
  });
});

describe('answerFor', () => {
  const offline = () => Promise.reject(new TypeError('no network'));
  const text = async (response: Promise<Response>) => (await response).text();

  it('answers files from the shelf without asking the server', async () => {
    const { fetch, asked } = serverOf({});
    const url = `${SCOPE}a.js`;
    expect(await text(answerFor(url, sha256('code'), false, shelfOf(PAGE).shelf, fetch))).toBe(
      'code',
    );
    expect(asked).toEqual([]);
  });

  it('answers the page from the shelf without a network, and while the server has another version', async () => {
    const { shelf } = shelfOf(PAGE);
    expect(await text(answerFor(SCOPE, sha256('page'), true, shelf, offline))).toBe('page');
    const newer = serverOf({ [SCOPE]: 'newer page' }).fetch;
    expect(await text(answerFor(SCOPE, sha256('page'), true, shelf, newer))).toBe('page');
  });

  it('takes over the headers that the server sends with the same page, and keeps them', async () => {
    const { shelf } = shelfOf(PAGE);
    const { fetch } = serverOf(PAGE, { 'Content-Security-Policy': 'connect-src http://pacs' });
    const fresh = await answerFor(SCOPE, sha256('page'), true, shelf, fetch);
    expect(fresh.headers.get('Content-Security-Policy')).toContain('pacs');
    const later = await answerFor(SCOPE, sha256('page'), true, shelf, offline);
    expect(later.headers.get('Content-Security-Policy')).toContain('pacs');
    expect(await later.text()).toBe('page');
  });

  it('never answers with a copy that somebody changed, and takes the server’s instead', async () => {
    const url = `${SCOPE}a.js`;
    const tampered = shelfOf({ ...PAGE, [url]: 'evil code', [SCOPE]: 'evil page' }).shelf;
    const { fetch, asked } = serverOf(PAGE);
    expect(await text(answerFor(url, sha256('code'), false, tampered, fetch))).toBe('code');
    expect(asked).toEqual([url]);
    expect(await text(answerFor(SCOPE, sha256('page'), true, tampered, fetch))).toBe('page');
    await expect(answerFor(url, sha256('code'), false, tampered, offline)).rejects.toThrow(
      'could not be fetched',
    );
  });

  it('does not mix versions: a file that the server has changed is no answer', async () => {
    const url = `${SCOPE}a.js`;
    const { fetch } = serverOf({ ...PAGE, [url]: 'newer code', [SCOPE]: 'newer page' });
    await expect(answerFor(url, sha256('code'), false, shelfOf().shelf, fetch)).rejects.toThrow(
      'another version',
    );
    // The page is: it names files of its own version, and these are not answered for here.
    expect(await text(answerFor(SCOPE, sha256('page'), true, shelfOf().shelf, fetch))).toBe(
      'newer page',
    );
  });

  it('works where the server answers for files and not for folders, and the other way round', async () => {
    const { [SCOPE]: page = '', ...files } = PAGE;
    for (const served of [{ ...files, [`${SCOPE}index.html`]: page }, PAGE]) {
      const { shelf, entries } = shelfOf();
      await keepAll(wantedOf(PAGE), shelf, [], serverOf(served).fetch);
      expect([...entries.keys()].sort()).toEqual(Object.keys(PAGE).sort());
      const answer = answerFor(SCOPE, sha256(page), true, shelfOf().shelf, serverOf(served).fetch);
      expect(await text(answer)).toBe('page');
    }
  });

  describe('the page where no copy of it is kept and the server sends elsewhere', () => {
    const landing = (at: string) => async (_: string, init: RequestInit) =>
      init.redirect === 'manual'
        ? Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
        : Object.defineProperties(new Response('there', { headers: { Vary: '*' } }), {
            redirected: { value: true },
            url: { value: at },
          });
    const answer = (fetch: Parameters<typeof answerFor>[4]) =>
      answerFor(SCOPE, sha256('page'), true, shelfOf().shelf, fetch);

    it('is made anew where that is the page itself: no redirected response may answer', async () => {
      const page = await answer(landing(`${SCOPE}index.html`));
      expect([page.redirected, page.headers.has('Vary'), await page.text()]).toEqual([
        false,
        false,
        'there',
      ]);
    });

    it('lets the browser go where one signs in', async () => {
      expect((await answer(landing('https://host/login'))).type).toBe('opaqueredirect');
      const foreign = (to: string, init: RequestInit) =>
        init.redirect === 'manual' ? landing('')(to, init) : Promise.reject(new TypeError('CORS'));
      expect((await answer(foreign)).type).toBe('opaqueredirect');
    });
  });

  it('asks the server where the browser has thrown the shelf away', async () => {
    const url = `${SCOPE}a.js`;
    const { fetch } = serverOf(PAGE);
    expect(await text(answerFor(url, sha256('code'), false, shelfOf().shelf, fetch))).toBe('code');
  });
});
