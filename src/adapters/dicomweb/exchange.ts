import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { fail, type Outcome } from './failure.ts';
import { watchPolicy } from './policy-watch.ts';

export interface Request {
  /** Below the base address, with its leading slash and its query. */
  readonly path: string;
  readonly accept: string;
  readonly post?: { readonly contentType: string; readonly body: Blob };
  /** Largest answer that is read, bytes. */
  readonly maxBytes: number;
  /** Instead of the connection's: longest wait for the first byte, ms. */
  readonly answerMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((received: number) => void) | undefined;
  /** Told when a busy server has asked to be left alone for a while, and when that is over. */
  readonly onBusy?: ((isBusy: boolean) => void) | undefined;
}

/** An answer of any status, read to its end. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** The server says that it has left something out (PS3.18 8.3.4, Warning 299). */
  readonly incomplete: boolean;
  /** When a busy server wants to be asked again, ms; undefined where it is not, or does not say. */
  readonly askAgainAfter: number | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MIB = 2 ** 20;
/** The proxy of `npm start` says with this header that a 502 or 504 is its own. */
const PROXY_PROBLEM = 'X-Tandem-Proxy';

const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
};

const tooLarge = (maxBytes: number) =>
  fail(message('server.too-large.answer', { size: Math.round(maxBytes / MIB) }));

const readBody = async (
  response: Response,
  { maxBytes, onBytes }: Request,
  deadline: Deadline,
  idleMs: number,
): Promise<Outcome<Uint8Array<ArrayBuffer>>> => {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    deadline.extend(idleMs);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      return tooLarge(maxBytes);
    }
    chunks.push(value);
    onBytes?.(length);
  }
  return ok(joined(chunks, length));
};

/** Whether a list of warnings (RFC 7234 5.5) has one of code 299; their texts may hold commas. */
const warnsOf299 = (warnings: string): boolean =>
  /(^|,)\s*299\b/.test(warnings.replace(/"(\\.|[^"\\])*"/g, ''));

/** Tries of a request that changes nothing, and the longest wait before another, ms. */
const TRIES = 3;
const LONGEST_WAIT = 30_000;

/** From Retry-After (RFC 9110 10.2.3), seconds or a date; undefined where it is longer than is waited for. */
const askAgainAfter = ({ status, headers }: Response): number | undefined => {
  const said = headers.get('Retry-After');
  if (said === null || (status !== 429 && status !== 503)) return undefined;
  const ms = /^\s*\d+\s*$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms <= LONGEST_WAIT ? Math.max(ms, 0) : undefined;
};

/** Resolves after so long, or when the reader stops it. */
const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });

const seconds = (ms: number): string =>
  ms < 10_000 ? (ms / 1000).toFixed(1).replace(/\.0$/, '') : String(Math.round(ms / 1000));

const stopped = (deadline: Deadline, connection: Connection, waited: number) => {
  if (deadline.cause() === 'aborted') return fail(message('server.aborted'));
  if (deadline.cause() !== 'timeout') return undefined;
  return fail(message('server.timeout', { server: connection.origin, seconds: seconds(waited) }));
};

const noAnswer = (connection: Connection) =>
  fail(
    connection.sameOrigin
      ? message('server.unreachable.page')
      : message('server.unreachable', { server: connection.origin }),
  );

const blocked = ({ origin, base }: Connection) =>
  fail(message('server.blocked', { server: origin, address: base, origin }));

const proxyProblem = (response: Response, text: string) => {
  const problem = response.headers.get(PROXY_PROBLEM);
  if (problem === 'timeout') return fail(message('server.timeout.proxy', { text }));
  if (problem === 'unreachable') return fail(message('server.unreachable.proxy', { text }));
  return problem === null ? undefined : fail(message('server.refused.proxy', { text }));
};

const exchangeOnce = async (connection: Connection, request: Request): Promise<Outcome<Answer>> => {
  const { answerMs = connection.timeouts.answerMs } = request;
  const { idleMs } = connection.timeouts;
  try {
    await connection.turn(request.signal);
  } catch {
    return fail(message('server.aborted'));
  }
  const deadline = createDeadline(answerMs, request.signal);
  const policy = watchPolicy(connection.origin);
  let response: Response | undefined;
  try {
    const headers = new Headers({ Accept: request.accept });
    if (request.post) headers.set('Content-Type', request.post.contentType);
    response = await connection.send(`${connection.base}${request.path}`, {
      method: request.post ? 'POST' : 'GET',
      headers,
      body: request.post?.body ?? null,
      signal: deadline.signal,
    });
    deadline.extend(idleMs);
    const bytes = await readBody(response, request, deadline, idleMs);
    if (!bytes.ok) return bytes;
    const fromProxy = proxyProblem(response, new TextDecoder().decode(bytes.value.slice(0, 500)));
    if (fromProxy) return fromProxy;
    return ok({
      // A redirect that was not followed has status 0 in a browser.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      contentType: response.headers.get('Content-Type') ?? '',
      incomplete: warnsOf299(response.headers.get('Warning') ?? ''),
      askAgainAfter: askAgainAfter(response),
      bytes: bytes.value,
    });
  } catch {
    const early = stopped(deadline, connection, response ? idleMs : answerMs);
    if (early) return early;
    if (response) return fail(message('server.interrupted', { server: connection.origin }));
    return (await policy.wasBlocked()) ? blocked(connection) : noAnswer(connection);
  } finally {
    policy.end();
    deadline.end();
  }
};

/**
 * One request and its whole answer, whatever its status; one that changes nothing is sent again where a busy
 * server says when. What fails is that there is no answer: stopped by the reader, silent for too long,
 * forbidden by the page's policy, unreachable, broken off, too large.
 */
export const exchange = async (
  connection: Connection,
  request: Request,
): Promise<Outcome<Answer>> => {
  const { post, signal, onBusy } = request;
  for (let tries = 1; ; tries++) {
    const answer = await exchangeOnce(connection, request);
    if (!answer.ok || post || tries === TRIES) return answer;
    const { askAgainAfter: wait } = answer.value;
    if (wait === undefined) return answer;
    onBusy?.(true);
    await pause(wait, signal);
    onBusy?.(false);
  }
};
