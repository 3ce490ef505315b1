import { message } from '../../core/message/message.ts';
import type { Connection } from './connection.ts';
import type { Answer } from './exchange.ts';
import { fail, type DicomWebFailure } from './failure.ts';

/** What was asked for, since one status means different things. */
export type Purpose = 'search' | 'open' | 'store';

type Failed = { readonly ok: false; readonly error: DicomWebFailure };

const NOT_FOUND: Record<Purpose, Failed> = {
  search: fail(message('server.not-dicomweb.search')),
  open: fail(message('server.gone')),
  store: fail(message('server.not-dicomweb.store')),
};

const unauthorised = (connection: Connection) =>
  fail(connection.signedIn ? message('server.unauthorised.wrong') : message('server.unauthorised'));

const forbidden = fail(message('server.forbidden'));

const redirected = fail(message('server.redirected'));

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
  if (status === 413) return fail(message(`server.refused.${purpose}`));
  if (status === 406 && purpose === 'open') return fail(message('server.refused.form'));
  if (status === 429 || status === 503)
    return fail(message('server.server-error.busy', { status }));
  if (status >= 500) return fail(message('server.server-error', { status }));
  return fail(message('server.refused', { status }));
};

/** Whether a web page came in place of data, as from a portal or a server without DICOMweb. */
export const isWebPage = ({ contentType, bytes }: Pick<Answer, 'contentType' | 'bytes'>): boolean =>
  /\bhtml\b/i.test(contentType) ||
  /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 100)));

export const webPage = fail(message('server.not-dicomweb.page'));
