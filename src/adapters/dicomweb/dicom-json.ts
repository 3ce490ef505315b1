import { checkedBy } from '../../core/message/schema-problems.ts';
import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';

// The DICOM JSON model, PS3.18 F.2: an object by tags of { vr, Value }, Value absent where empty.

/** A UID (PS3.5 9.1, but leading zeros are let pass): safe in a path, where ".." would not be. */
export const UID = /^(?=.{1,64}$)\d+(\.\d+)*$/;
const uid = z.string().regex(UID, 'is not a UID');

/** Longer values are cut short by nobody: an answer with one is refused. */
const shortText = z.string().max(10_240);
const vr = z.string().regex(/^[A-Z]{2}$/, 'is not a VR');

const attribute = <T extends z.ZodType>(value: T) =>
  z.object({ vr, Value: z.array(value.nullable()).max(10_000).optional() });

/** One UID that must be there. */
export const requiredUid = attribute(uid).transform(({ Value }, context) => {
  const first = Value?.[0];
  if (typeof first === 'string') return first;
  context.addIssue({ code: 'custom', message: 'is empty' });
  return z.NEVER;
});

/** The first value of a text, '' where there is none. */
export const text = attribute(shortText)
  .optional()
  .transform((found) => (found?.Value?.[0] as string | null | undefined) ?? '');

/** All values of a text. */
export const texts = attribute(shortText)
  .optional()
  .transform((found) => (found?.Value ?? []).filter((value): value is string => value !== null));

const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*[+-]?\d+\s*$/)
    .transform(Number),
]);

/** A whole number; IS may come as number or as text (PS3.18 F.2.3, note). */
export const integer = attribute(numeric)
  .optional()
  .transform((found) => (found?.Value?.[0] as number | null | undefined) ?? undefined);

const nameGroups = z.object({
  Alphabetic: shortText.optional(),
  Ideographic: shortText.optional(),
  Phonetic: shortText.optional(),
});

/** A person name as the PN value it stands for: groups joined by "=". */
export const personName = attribute(nameGroups)
  .optional()
  .transform((found) => {
    const groups = found?.Value?.[0] as z.infer<typeof nameGroups> | null | undefined;
    const { Alphabetic = '', Ideographic = '', Phonetic = '' } = groups ?? {};
    return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
  });

/** The items of a sequence, none where it is absent or empty. */
export const sequence = <T extends z.ZodType>(item: T) =>
  attribute(item)
    .optional()
    .transform((found) =>
      ((found?.Value ?? []) as (z.output<T> | null)[]).filter((value) => value !== null),
    );

/**
 * A list in JSON bytes, item by item: one that the schema refuses costs only itself. Fails where it is
 * no list, or no item of it can be read.
 */
export const parseJsonList = <T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  what: Message,
): Outcome<{ readonly items: readonly T[]; readonly unreadable: number }> => {
  const list = parseJson(bytes, z.array(z.unknown()), what);
  if (!list.ok) return list;
  const items = list.value.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const unreadable = list.value.length - items.length;
  if (items.length > 0 || unreadable === 0) return ok({ items, unreadable });
  const failed = parseJson(bytes, z.array(schema), what);
  return failed.ok ? ok({ items, unreadable }) : failed;
};

/** JSON bytes by a schema; the failure says where it does not fit, without values. */
export const parseJson = <T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  what: Message,
): Outcome<T> => {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail(message('server.malformed.not-json', { what }));
  }
  const checked = checkedBy(schema, json);
  if (checked.ok) return checked;
  return fail(message('server.malformed.schema', { what, problem: checked.error }));
};
