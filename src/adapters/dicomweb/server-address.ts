import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';

/** Where a DICOMweb service lives. */
export interface ServerAddress {
  /** The base address, without a slash at its end. */
  readonly base: string;
  readonly origin: string;
  /** Whether what is sent can be read on the way: plain http to another computer. */
  readonly unencrypted: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What was typed as a whole address; one that begins with a slash is on the page's own server. */
const absolute = (text: string, page: string | undefined): string => {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (!text.startsWith('/')) return `http://${text}`;
  return page !== undefined && URL.canParse(text, page) ? new URL(text, page).href : '';
};

/**
 * The address that the reader typed, e.g. `http://pacs:8042/dicom-web`, or `/dicom-web` for a service
 * beside the page. Without a scheme, http is meant. Credentials in an address are refused: addresses are shown, logged and remembered.
 */
export const parseServerAddress = (
  typed: string,
  page: string | undefined = globalThis.location?.href,
): Outcome<ServerAddress> => {
  const text = typed.trim();
  if (text === '') return fail(message('server.invalid-input.no-address'));
  const full = absolute(text, page);
  if (!URL.canParse(full)) return fail(message('server.invalid-input.address'));
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return fail(message('server.invalid-input.scheme'));
  if (url.username !== '' || url.password !== '')
    return fail(message('server.invalid-input.credentials'));
  if (url.search !== '' || url.hash !== '') return fail(message('server.invalid-input.query'));
  return ok({
    base: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    origin: url.origin,
    unencrypted: url.protocol === 'http:' && !LOOPBACK.test(url.hostname),
  });
};
