/**
 * The sums that smoothing is made of, over memory of its own: in WebAssembly, two 64-bit floats at a
 * time, and in JavaScript where there is none such. Both have the same digits, since every sum adds the
 * same numbers in the same order.
 */
export interface Kernel {
  /** The memory as 32-bit floats, and as 64-bit ones; others after `reserve`. */
  singles(): Float32Array;
  doubles(): Float64Array;
  /** Makes room for so many 64-bit floats. */
  reserve(count: number): void;
  /** Copies `rows` rows of `count` 32-bit floats, `fromRow` apart, to as many 64-bit ones, which lie close. */
  widen(from: number, fromRow: number, to: number, count: number, rows: number): void;
  /**
   * For `rows` rows of `count` places v from a 64-bit float on, which lie close: w[0] v[0], and to that for
   * each k up to `radius` w[k] (v[-k step] + v[k step]). The weights w are the first 64-bit floats. The sums go
   * to 32-bit floats, rows `toRow` apart.
   */
  sum(
    from: number,
    step: number,
    to: number,
    toRow: number,
    count: number,
    rows: number,
    radius: number,
  ): void;
}

/** All counts of floats in a row are multiples of so many. */
export const AT_A_TIME = 8;

/** The part of WebAssembly that is used: core knows no DOM library. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (of: { initial: number }) => WasmMemory;
}

const PAGE_FLOATS = 8192;

/** A whole number below 2 ** 31, as WebAssembly writes it (LEB128, signed). */
const whole = (n: number): number[] => {
  const low = n & 0x7f;
  const rest = n >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...whole(rest)];
};
/** The same of one that is never negative: lengths and offsets. */
const size = (n: number): number[] => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...size(n >> 7)]);
const sized = (bytes: readonly number[]): number[] => [...size(bytes.length), ...bytes];
const text = (word: string): number[] => sized([...word].map((c) => c.charCodeAt(0)));

const I32 = 0x7f;
const V128 = 0x7b;
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const constant = (n: number) => [0x41, ...whole(n)];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const TIMES_4 = [...constant(2), 0x74];
const TIMES_8 = [...constant(3), 0x74];
/** 128 bits from an address, and to one. */
const load = (offset: number) => [0xfd, 0x00, 0x00, ...size(offset)];
const store = (offset: number) => [0xfd, 0x0b, 0x00, ...size(offset)];
/** One 64-bit float from an address, twice. */
const LOAD_TWICE = [0xfd, 0x0a, 0x00, 0x00];
/** Two 32-bit floats from an address, as 64-bit ones; and two 64-bit ones to it, as 32-bit ones. */
const loadWider = (offset: number) => [0xfd, 0x5d, 0x00, ...size(offset), 0xfd, 0x5f];
const storeNarrower = (offset: number) => [0xfd, 0x5e, 0xfd, 0x5b, 0x00, ...size(offset), 0x00];
const F64X2_ADD = [0xfd, ...size(0xf0)];
const F64X2_MULTIPLY = [0xfd, ...size(0xf2)];
/** Repeats while what `again` leaves is not 0. */
const repeat = (body: readonly number[], again: readonly number[]) => [
  ...[0x03, 0x40],
  ...body,
  ...again,
  ...[0x0d, 0x00],
  0x0b,
];
const when = (condition: readonly number[], body: readonly number[]) => [
  ...condition,
  ...[0x04, 0x40],
  ...body,
  0x0b,
];

const move = (local: number, by: readonly number[], how: readonly number[] = ADD) => [
  ...get(local),
  ...by,
  ...how,
  ...set(local),
];
/** Twice as many bytes as floats are taken at a time: pairs of them lie so far apart. */
const PAIRS = Array.from({ length: AT_A_TIME / 2 }, (_, i) => i);
const LESS = [...constant(AT_A_TIME), ...SUBTRACT];

const widenBody = (): number[] => {
  // Parameters, then locals: byte addresses and a counter.
  const [from, fromRow, to, count, rows, here, places] = [0, 1, 2, 3, 4, 5, 6] as const;
  const somePlaces = [
    ...PAIRS.flatMap((i) => [...get(to), ...[...get(here), ...loadWider(8 * i)], ...store(16 * i)]),
    ...move(here, constant(4 * AT_A_TIME)),
    ...move(to, constant(8 * AT_A_TIME)),
    ...[...get(places), ...LESS, ...set(places)],
  ];
  const row = [
    ...[...get(from), ...set(here)],
    ...[...get(count), ...set(places)],
    ...repeat(somePlaces, get(places)),
    ...move(from, get(fromRow)),
    ...move(rows, constant(1), SUBTRACT),
  ];
  return [
    ...[0x01, 2, I32],
    ...[from, fromRow].flatMap((local) => move(local, TIMES_4, [])),
    ...move(to, TIMES_8, []),
    ...when(get(count), when(get(rows), repeat(row, get(rows)))),
    0x0b,
  ];
};

const sumBody = (): number[] => {
  // Parameters, then locals: byte addresses and a counter, then pairs of floats.
  const [from, step, to, toRow, count, rows, radius] = [0, 1, 2, 3, 4, 5, 6] as const;
  const [out, left, right, weight, end, places, w] = [7, 8, 9, 10, 11, 12, 13] as const;
  const sums = PAIRS.map((i) => [14 + i, 16 * i] as const);
  const begin = sums.flatMap(([sum, at]) => [
    ...get(w),
    ...[...get(from), ...load(at)],
    ...F64X2_MULTIPLY,
    ...set(sum),
  ]);
  const addOne = [
    ...move(left, get(step), SUBTRACT),
    ...move(right, get(step)),
    ...move(weight, constant(8)),
    ...[...get(weight), ...LOAD_TWICE, ...set(w)],
    ...sums.flatMap(([sum, at]) => [
      ...get(sum),
      ...get(w),
      ...[...get(left), ...load(at)],
      ...[...get(right), ...load(at)],
      ...F64X2_ADD,
      ...F64X2_MULTIPLY,
      ...F64X2_ADD,
      ...set(sum),
    ]),
  ];
  const IS_BELOW = [0x49];
  const somePlaces = [
    ...[...constant(0), ...LOAD_TWICE, ...set(w)],
    ...begin,
    ...[...get(from), ...set(left)],
    ...[...get(from), ...set(right)],
    ...[...constant(0), ...set(weight)],
    ...when(get(radius), repeat(addOne, [...get(weight), ...get(end), ...IS_BELOW])),
    ...sums.flatMap(([sum, at]) => [...get(out), ...get(sum), ...storeNarrower(at / 2)]),
    ...move(from, constant(8 * AT_A_TIME)),
    ...move(out, constant(4 * AT_A_TIME)),
    ...[...get(places), ...LESS, ...set(places)],
  ];
  const row = [
    ...[...get(to), ...set(out)],
    ...[...get(count), ...set(places)],
    ...repeat(somePlaces, get(places)),
    ...move(to, get(toRow)),
    ...move(rows, constant(1), SUBTRACT),
  ];
  return [
    ...[0x02, 6, I32, 1 + sums.length, V128],
    ...[from, step].flatMap((local) => move(local, TIMES_8, [])),
    ...[to, toRow].flatMap((local) => move(local, TIMES_4, [])),
    ...[...get(radius), ...TIMES_8, ...set(end)],
    ...when(get(count), when(get(rows), repeat(row, get(rows)))),
    0x0b,
  ];
};

const kernelBytes = (): Uint8Array => {
  const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];
  const takes = (count: number) => [0x60, count, ...Array<number>(count).fill(I32), 0];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [2, ...takes(5), ...takes(7)]),
    ...section(2, [1, ...text('js'), ...text('memory'), 0x02, 0x00, 0x01]),
    ...section(3, [2, 0, 1]),
    ...section(7, [2, ...text('widen'), 0x00, 0x00, ...text('sum'), 0x00, 0x01]),
    ...section(10, [2, ...sized(widenBody()), ...sized(sumBody())]),
  ]);
};

/** In WebAssembly; undefined where there is none, or none that computes two by two. */
export const wasmKernel = (): Kernel | undefined => {
  const { WebAssembly: wasm } = globalThis as { readonly WebAssembly?: Wasm };
  if (!wasm) return undefined;
  try {
    const memory = new wasm.Memory({ initial: 1 });
    const module = new wasm.Module(kernelBytes());
    const { widen, sum } = new wasm.Instance(module, { js: { memory } }).exports;
    let singles = new Float32Array(memory.buffer);
    let doubles = new Float64Array(memory.buffer);
    return {
      singles: () => singles,
      doubles: () => doubles,
      reserve: (count) => {
        if (count <= doubles.length) return;
        memory.grow(Math.ceil((count - doubles.length) / PAGE_FLOATS));
        singles = new Float32Array(memory.buffer);
        doubles = new Float64Array(memory.buffer);
      },
      widen: widen as Kernel['widen'],
      sum: sum as Kernel['sum'],
    };
  } catch {
    return undefined;
  }
};

/** In JavaScript: four places at a time. */
export const plainKernel = (): Kernel => {
  let doubles = new Float64Array(PAGE_FLOATS);
  let singles = new Float32Array(doubles.buffer);
  return {
    singles: () => singles,
    doubles: () => doubles,
    reserve: (count) => {
      if (count <= doubles.length) return;
      const larger = new Float64Array(count);
      larger.set(doubles);
      doubles = larger;
      singles = new Float32Array(doubles.buffer);
    },
    widen: (from, fromRow, to, count, rows) => {
      for (let row = 0; row < rows; row++) {
        const start = from + row * fromRow;
        doubles.set(singles.subarray(start, start + count), to + row * count);
      }
    },
    sum: (from, step, to, toRow, count, rows, radius) => {
      const v = doubles;
      const w0 = v[0] as number;
      for (let row = 0; row < rows; row++)
        for (let x = 0; x < count; x += 4) {
          const here = from + row * count + x;
          let a = w0 * (v[here] as number);
          let b = w0 * (v[here + 1] as number);
          let c = w0 * (v[here + 2] as number);
          let d = w0 * (v[here + 3] as number);
          for (let k = 1, away = step; k <= radius; k++, away += step) {
            const w = v[k] as number;
            const [left, right] = [here - away, here + away];
            a += w * ((v[left] as number) + (v[right] as number));
            b += w * ((v[left + 1] as number) + (v[right + 1] as number));
            c += w * ((v[left + 2] as number) + (v[right + 2] as number));
            d += w * ((v[left + 3] as number) + (v[right + 3] as number));
          }
          const out = to + row * toRow + x;
          singles[out] = a;
          singles[out + 1] = b;
          singles[out + 2] = c;
          singles[out + 3] = d;
        }
    },
  };
};
