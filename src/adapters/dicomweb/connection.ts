import { ok } from '../../core/message/result.ts';
import { authorizationOf, type Credentials } from './credentials.ts';
import type { Outcome } from './failure.ts';
import type { ServerAddress } from './server-address.ts';

export interface Timeouts {
  /** Longest wait for the first byte of an answer, ms. */
  readonly answerMs: number;
  /** Longest silence within an answer, ms. */
  readonly idleMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { answerMs: 30_000, idleMs: 30_000 };

export interface ConnectionOptions {
  readonly address: ServerAddress;
  readonly credentials?: Credentials;
  readonly timeouts?: Partial<Timeouts>;
  /** For tests: another way to send a request. */
  readonly fetch?: typeof fetch;
  /**
   * Resolves when the next request may go out, which follows it at once; rejects where the reader stops it.
   * Waiting for it is none of the server's silence. At once unless told.
   */
  readonly turn?: (signal: AbortSignal | undefined) => Promise<void>;
}

/** What is needed to talk to one server. The credentials are within `send`, out of sight. */
export interface Connection {
  readonly base: string;
  readonly origin: string;
  readonly signedIn: boolean;
  /** Whether it is reached through the page's own origin, by the proxy of `npm start`. */
  readonly sameOrigin: boolean;
  readonly timeouts: Timeouts;
  readonly turn: (signal: AbortSignal | undefined) => Promise<void>;
  readonly send: (url: string, init: RequestInit & { headers: Headers }) => Promise<Response>;
}

/**
 * Requests leave nothing in the HTTP cache (images are patient data) and follow no redirect (the
 * credentials are for this server alone). Cookies and a login of the browser's own go to the page's own
 * server only, where a login may stand in front of page and archive alike.
 */
export const createConnection = (options: ConnectionOptions): Outcome<Connection> => {
  const { address, credentials = { kind: 'none' }, timeouts } = options;
  const authorization = authorizationOf(credentials);
  if (!authorization.ok) return authorization;
  const { value } = authorization;
  const request = options.fetch ?? ((url, init) => fetch(url, init));
  return ok({
    base: address.base,
    origin: address.origin,
    signedIn: value !== undefined,
    sameOrigin: globalThis.location?.origin === address.origin,
    timeouts: { ...DEFAULT_TIMEOUTS, ...timeouts },
    turn: options.turn ?? (() => Promise.resolve()),
    send: (url, init) => {
      if (value !== undefined) init.headers.set('Authorization', value);
      return request(url, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
      });
    },
  });
};
