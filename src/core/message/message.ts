/**
 * The texts by their codes. It is filled by the English catalogue (i18n/en.ts), by declaration only:
 * core imports no words, and yet a code that has none does not compile.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- see above
export interface Catalogue {}

/** A text with `{places}` for values; where it counts, one for each form of the language's plural. */
export type Text = string | Plural;

/** The forms by `count`, as Intl.PluralRules names them; every language has `other`. */
export type Plural = { readonly [form in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/** Which thing to say; its first part names the room that says it. */
export type Code = keyof Catalogue & string;

/** A value in a text: as it stands, or something to say in turn. */
export type Value = string | number | Message;

type PlacesIn<T> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlacesIn<Rest>
  : never;
type FormsOf<T> = T extends string ? T : T extends Plural ? T[keyof T] : never;

/** The values that the text of a code has places for. */
export type ValuesOf<C extends Code> = {
  readonly [Name in PlacesIn<FormsOf<Catalogue[C]>>]: Name extends 'count' ? number : Value;
};

/**
 * Something to tell the reader, in no language yet: a value that can be kept, compared, sent between
 * workers and said in any language later (i18n/say.ts).
 */
export type Message<C extends Code = Code> = C extends Code
  ? { readonly code: C; readonly values: ValuesOf<C> }
  : never;

type ValuesFor<C extends Code> = keyof ValuesOf<C> extends never ? [] : [values: ValuesOf<C>];

/** A message of a code with the values that its text has places for. */
export const message = <C extends Code>(code: C, ...[values]: ValuesFor<C>): Message<C> =>
  ({ code, values: values ?? {} }) as Message<C>;
