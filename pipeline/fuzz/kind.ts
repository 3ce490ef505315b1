/** What the product made of an input: it took it, or said in a sentence why not. */
export type Answer =
  { readonly outcome: 'accepted' } | { readonly outcome: 'refused'; readonly reason: string };

/**
 * One kind of hostile input. `run` goes through the function that the page itself calls; whatever it
 * throws is a crash, so it must not catch what the page does not.
 */
export interface Kind {
  /** The mutated input number `index` of a run. */
  make(seed: number, index: number): Input | Promise<Input>;
  run(input: Input): Promise<Answer>;
}

/** Files by name: one for most kinds, several for a pack. */
export type Input = ReadonlyMap<string, Uint8Array>;

/** An input of one file. */
export const oneFile = (name: string, bytes: Uint8Array): Input => new Map([[name, bytes]]);

/** The bytes of an input of one file. */
export const onlyFile = (input: Input): readonly [name: string, bytes: Uint8Array] => {
  const [file] = input;
  if (!file) throw new Error('the input holds no file');
  return file;
};

export const accepted: Answer = { outcome: 'accepted' };
export const refused = (reason: string): Answer => ({ outcome: 'refused', reason });
