import { describe, expect, it } from 'vitest';
import { flatBuffer, table } from './flatbuffer.ts';
import { type PackGraph, readPackGraph } from './pack-graph.ts';
import { PACK } from './paths.ts';
import { matrixProductTflite, OPERATORS, packToTflite, toTfliteKernel } from './tflite.ts';

/** Reads what a file says back, by the format's rules: positions are of tables, lists and texts. */
const reader = (file: Uint8Array) => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => view.getInt32(at, true);
  const follow = (at: number) => at + view.getUint32(at, true);
  /** Where the field stands; undefined where it was left out. */
  const field = (at: number, id: number): number | undefined => {
    const list = at - word(at);
    const known = 4 + 2 * id < view.getUint16(list, true);
    const offset = known ? view.getUint16(list + 4 + 2 * id, true) : 0;
    return offset === 0 ? undefined : at + offset;
  };
  const behind = (at: number, id: number): number => {
    const found = field(at, id);
    if (found === undefined) throw new Error(`field ${id} was left out`);
    return follow(found);
  };
  const numbers = (list: number) =>
    Array.from({ length: word(list) }, (_, i) => word(list + 4 + 4 * i));
  const text = (at: number) => new TextDecoder().decode(file.subarray(at + 4, at + 4 + word(at)));
  return {
    root: follow(0),
    identifier: new TextDecoder().decode(file.subarray(4, 8)),
    int: (at: number, id: number) => word(field(at, id) ?? Number.NaN),
    byte: (at: number, id: number) => view.getUint8(field(at, id) ?? Number.NaN),
    has: (at: number, id: number) => field(at, id) !== undefined,
    table: behind,
    text: (at: number, id: number) => text(behind(at, id)),
    ints: (at: number, id: number) => numbers(behind(at, id)),
    tables: (at: number, id: number) => {
      const list = behind(at, id);
      return numbers(list).map((_, i) => follow(list + 4 + 4 * i));
    },
    /** The bytes of a list, and where they begin. */
    bytes: (at: number, id: number) => {
      const list = behind(at, id);
      return { at: list + 4, bytes: file.slice(list + 4, list + 4 + word(list)) };
    },
  };
};

/** The parts of a model that the tests look at. */
const readModel = (file: Uint8Array) => {
  const read = reader(file);
  const codes = read.tables(read.root, 1).map((code) => {
    expect(read.byte(code, 0)).toBe(read.int(code, 3));
    return read.int(code, 3);
  });
  const buffers = read.tables(read.root, 4);
  const [graph = 0, ...others] = read.tables(read.root, 2);
  expect(others).toEqual([]);
  const tensors = read.tables(graph, 0).map((tensor) => {
    const buffer = buffers[read.int(tensor, 2)] ?? 0;
    return {
      name: read.text(tensor, 3),
      shape: read.ints(tensor, 0),
      type: read.byte(tensor, 1),
      data: read.has(buffer, 0) ? read.bytes(buffer, 0) : undefined,
    };
  });
  const named = (indices: readonly number[]) => indices.map((i) => tensors[i]?.name ?? '');
  const operations = read.tables(graph, 3).map((operation) => ({
    op: codes[read.int(operation, 0)],
    inputs: named(read.ints(operation, 1)),
    outputs: named(read.ints(operation, 2)),
    options: read.table(operation, 4),
  }));
  const [inputs, outputs] = [named(read.ints(graph, 1)), named(read.ints(graph, 2))];
  return { read, buffers, tensors, operations, inputs, outputs };
};

const count = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

describe('flatBuffer', () => {
  it('writes a table behind the places of its fields, each at a multiple of its size', () => {
    const file = flatBuffer(table({ byte: 1 }, undefined, { int: 7 }), 'TEST');
    const letters = Array.from('TEST', (letter) => letter.charCodeAt(0));
    expect([...file]).toEqual([
      ...[20, 0, 0, 0, ...letters, 0, 0],
      ...[10, 0, 9, 0, 8, 0, 0, 0, 4, 0],
      ...[10, 0, 0, 0, 7, 0, 0, 0, 1],
    ]);
  });

  it('writes texts, lists and tables that are read back, and bytes at a multiple of 16', () => {
    const inner = ['first', 'é'].map((text) => table({ text }));
    const bytes = Uint8Array.of(1, 2, 3);
    const read = reader(
      flatBuffer(table({ ints: [-1, 2] }, { tables: inner }, { bytes }, table({ int: 5 })), 'TEST'),
    );
    expect(read.identifier).toBe('TEST');
    expect(read.ints(read.root, 0)).toEqual([-1, 2]);
    expect(read.tables(read.root, 1).map((at) => read.text(at, 0))).toEqual(['first', 'é']);
    expect(read.bytes(read.root, 2).bytes).toEqual(bytes);
    expect(read.bytes(read.root, 2).at % 16).toBe(0);
    expect(read.int(read.table(read.root, 3), 0)).toBe(5);
    expect(read.has(read.root, 4)).toBe(false);
  });
});

describe('toTfliteKernel', () => {
  it('puts the outputs first, and leaves depthwise kernels as they are', () => {
    const data = Float32Array.from({ length: 12 }, (_, i) => i);
    const full = toTfliteKernel({ name: '', shape: [2, 1, 3, 2], data }, false);
    expect(full.dims).toEqual([2, 2, 1, 3]);
    expect([...full.data]).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
    const depthwise = toTfliteKernel({ name: '', shape: [2, 2, 3, 1], data }, true);
    expect(depthwise).toEqual({ dims: [1, 2, 2, 3], data });
    expect(() => toTfliteKernel({ name: '', shape: [2, 1, 3, 2], data }, true)).toThrow('one map');
  });
});

describe('packToTflite', () => {
  const graph = readPackGraph(PACK);
  const { read, buffers, tensors, operations, inputs, outputs } = readModel(packToTflite(graph, 4));
  const shapeOf = (name: string) => tensors.find((t) => t.name === name)?.shape;

  it('writes the schema that LiteRT reads, with an empty first buffer', () => {
    expect(read.identifier).toBe('TFL3');
    expect(read.int(read.root, 0)).toBe(3);
    expect(read.has(buffers[0] as number, 0)).toBe(false);
  });

  it('has every layer of the shipped network once, with bias and clamp in it', () => {
    const of = (op: number) => operations.filter((operation) => operation.op === op);
    const relu6 = (op: number, id: number) =>
      of(op).filter(({ options }) => read.byte(options, id) === 3).length;
    expect(of(OPERATORS.CONV_2D)).toHaveLength(35);
    expect(relu6(OPERATORS.CONV_2D, 3)).toBe(18);
    expect(of(OPERATORS.DEPTHWISE_CONV_2D)).toHaveLength(17);
    expect(relu6(OPERATORS.DEPTHWISE_CONV_2D, 4)).toBe(17);
    expect(of(OPERATORS.ADD)).toHaveLength(10);
    expect(of(OPERATORS.MEAN)).toHaveLength(1);
    expect(operations).toHaveLength(35 + 17 + 10 + 1 + 5);
  });

  it('pads what has a stride by itself, alike on all sides', () => {
    const pads = operations.filter(({ op }) => op === OPERATORS.PAD);
    expect(pads).toHaveLength(5);
    expect(pads.map(({ outputs: [name = ''] }) => shapeOf(name)?.[1])).toEqual([
      162, 82, 42, 22, 12,
    ]);
    const border = tensors.find(({ name }) => name === pads[0]?.inputs[1]);
    expect(border?.type).toBe(2);
    expect([...new Int32Array(border?.data?.bytes.buffer ?? new ArrayBuffer())]).toEqual([
      0, 0, 1, 1, 1, 1, 0, 0,
    ]);
  });

  it('takes patches and gives means and map, of the batch asked for', () => {
    expect(inputs).toEqual(['patch']);
    expect(outputs).toEqual(['pooled', 'map']);
    expect(shapeOf('patch')).toEqual([4, 160, 160, 1]);
    expect(shapeOf('map')).toEqual([4, 5, 5, 1280]);
    expect(shapeOf('pooled')).toEqual([4, 1, 1, 1280]);
    const single = readModel(packToTflite(graph, 1));
    expect(single.tensors.find(({ name }) => name === 'map')?.shape).toEqual([1, 5, 5, 1280]);
  });

  it('names every tensor once, fills each constant, and computes the others before they are used', () => {
    expect(new Set(tensors.map(({ name }) => name)).size).toBe(tensors.length);
    const ready = new Set(inputs);
    for (const { name, shape, data } of tensors) {
      if (!data) continue;
      ready.add(name);
      expect(data.bytes).toHaveLength(4 * count(shape));
      expect(data.at % 16).toBe(0);
    }
    for (const operation of operations) {
      expect(operation.inputs.filter((name) => !ready.has(name))).toEqual([]);
      operation.outputs.forEach((name) => ready.add(name));
    }
    expect(tensors.filter(({ name }) => !ready.has(name))).toEqual([]);
  });

  it('has the weights of the pack', () => {
    const { shape = [], data } = graph.weights.get('block1/1/weight') ?? {};
    const written = tensors.find(({ name }) => name === 'block1/1/weight');
    expect(written?.shape).toEqual([1, ...shape.slice(0, 3)]);
    expect(new Float32Array(written?.data?.bytes.buffer ?? new ArrayBuffer())).toEqual(data);
  });

  it('refuses what it has no counterpart for, and a clamp that follows no convolution', () => {
    const changed = (from: string, to: string): PackGraph => ({
      ...graph,
      nodes: graph.nodes.map((node) => (node.op === from ? { ...node, op: to } : node)),
    });
    expect(() => packToTflite(changed('AddV2', 'Mul'), 1)).toThrow('Mul has no counterpart');
    expect(() => packToTflite(changed('AddV2', 'Relu6'), 1)).toThrow('there is no tensor block2');
    expect(() => packToTflite(changed('BiasAdd', 'Identity'), 1)).toThrow('has no bias');
  });
});

describe('matrixProductTflite', () => {
  it('multiplies two inputs', () => {
    const { tensors, operations, inputs, outputs } = readModel(matrixProductTflite(256));
    expect(tensors.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['a', 256, 256],
      ['b', 256, 256],
      ['c', 256, 256],
    ]);
    expect(operations.map(({ op }) => op)).toEqual([OPERATORS.BATCH_MATMUL]);
    expect([inputs, outputs]).toEqual([['a', 'b'], ['c']]);
  });
});
