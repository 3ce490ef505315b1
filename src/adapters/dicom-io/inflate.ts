import { Inflate } from 'pako';

/** No data set of one mammogram is larger: 256 MiB. */
const MOST = 2 ** 28;

/** Raw deflate, undefined where the stream is damaged, cut off or grows beyond all reason. */
export const inflateBounded = (deflated: Uint8Array, most = MOST): Uint8Array | undefined => {
  const inflate = new Inflate({ raw: true, chunkSize: 2 ** 20 });
  const chunks: Uint8Array[] = [];
  let total = 0;
  inflate.onData = (chunk) => {
    total += (chunk as Uint8Array).length;
    if (total > most) throw new RangeError('inflated beyond the limit');
    chunks.push(chunk as Uint8Array);
  };
  let ended = false;
  inflate.onEnd = (status) => {
    ended = status === 0;
  };
  try {
    inflate.push(deflated, true);
  } catch {
    return undefined;
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
