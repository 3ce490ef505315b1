import type { Connection } from './connection.ts';
import type { Answer } from './exchange.ts';
import { fail, type DicomWebFailure } from './failure.ts';

/** What was asked for, since one status means different things. */
export type Purpose = 'search' | 'open' | 'store';

type Failed = { readonly ok: false; readonly error: DicomWebFailure };

const NOT_FOUND: Record<Purpose, Failed> = {
  search: fail('not-dicomweb', 'There is no DICOMweb service at this address (404).'),
  open: fail('gone', 'This is no longer on the server. Search again.'),
  store: fail('not-dicomweb', 'The server does not accept objects at this address (404).'),
};

const TOO_LARGE: Record<Purpose, string> = {
  search: 'The server finds too many matches (413). Narrow the search.',
  open: 'The server finds this too large to send (413).',
  store: 'The server finds this too large to store (413).',
};

const unauthorised = (connection: Connection) =>
  fail(
    'unauthorised',
    connection.signedIn
      ? 'The server does not accept this user name and password, or this token (401).'
      : 'The server asks for a user name and password, or a token (401).',
  );

const forbidden = fail(
  'forbidden',
  'The server knows this user but does not allow this, or does not accept the password (403).',
);

const redirected = fail(
  'redirected',
  'The server sends the page to another address, perhaps to a sign-in page. Enter the address of the DICOMweb service itself.',
);

/** The failure that a status tells; undefined for success. */
export const statusFailure = (
  connection: Connection,
  { status }: Answer,
  purpose: Purpose,
): Failed | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return redirected;
  if (status === 401 || status === 407) return unauthorised(connection);
  if (status === 403) return forbidden;
  if (status === 404 || status === 410) return NOT_FOUND[purpose];
  if (status === 413) return fail('refused', TOO_LARGE[purpose]);
  if (status === 406 && purpose === 'open')
    return fail('refused', 'The server cannot send this in a form that the viewer reads (406).');
  if (status === 429 || status === 503)
    return fail('server-error', `The server is too busy to answer (${status}). Try again later.`);
  if (status >= 500) return fail('server-error', `The server reports an error (${status}).`);
  return fail('refused', `The server refuses the request (${status}).`);
};

/** Whether a web page came in place of data, as from a portal or a server without DICOMweb. */
export const isWebPage = ({ contentType, bytes }: Answer): boolean =>
  /\bhtml\b/i.test(contentType) ||
  /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 100)));

export const webPage = fail(
  'not-dicomweb',
  'A web page answers at this address, not a DICOMweb service. Its address often ends in /dicom-web, /wado-rs or /rs.',
);
