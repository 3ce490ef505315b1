import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { integer, parseJson, sequence, text } from './dicom-json.ts';
import { exchange, type Answer } from './exchange.ts';
import { fail, type DicomWebFailure, type Outcome } from './failure.ts';
import { buildMultipart } from './multipart.ts';
import { isWebPage, statusFailure, webPage } from './status-failure.ts';

/** A DICOM object with its preamble and meta information (PS3.10). */
export interface StorableObject {
  readonly sopInstanceUid: string;
  readonly bytes: Uint8Array;
}

/** What became of each object that was sent. */
export interface StoreOutcome {
  readonly stored: readonly { readonly sopInstanceUid: string; readonly warning?: string }[];
  readonly failed: readonly { readonly sopInstanceUid: string; readonly reason: string }[];
}

const LARGEST_REQUEST = 512 * 2 ** 20;
const LARGEST_ANSWER = 4 * 2 ** 20;
/** The slowest connection for which a sending is waited for, bytes a millisecond. */
const SLOWEST = 50;

const item = z.object({ '00081155': text, '00081197': integer, '00081196': integer });

/** Store Instances Response, PS3.18 table 10.5.3-1. */
const storeResponse = z.object({ '00081199': sequence(item), '00081198': sequence(item) });
type StoreResponse = z.infer<typeof storeResponse>;

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** Failure Reason, PS3.3 C.14 and PS3.18 I.2.2: exact codes first, then their families. */
const REASONS: readonly (readonly [from: number, to: number, reason: string])[] = [
  [0x0110, 0x0110, 'the server could not process it'],
  [0x0111, 0x0111, 'the server already has an object with this UID'],
  [0x0112, 0x0112, 'the server does not know this object'],
  [0x0117, 0x0117, 'a UID in it is not valid'],
  [0x0122, 0x0122, 'the server does not store this kind of object'],
  [0x0124, 0x0124, 'this user may not store'],
  [0xa700, 0xa7ff, 'the server is out of space'],
  [0xa900, 0xa9ff, 'the server finds that it does not fit its kind of object'],
  [0xc122, 0xc122, 'the server does not store this transfer syntax'],
  [0xc000, 0xcfff, 'the server cannot understand it'],
];

const reasonOf = (code: number | undefined): string => {
  if (code === undefined) return 'the server does not say why';
  const found = REASONS.find(([from, to]) => code >= from && code <= to);
  return `${found?.[2] ?? 'the server refuses it'} (code ${hex(code)})`;
};

/** Warning Reason, PS3.18 I.2.2. */
const warningOf = (code: number): string =>
  code === 0xb000
    ? 'the server changed some values'
    : `the server has a warning (code ${hex(code)})`;

const outcomeOf = (objects: readonly StorableObject[], response: StoreResponse): StoreOutcome => {
  const stored = new Map(response['00081199'].map((found) => [found['00081155'], found]));
  const failed = new Map(response['00081198'].map((found) => [found['00081155'], found]));
  const outcome = {
    stored: [] as StoreOutcome['stored'][number][],
    failed: [] as StoreOutcome['failed'][number][],
  };
  for (const { sopInstanceUid } of objects) {
    const kept = stored.get(sopInstanceUid);
    const refused = failed.get(sopInstanceUid);
    if (refused) outcome.failed.push({ sopInstanceUid, reason: reasonOf(refused['00081197']) });
    else if (!kept)
      outcome.failed.push({ sopInstanceUid, reason: 'the server does not confirm that it has it' });
    else {
      const code = kept['00081196'];
      outcome.stored.push({ sopInstanceUid, ...(code ? { warning: warningOf(code) } : {}) });
    }
  }
  return outcome;
};

/** After these nobody knows whether the server has the objects. */
const UNCERTAIN = new Set(['timeout', 'interrupted', 'malformed', 'aborted']);

const uncertain = (failure: DicomWebFailure) =>
  UNCERTAIN.has(failure.code)
    ? fail(
        failure.code,
        `${failure.message} Whether it was stored is not known; storing it again does no harm.`,
      )
    : { ok: false as const, error: failure };

const read = (
  connection: Connection,
  answer: Answer,
  objects: readonly StorableObject[],
): Outcome<StoreOutcome> => {
  // A refusal (409, 400 with some servers) may still say what became of each object.
  const response = parseJson(answer.bytes, storeResponse, 'answer to the storing');
  const tells = response.ok && Object.values(response.value).some((items) => items.length > 0);
  if (tells) return ok(outcomeOf(objects, response.value));
  const failed = statusFailure(connection, answer, 'store');
  if (failed) return failed;
  if (isWebPage(answer)) return webPage;
  return response.ok ? ok(outcomeOf(objects, response.value)) : uncertain(response.error);
};

/** Stores objects in one STOW-RS request (PS3.18 10.5) and says what became of each. */
export const store = async (
  connection: Connection,
  objects: readonly StorableObject[],
  signal?: AbortSignal,
): Promise<Outcome<StoreOutcome>> => {
  if (objects.length === 0) return ok({ stored: [], failed: [] });
  const { contentType, body } = buildMultipart(objects.map(({ bytes }) => bytes));
  if (body.size > LARGEST_REQUEST)
    return fail('too-large', 'This is more than is stored at a time (512 MiB).');
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
