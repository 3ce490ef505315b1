import { ok } from '../../core/result.ts';
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

/**
 * The address that the reader typed, e.g. `http://pacs:8042/dicom-web`. Without a scheme, http is
 * meant. Credentials in an address are refused: addresses are shown, logged and remembered.
 */
export const parseServerAddress = (typed: string): Outcome<ServerAddress> => {
  const text = typed.trim();
  if (text === '') return invalid('Enter the address of the DICOMweb server.');
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
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
