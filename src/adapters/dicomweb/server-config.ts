import { z } from 'zod';
import { parseServerAddress, type ServerAddress } from './server-address.ts';

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

/** Asks the page's own server. One that does not know the question offers nothing. */
export const readServerConfig = async (
  page: string = document.baseURI,
  request: typeof fetch = (url, init) => fetch(url, init),
): Promise<ServerConfig> => {
  try {
    const response = await request(new URL('dicomweb-config.json', page).href, {
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return NOTHING;
    const { proxy, connect } = schema.parse(await response.json());
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
