/**
 * The sums that smoothing is made of, over memory of its own: in WebAssembly, two 64-bit floats at a
 * time, and in JavaScript where there is none such. Both have the same digits, since every sum adds the
 * same numbers in the same order.
 */
export interface Kernel {
  /** The memory; it is another after `reserve`. */
  floats(): Float64Array;
  /** Makes room for so many floats. */
  reserve(count: number): void;
  /**
   * For each of `count` (a multiple of 8) places v from float `line` on: w[0] v[0], and to that for each
   * k up to `radius` w[k] (v[-k] + v[k]). The weights w are the first floats; the sums go to float `out`
   * and on.
   */
  sum(line: number, out: number, count: number, radius: number): void;
}

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
const TIMES_8 = [...constant(3), 0x74];
/** 128 bits from an address, and to one. */
const load = (offset: number) => [0xfd, 0x00, 0x00, ...size(offset)];
const store = (offset: number) => [0xfd, 0x0b, 0x00, ...size(offset)];
/** One 64-bit float from an address, twice. */
const LOAD_TWICE = [0xfd, 0x0a, 0x00, 0x00];
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

const kernelBytes = (): Uint8Array => {
  // Parameters, then locals: byte addresses, and four pairs of sums.
  const [line, out, count, radius, left, right, weight, end, w, ...sums] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ] as const;
  const pairs = sums.map((sum, i) => [sum, 16 * i] as const);
  const begin = pairs.flatMap(([sum, at]) => [
    ...get(w),
    ...get(line),
    ...load(at),
    ...F64X2_MULTIPLY,
    ...set(sum),
  ]);
  const addOne = [
    ...[...get(left), ...constant(8), ...SUBTRACT, ...set(left)],
    ...[...get(right), ...constant(8), ...ADD, ...set(right)],
    ...[...get(weight), ...constant(8), ...ADD, ...set(weight)],
    ...[...get(weight), ...LOAD_TWICE, ...set(w)],
    ...pairs.flatMap(([sum, at]) => [
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
  const eight = [
    ...[...constant(0), ...LOAD_TWICE, ...set(w)],
    ...begin,
    ...[...get(line), ...set(left)],
    ...[...get(line), ...set(right)],
    ...[...constant(0), ...set(weight)],
    ...when(get(radius), repeat(addOne, [...get(weight), ...get(end), ...IS_BELOW])),
    ...pairs.flatMap(([sum, at]) => [...get(out), ...get(sum), ...store(at)]),
    ...[...get(line), ...constant(64), ...ADD, ...set(line)],
    ...[...get(out), ...constant(64), ...ADD, ...set(out)],
    ...[...get(count), ...constant(8), ...SUBTRACT, ...set(count)],
  ];
  const body = [
    ...[0x02, 4, I32, 5, V128],
    ...[...get(line), ...TIMES_8, ...set(line)],
    ...[...get(out), ...TIMES_8, ...set(out)],
    ...[...get(radius), ...TIMES_8, ...set(end)],
    ...when(get(count), repeat(eight, get(count))),
    0x0b,
  ];
  const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 4, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...text('js'), ...text('memory'), 0x02, 0x00, 0x01]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('sum'), 0x00, 0x00]),
    ...section(10, [1, ...sized(body)]),
  ]);
};

/** In WebAssembly; undefined where there is none, or none that computes two by two. */
export const wasmKernel = (): Kernel | undefined => {
  const { WebAssembly: wasm } = globalThis as { readonly WebAssembly?: Wasm };
  if (!wasm) return undefined;
  try {
    const memory = new wasm.Memory({ initial: 1 });
    const module = new wasm.Module(kernelBytes());
    const { sum } = new wasm.Instance(module, { js: { memory } }).exports;
    let floats = new Float64Array(memory.buffer);
    return {
      floats: () => floats,
      reserve: (count) => {
        if (count <= floats.length) return;
        memory.grow(Math.ceil((count - floats.length) / PAGE_FLOATS));
        floats = new Float64Array(memory.buffer);
      },
      sum: sum as Kernel['sum'],
    };
  } catch {
    return undefined;
  }
};

/** In JavaScript: four places at a time, and of the values that their weights meet two are new with each weight. */
export const plainKernel = (): Kernel => {
  let floats = new Float64Array(PAGE_FLOATS);
  const sum: Kernel['sum'] = (line, out, count, radius) => {
    const v = floats;
    const w0 = v[0] as number;
    for (let x = 0; x < count; x += 4) {
      const centre = line + x;
      let l0 = v[centre] as number;
      let l1 = v[centre + 1] as number;
      let l2 = v[centre + 2] as number;
      let l3 = v[centre + 3] as number;
      let [r0, r1, r2, r3] = [l0, l1, l2, l3];
      let a = w0 * l0;
      let b = w0 * l1;
      let c = w0 * l2;
      let d = w0 * l3;
      for (let k = 1; k <= radius; k++) {
        const w = v[k] as number;
        l3 = l2;
        l2 = l1;
        l1 = l0;
        l0 = v[centre - k] as number;
        r0 = r1;
        r1 = r2;
        r2 = r3;
        r3 = v[centre + 3 + k] as number;
        a += w * (l0 + r0);
        b += w * (l1 + r1);
        c += w * (l2 + r2);
        d += w * (l3 + r3);
      }
      v[out + x] = a;
      v[out + x + 1] = b;
      v[out + x + 2] = c;
      v[out + x + 3] = d;
    }
  };
  return {
    floats: () => floats,
    reserve: (count) => {
      if (count > floats.length) floats = new Float64Array(count);
    },
    sum,
  };
};
