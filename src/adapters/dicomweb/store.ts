import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { code, parseJson, sequence, text } from './dicom-json.ts';
import { exchange, type Answer } from './exchange.ts';
import { fail, kindOf, type DicomWebFailure, type FailureKind, type Outcome } from './failure.ts';
import { buildMultipart } from './multipart.ts';
import { isWebPage, statusFailure, webPage } from './status-failure.ts';

/** A DICOM object with its preamble and meta information (PS3.10). */
export interface StorableObject {
  readonly sopInstanceUid: string;
  readonly bytes: Uint8Array;
}

/** What became of each object that was sent. */
export interface StoreOutcome {
  readonly stored: readonly { readonly sopInstanceUid: string; readonly warning?: Message }[];
  readonly failed: readonly { readonly sopInstanceUid: string; readonly reason: Message }[];
}

const LARGEST_REQUEST = 512 * 2 ** 20;
const LARGEST_ANSWER = 4 * 2 ** 20;
/** The slowest connection for which a sending is waited for, bytes a millisecond. */
const SLOWEST = 50;

const item = z.object({ '00081155': text, '00081197': code, '00081196': code });
type Item = z.infer<typeof item>;

interface StoreResponse {
  readonly stored: readonly Item[];
  readonly failed: readonly Item[];
  /** Failures of which the server does not say which object they are of. */
  readonly other: readonly Item[];
}

/** Store Instances Response, PS3.18 table 10.5.3-2; alone, or in a list as in the answer to a search. */
const dataset = z
  .object({ '00081199': sequence(item), '00081198': sequence(item), '0008119A': sequence(item) })
  .transform((found) => ({
    stored: found['00081199'],
    failed: found['00081198'],
    other: found['0008119A'],
  }));
const storeResponse = z
  .union([z.array(dataset), dataset.transform((one) => [one])])
  .transform((all): StoreResponse => ({
    stored: all.flatMap(({ stored }) => stored),
    failed: all.flatMap(({ failed }) => failed),
    other: all.flatMap(({ other }) => other),
  }));

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** Failure Reason, PS3.3 C.14 and PS3.18 I.2.2: exact codes first, then their families. */
const REASONS: readonly (readonly [from: number, to: number, reason: Message])[] = [
  [0x0110, 0x0110, message('stored.refused.processing')],
  [0x0111, 0x0111, message('stored.refused.duplicate')],
  [0x0112, 0x0112, message('stored.refused.unknown')],
  [0x0117, 0x0117, message('stored.refused.uid')],
  [0x0122, 0x0122, message('stored.refused.kind')],
  [0x0124, 0x0124, message('stored.refused.user')],
  [0xa700, 0xa7ff, message('stored.refused.space')],
  [0xa900, 0xa9ff, message('stored.refused.class')],
  [0xc122, 0xc122, message('stored.refused.syntax')],
  [0xc000, 0xcfff, message('stored.refused.meaning')],
];

const coded = (reason: Message, code: number): Message =>
  message('stored.coded', { reason, code: hex(code) });

const reasonOf = (code: number | undefined): Message => {
  if (code === undefined) return message('stored.refused.silent');
  const found = REASONS.find(([from, to]) => code >= from && code <= to);
  return coded(found?.[2] ?? message('stored.refused'), code);
};

/** Warning Reason, PS3.18 I.2.2. */
const warningOf = (code: number): Message =>
  code === 0xb000 ? message('stored.changed') : coded(message('stored.warning'), code);

const outcomeOf = (objects: readonly StorableObject[], response: StoreResponse): StoreOutcome => {
  const stored = new Map(response.stored.map((found) => [found['00081155'], found]));
  const failed = new Map(response.failed.map((found) => [found['00081155'], found]));
  const [other] = response.other;
  const unnamed = other ? reasonOf(other['00081197']) : message('stored.unconfirmed');
  const outcome = {
    stored: [] as StoreOutcome['stored'][number][],
    failed: [] as StoreOutcome['failed'][number][],
  };
  for (const { sopInstanceUid } of objects) {
    const kept = stored.get(sopInstanceUid);
    const refused = failed.get(sopInstanceUid);
    if (refused) outcome.failed.push({ sopInstanceUid, reason: reasonOf(refused['00081197']) });
    else if (!kept) outcome.failed.push({ sopInstanceUid, reason: unnamed });
    else {
      const code = kept['00081196'];
      outcome.stored.push({ sopInstanceUid, ...(code ? { warning: warningOf(code) } : {}) });
    }
  }
  return outcome;
};

/** After these nobody knows whether the server has the objects. */
const UNCERTAIN: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'timeout',
  'interrupted',
  'malformed',
  'aborted',
]);

const uncertain = (failure: DicomWebFailure) =>
  fail(UNCERTAIN.has(kindOf(failure)) ? message('server.uncertain', { failure }) : failure);

const read = (
  connection: Connection,
  answer: Answer,
  objects: readonly StorableObject[],
): Outcome<StoreOutcome> => {
  // A refusal (409, 400 with some servers) may still say what became of each object.
  const isEmpty = new TextDecoder().decode(answer.bytes).trim() === '';
  const response: Outcome<StoreResponse> = isEmpty
    ? ok({ stored: [], failed: [], other: [] })
    : parseJson(answer.bytes, storeResponse, message('server.what.stored'));
  const tells =
    response.ok && Object.values<readonly Item[]>({ ...response.value }).some((all) => all.length);
  if (tells) return ok(outcomeOf(objects, response.value));
  const failed = statusFailure(connection, answer, 'store');
  if (failed) return failed;
  if (isWebPage(answer)) return webPage;
  if (!response.ok) return uncertain(response.error);
  // It names no object: the status alone tells, and only 202 has it that not all are stored (PS3.18 10.5.3.1).
  if (answer.status === 202) return ok(outcomeOf(objects, response.value));
  return ok({ stored: objects.map(({ sopInstanceUid }) => ({ sopInstanceUid })), failed: [] });
};

/** Stores objects in one STOW-RS request (PS3.18 10.5) and says what became of each. */
export const store = async (
  connection: Connection,
  objects: readonly StorableObject[],
  signal?: AbortSignal,
): Promise<Outcome<StoreOutcome>> => {
  if (objects.length === 0) return ok({ stored: [], failed: [] });
  const { contentType, body } = buildMultipart(objects.map(({ bytes }) => bytes));
  if (body.size > LARGEST_REQUEST) return fail(message('server.too-large.store'));
  const answer = await exchange(connection, {
    path: '/studies',
    accept: 'application/dicom+json',
    post: { contentType, body },
    maxBytes: LARGEST_ANSWER,
    answerMs: connection.timeouts.answerMs + body.size / SLOWEST,
    signal,
  });
  return answer.ok ? read(connection, answer.value, objects) : uncertain(answer.error);
};
