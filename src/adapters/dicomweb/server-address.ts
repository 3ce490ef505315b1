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

const invalid = (message: string) => fail('invalid-input', message);

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
  if (text === '') return invalid('Enter the address of the DICOMweb server.');
  const full = absolute(text, page);
  if (!URL.canParse(full)) return invalid('This is not an address.');
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return invalid('The address must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    return invalid('Enter user name and password in their own fields, not in the address.');
  if (url.search !== '' || url.hash !== '')
    return invalid('The address must not hold "?" or "#": enter the base address of the service.');
  return ok({
    base: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    origin: url.origin,
    unencrypted: url.protocol === 'http:' && !LOOPBACK.test(url.hostname),
  });
};
