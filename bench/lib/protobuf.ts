/** The little of protocol buffers that writing an ONNX file takes. */

const varint = (value: number): number[] => {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...out, Number(rest)];
};

/** Joins encoded fields into one message. */
export const message = (...fields: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(fields.reduce((sum, f) => sum + f.length, 0));
  let at = 0;
  for (const field of fields) {
    out.set(field, at);
    at += field.length;
  }
  return out;
};

/** A field of length and bytes: text, bytes, a message. */
export const bytes = (field: number, value: Uint8Array | string): Uint8Array => {
  const body = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(body.length)]), body);
};

export const integer = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...varint(field * 8), ...varint(value)]);
