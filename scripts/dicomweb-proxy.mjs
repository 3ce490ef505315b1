// Reaches one DICOMweb server through the page's own origin, under /dicomweb/. The server then needs no
// CORS and the page's policy stays "connect-src 'self'". Node built-ins only.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';

export const PROXY_PATH = '/dicomweb/';
const METHODS = new Set(['GET', 'POST', 'OPTIONS']);
/** Longest silence of the server, ms; the page itself gives up sooner. */
const PATIENCE = 120_000;
/** Longest exchange as a whole, ms: a byte now and then is no answer. */
const DEADLINE = 900_000;

/** What is passed on. All else stays here: cookies, hop-by-hop headers, what names the page. */
const REQUEST_HEADERS = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-length',
  'content-type',
  'transfer-encoding',
];
/** No Set-Cookie, no Location, no WWW-Authenticate (the browser would ask and remember). */
const RESPONSE_HEADERS = ['content-encoding', 'content-length', 'retry-after', 'warning'];
/** Types that cannot become a script or a style sheet of the page. */
const TYPES =
  /^\s*(application\/(dicom(\+json|\+xml)?|json)|multipart\/related|text\/(html|plain))\b/i;

/** Sent with everything that comes from the server: nothing in it may run in the page's origin. */
const answerHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * The server's address, fixed for as long as the proxy runs: { origin, path } with no slash at the end.
 * Throws a sentence where it is not one; credentials in it are refused, since addresses are shown.
 */
export const parseUpstream = (address) => {
  if (!URL.canParse(address ?? '')) throw new Error(`"${address}" is not an address.`);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error('The address of the DICOMweb server must begin with http:// or https://.');
  if (url.username || url.password)
    throw new Error('No user name or password in the address: the page asks for them.');
  if (url.search || url.hash)
    throw new Error('The address of the DICOMweb server must not hold "?" or "#".');
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
};

/**
 * The path and query at the server for a request's raw target, or undefined where it is not DICOMweb.
 * DICOMweb paths are words and UIDs, so anything that escapes, climbs or doubles a slash is refused.
 */
export const upstreamTarget = (upstream, target) => {
  const [path, ...query] = target.split('?');
  const steps = path.slice(PROXY_PATH.length).split('/');
  const plain = steps.every((step) => /^[A-Za-z0-9.,_-]+$/.test(step) && !/^\.+$/.test(step));
  if (!path.startsWith(PROXY_PATH) || !plain) return undefined;
  if (!['studies', 'series', 'instances'].includes(steps[0])) return undefined;
  const search = query.length > 0 ? `?${query.join('?')}` : '';
  return `${upstream.path}/${steps.join('/')}${search}`;
};

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Whether a Host header names this computer itself, at whichever port (a tunnel may have another). */
export const isLoopbackHost = (host = '') => LOOPBACK.test(host);

/**
 * Whether the page that this program serves is asking. Other sites' pages can send requests to a
 * loopback address too (also under a name of theirs that they let point to it).
 */
export const isOwnPage = ({ host = '', origin, 'sec-fetch-site': site }) =>
  isLoopbackHost(host) &&
  (origin === undefined || origin === `http://${host}`) &&
  (site === undefined || site === 'same-origin' || site === 'none');

const picked = (headers, names) =>
  Object.fromEntries(names.filter((n) => headers[n] !== undefined).map((n) => [n, headers[n]]));

/** A refusal of the proxy's own; `problem` tells the page that it is. */
const say = (response, code, problem, text) => {
  if (response.headersSent) return response.destroy();
  response.writeHead(code, {
    ...answerHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Tandem-Proxy': problem,
  });
  response.end(text);
};

const reasons = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no computer has this name',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'it broke the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Passes the answer on; throws where it cannot be said in HTTP (a status like 000 or 99). */
const passOn = (answer, response) => {
  const { statusCode } = answer;
  if (statusCode < 200 || statusCode > 599)
    throw new Error(`it answered with status ${statusCode}`);
  const type = answer.headers['content-type'];
  response.writeHead(statusCode, {
    ...picked(answer.headers, RESPONSE_HEADERS),
    ...answerHeaders,
    ...(type === undefined
      ? {}
      : { 'Content-Type': TYPES.test(type) ? type : 'application/octet-stream' }),
  });
  // A break in the middle must not look like an end: pipeline destroys the response.
  pipeline(answer, response, () => {});
};

/** Sends one request on and its answer back. Every way in which it may fail ends here. */
const exchange = (onward, upstream, request, response, { patienceMs, deadlineMs }) => {
  const fail = (code, problem, text) => {
    if (!response.destroyed && !response.writableEnded)
      say(response, code, problem, `The DICOMweb server ${upstream.origin} ${text}.`);
    onward.destroy();
  };
  const late = (ms) =>
    fail(504, 'timeout', `did not answer within ${Math.round(ms / 1000)} seconds`);
  const unusable = (why) => fail(502, 'unreachable', `cannot be used: ${why}`);
  const deadline = setTimeout(late, deadlineMs, deadlineMs);
  response.once('close', () => {
    clearTimeout(deadline);
    onward.destroy();
  });
  request.on('error', () => onward.destroy());
  onward.on('timeout', () => late(patienceMs));
  onward.on('error', (error) =>
    fail(
      502,
      'unreachable',
      `cannot be reached: ${reasons[error.code] ?? error.code ?? 'the connection failed'}`,
    ),
  );
  onward.on('upgrade', (_, socket) => {
    socket.destroy();
    unusable('it wants to speak another protocol');
  });
  onward.on('response', (answer) => {
    answer.on('error', () => response.destroy());
    try {
      passOn(answer, response);
    } catch (error) {
      unusable(error instanceof Error ? error.message : String(error));
    }
  });
  request.pipe(onward);
};

/** A request handler for everything under PROXY_PATH. Nothing of a request is logged. */
export const createDicomWebProxy = (
  address,
  { patienceMs = PATIENCE, deadlineMs = DEADLINE } = {},
) => {
  const upstream = parseUpstream(address);
  const send = upstream.origin.startsWith('https:') ? httpsRequest : httpRequest;
  return (request, response) => {
    if (!isOwnPage(request.headers))
      return say(response, 403, 'refused', 'Only the page of this program may ask.');
    if (!METHODS.has(request.method))
      return say(response, 405, 'refused', 'GET, POST and OPTIONS only.');
    const path = upstreamTarget(upstream, request.url);
    if (path === undefined) return say(response, 404, 'refused', 'This is not a DICOMweb address.');
    const onward = send(new URL(upstream.origin), {
      path,
      method: request.method,
      headers: picked(request.headers, REQUEST_HEADERS),
      timeout: patienceMs,
    });
    exchange(onward, upstream, request, response, { patienceMs, deadlineMs });
  };
};
