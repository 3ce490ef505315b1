const SOD = 0xff93;
/** Code-block style of COD (T.814 A.4): HT code blocks. */
const HIGH_THROUGHPUT = 0x40;
/** Bytes of zeros in the data of HT blocks: the signs of a whole even block are 512, an empty packet is one. */
const HOLE = { fewPackets: 64, manyPackets: 1024 };
/** Of so many runs half as long it is the picture that makes them: one without any grain. */
const MOST_HOLES = 4;

/**
 * The least run of zeros that is taken for lost data, by a COD segment (T.800 A.6.1). Infinite where blocks are
 * not HT: those of the arithmetic coder are told by where they end.
 */
export const leastHole = (data: DataView, cod: number): number => {
  if ((data.getUint8(cod + 12) & HIGH_THROUGHPUT) === 0) return Number.POSITIVE_INFINITY;
  const hasPrecincts = (data.getUint8(cod + 4) & 1) === 1;
  const layers = data.getUint16(cod + 6);
  return hasPrecincts || layers > 1 ? HOLE.manyPackets : HOLE.fewPackets;
};

/** Whether runs of at least `least` zeros stand there, and so few half as long that no picture made them. */
const hasHoles = (bytes: Uint8Array, least: number): boolean => {
  let longest = 0;
  let runs = 0;
  // Every run of `step` zeros or more goes through a multiple of `step`.
  const step = least / 2;
  for (let at = step - 1; at < bytes.length; at += step) {
    if (bytes[at] !== 0) continue;
    let [from, to] = [at, at + 1];
    while (from > 0 && bytes[from - 1] === 0) from--;
    while (to < bytes.length && bytes[to] === 0) to++;
    if (to - from >= step) runs++;
    longest = Math.max(longest, to - from);
    while (at + step < to) at += step;
  }
  return longest >= least && runs <= MOST_HOLES;
};

/**
 * Whether a tile-part in [sot, end) is such as coders write: behind its header no 0xFF but those of SOP and EPH is
 * followed by more than 0x8F (T.800 A.1.4, B.10.1, C.3, T.814 7.1), and it has no holes of `least` zeros or more.
 */
export const isCoded = (bytes: Uint8Array, sot: number, end: number, least: number): boolean => {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = sot + 12;
  while (from + 4 <= end && header.getUint16(from) !== SOD) from += 2 + header.getUint16(from + 2);
  const data = bytes.subarray(Math.min(from + 2, end), end);
  for (
    let at = data.indexOf(0xff);
    at >= 0 && at + 1 < data.length;
    at = data.indexOf(0xff, at + 1)
  ) {
    const next = data[at + 1] as number;
    if (next > 0x8f && next !== 0x91 && next !== 0x92) return false;
  }
  return !Number.isFinite(least) || !hasHoles(data, least);
};
