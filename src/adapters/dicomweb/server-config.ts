import { z } from 'zod';
import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';
import { parseServerAddress, type ServerAddress } from './server-address.ts';
import { isWebPage } from './status-failure.ts';

/** How this page may reach a DICOMweb server, by the options of `npm start`. */
export interface ServerConfig {
  /** The proxy on the page's own origin, and the server behind it, for the reader to see. */
  readonly proxy: { readonly address: ServerAddress; readonly upstream: string } | undefined;
  /** The one other origin that the page may contact. */
  readonly connect: string | undefined;
}

const schema = z.object({
  proxy: z.object({ path: z.string().max(200), upstream: z.string().max(500) }).nullable(),
  connect: z.string().max(500).nullable(),
});

const NOTHING: ServerConfig = { proxy: undefined, connect: undefined };
const PATIENCE = 5000;

const offered = (text: string, page: string): ServerConfig => {
  try {
    const { proxy, connect } = schema.parse(JSON.parse(text));
    const there = proxy && new URL(proxy.path, page);
    // A proxy is of the page's own origin, wherever below it.
    if (there && there.origin !== new URL(page).origin) return NOTHING;
    const address = there && parseServerAddress(there.href);
    return {
      proxy:
        proxy && address?.ok ? { address: address.value, upstream: proxy.upstream } : undefined,
      connect: connect ?? undefined,
    };
  } catch {
    return NOTHING;
  }
};

/**
 * Asks the page's own server. One that does not know the question offers nothing; a failure is one that
 * does not answer, or something before it that asks for a sign-in: with a redirect, a status or a web page.
 */
export const readServerConfig = async (
  page: string = document.baseURI,
  request: typeof fetch = (url, init) => fetch(url, init),
): Promise<Outcome<ServerConfig>> => {
  try {
    const response = await request(new URL('dicomweb-config.json', page).href, {
      cache: 'no-store',
      credentials: 'same-origin',
      // Followed, a redirect to another origin would only fail, as silence does.
      redirect: 'manual',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { ok: isFine, status, type } = response;
    const isRedirect = type === 'opaqueredirect' || (status >= 300 && status < 400);
    if (isRedirect || [401, 403, 407].includes(status)) return fail(message('server.signed-out'));
    if (status === 404 || status === 410) return ok(NOTHING);
    if (!isFine) return fail(message('server.server-error', { status }));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const contentType = response.headers.get('Content-Type') ?? '';
    if (isWebPage({ contentType, bytes })) return fail(message('server.signed-out'));
    return ok(offered(new TextDecoder().decode(bytes), page));
  } catch {
    return fail(message('server.unreachable.page'));
  }
};
