import { checkedBy } from '../../core/message/schema-problems.ts';
import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';

// The DICOM JSON model, PS3.18 F.2: an object by tags of { vr, Value }. Values may be absent, empty or null
// (F.2.5), and servers write numbers, names and padding as they please: only what is asked for by its UID
// can spoil an object, all else is then as if it were not there.

/** A UID (PS3.5 9.1, but leading zeros are let pass): safe in a path, where ".." would not be. */
export const UID = /^(?=.{1,64}$)\d+(\.\d+)*$/;

/** Longer than any text of DICOM (LT, PS3.5 6.2). */
const LONGEST = 10_240;
const MOST_VALUES = 10_000;

const fieldOf = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null
    ? (object as Readonly<Record<string, unknown>>)[key]
    : undefined;

const valuesOf = (attribute: unknown): readonly unknown[] => {
  const value = fieldOf(attribute, 'Value');
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value];
};

/** A value as text, without the padding of its file (PS3.5 6.2). */
const textOf = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.replace(/^[\s\0]+|[\s\0]+$/g, '') : '';
  return text.length > LONGEST ? '' : text;
};

const attribute = <T>(read: (values: readonly unknown[]) => T) =>
  z
    .unknown()
    .optional()
    .transform((found) => read(valuesOf(found)));

/** One UID that must be there. */
export const requiredUid = z
  .unknown()
  .optional()
  .transform((found, context) => {
    const first = textOf(valuesOf(found)[0]);
    if (UID.test(first)) return first;
    context.addIssue({ code: 'custom', message: first === '' ? 'is empty' : 'is not a UID' });
    return z.NEVER;
  });

/** The first value of a text, '' where there is none. */
export const text = attribute(([first]) => textOf(first));

/** An identifier: one with a backslash is several values, and names another patient than the first alone. */
export const identifier = attribute((values) => values.map(textOf).join('\\'));

/** All values of a text. */
export const texts = attribute((values) => values.map(textOf).filter(Boolean));

/** A whole number; IS may come as number or as text (PS3.18 F.2.3, note). */
export const integer = attribute(([first]) => {
  const found = /^[+-]?\d+(?=(\.0*)?$)/.exec(textOf(first));
  return found ? Number(found[0]) : undefined;
});

/** A code that is kept as a number (US); some servers write it in hexadecimal digits. */
export const code = attribute(([first]) => {
  const found = textOf(first);
  const [, digits] = /^(?:0x)?([\da-f]{1,4})h?$/i.exec(found) ?? [];
  const isDecimal = /^(0|[1-9]\d*)$/.test(found);
  if (digits === undefined || isDecimal) return isDecimal ? Number(found) : undefined;
  return parseInt(digits, 16);
});

/** A person name as the PN value it stands for: groups joined by "=". */
export const personName = attribute(([first]) =>
  typeof first === 'object'
    ? ['Alphabetic', 'Ideographic', 'Phonetic']
        .map((group) => textOf(fieldOf(first, group)))
        .join('=')
        .replace(/=+$/, '')
    : textOf(first),
);

/** The items of a sequence, none where it is absent or empty. */
export const sequence = <T>(item: z.ZodType<T>) =>
  attribute((values) =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/** What could be read of a list, item by item. */
export interface ReadList<T> {
  readonly items: readonly T[];
  readonly unreadable: number;
  /** What is wrong with those that could not be read. */
  readonly problem: string;
}

/** A list in JSON bytes: an item that the schema refuses costs only itself. Fails where it is no list. */
export const parseJsonList = <T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  what: Message,
): Outcome<ReadList<T>> => {
  const list = parseJson(bytes, z.array(z.unknown()), what);
  if (!list.ok) return list;
  const items = list.value.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const unreadable = list.value.length - items.length;
  const whole = unreadable > 0 ? checkedBy(z.array(schema), list.value) : undefined;
  return ok({ items, unreadable, problem: whole && !whole.ok ? whole.error : '' });
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
