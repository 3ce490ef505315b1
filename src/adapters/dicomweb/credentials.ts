import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';

/** How the reader identifies to the server. Kept in memory only; never put one in a store. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

const CONTROL = /[\u0000-\u001f\u007f]/;

/** Base64 of the UTF-8 bytes (RFC 7617, charset="UTF-8"). */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/** The value of the Authorization header; undefined without credentials. */
export const authorizationOf = (credentials: Credentials): Outcome<string | undefined> => {
  if (credentials.kind === 'none') return ok(undefined);
  if (credentials.kind === 'bearer') {
    const token = credentials.token.trim().replace(/^bearer\s+/i, '');
    // RFC 6750, b64token.
    return /^[A-Za-z0-9\-._~+/]+=*$/.test(token)
      ? ok(`Bearer ${token}`)
      : fail(message('server.invalid-input.token'));
  }
  const { user, password } = credentials;
  if (user === '') return fail(message('server.invalid-input.no-user'));
  if (user.includes(':')) return fail(message('server.invalid-input.colon'));
  if (CONTROL.test(user + password)) return fail(message('server.invalid-input.control'));
  return ok(`Basic ${base64(`${user}:${password}`)}`);
};
