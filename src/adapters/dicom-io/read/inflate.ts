import { Inflate } from 'pako';

/** No data set of one mammogram is larger: 256 MiB. */
export const MOST_INFLATED = 2 ** 28;

/** What the bytes unpack to, 'too-large' beyond `most` bytes, undefined where they are no such stream. */
const inflate = (
  deflated: Uint8Array,
  raw: boolean,
  most: number,
): Uint8Array | 'too-large' | undefined => {
  const stream = new Inflate({ raw, chunkSize: 2 ** 20 });
  const chunks: Uint8Array[] = [];
  let total = 0;
  stream.onData = (chunk) => {
    total += (chunk as Uint8Array).length;
    if (total > most) throw new RangeError('inflated beyond the limit');
    chunks.push(chunk as Uint8Array);
  };
  let ended = false;
  stream.onEnd = (status) => {
    ended = status === 0;
  };
  try {
    stream.push(deflated, true);
  } catch {
    return total > most ? 'too-large' : undefined;
  }
  if (!ended) return undefined;
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
};

/** The header of zlib (RFC 1950 2.2) or gzip (RFC 1952 2.3), which DICOM forbids and some write. */
const hasWrapper = (bytes: Uint8Array): boolean => {
  const [first = 0, second = 0] = bytes;
  return (
    (first === 0x1f && second === 0x8b) || ((first & 15) === 8 && (first * 256 + second) % 31 === 0)
  );
};

/**
 * A deflated data set (PS3.5 A.5), raw or in a wrapper; 'too-large' beyond `most` bytes; undefined
 * where the stream is damaged or cut off.
 */
export const inflateBounded = (
  deflated: Uint8Array,
  most = MOST_INFLATED,
): Uint8Array | 'too-large' | undefined =>
  (hasWrapper(deflated) ? inflate(deflated, false, most) : undefined) ??
  inflate(deflated, true, most);
