import { flatBuffer, type Table, table } from './flatbuffer.ts';
import type { GraphNode, PackGraph, Weight } from './pack-graph.ts';

// Numbers of fields, operators and options are those of TensorFlow Lite's schema, version 3.

const VERSION = 3;
const IDENTIFIER = 'TFL3';

/** Operators by their number. */
export const OPERATORS = {
  ADD: 0,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  PAD: 34,
  MEAN: 40,
  BATCH_MATMUL: 126,
} as const;
type Operator = keyof typeof OPERATORS;

/** Which table of the union of options each operator takes. */
const OPTIONS: Readonly<Record<Operator, number>> = {
  CONV_2D: 1,
  DEPTHWISE_CONV_2D: 2,
  ADD: 11,
  PAD: 22,
  MEAN: 27,
  BATCH_MATMUL: 101,
};

const TENSOR_TYPES = { float32: 0, int32: 2 } as const;
const PADDINGS = { SAME: 0, VALID: 1 } as const;
const ACTIVATIONS = { NONE: 0, RELU6: 3 } as const;
type Padding = keyof typeof PADDINGS;
type Activation = keyof typeof ACTIVATIONS;

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type?: keyof typeof TENSOR_TYPES;
  /** Of a constant. */
  readonly data?: Float32Array | Int32Array;
}

interface Operation {
  readonly op: Operator;
  /** Names of tensors, as all of these. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly options: Table;
}

interface Parts {
  readonly tensors: readonly Tensor[];
  readonly operations: readonly Operation[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const model = ({ tensors, operations, inputs, outputs }: Parts): Uint8Array => {
  const order = new Map(tensors.map(({ name }, i) => [name, i]));
  const indices = (names: readonly string[]) => ({
    ints: names.map((name) => {
      const index = order.get(name);
      if (index === undefined) throw new Error(`there is no tensor ${name}`);
      return index;
    }),
  });
  const codes = [...new Set(operations.map(({ op }) => op))];
  // The first buffer is that of everything that is no constant.
  const buffers: Table[] = [table()];
  const tensorTables = tensors.map(({ name, shape, type = 'float32', data }) => {
    if (data)
      buffers.push(table({ bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }));
    return table(
      { ints: shape },
      { byte: TENSOR_TYPES[type] },
      { int: data ? buffers.length - 1 : 0 },
      { text: name },
    );
  });
  const subgraph = table(
    { tables: tensorTables },
    indices(inputs),
    indices(outputs),
    {
      tables: operations.map(({ op, inputs: from, output, options }) =>
        table(
          { int: codes.indexOf(op) },
          indices(from),
          indices([output]),
          { byte: OPTIONS[op] },
          options,
        ),
      ),
    },
    { text: 'main' },
  );
  const root = table(
    { int: VERSION },
    {
      // The number stands twice, in a byte and in a word; then comes the operator's version.
      tables: codes.map((op) =>
        table({ byte: OPERATORS[op] }, undefined, { int: 1 }, { int: OPERATORS[op] }),
      ),
    },
    { tables: [subgraph] },
    { text: 'tandem-cadx bench' },
    { tables: buffers },
  );
  return flatBuffer(root, IDENTIFIER);
};

/** Kernels of tfjs ([h, w, in, out], depthwise [h, w, in, 1]) in TensorFlow Lite's order ([out, h, w, in], [1, h, w, in]). */
export const toTfliteKernel = (
  { shape, data }: Weight,
  depthwise: boolean,
): { dims: number[]; data: Float32Array } => {
  const [h = 1, w = 1, inner = 1, out = 1] = shape;
  if (depthwise) {
    if (out !== 1) throw new Error('one map for each map is expected of a depthwise kernel');
    return { dims: [1, h, w, inner], data };
  }
  const rows = h * w * inner;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let o = 0; o < out; o++) turned[o * rows + row] = data[row * out + o] as number;
  return { dims: [out, h, w, inner], data: turned };
};

const weightOf = (graph: PackGraph, name: string | undefined): Weight => {
  const weight = graph.weights.get(name ?? '');
  if (!weight) throw new Error(`the graph has no weight ${name}`);
  return weight;
};

const convolutionOptions = (
  depthwise: boolean,
  padding: Padding,
  stride: number,
  activation: Activation,
): Table => {
  const one = { int: 1 };
  const placing = [{ byte: PADDINGS[padding] }, { int: stride }, { int: stride }] as const;
  const clamp = { byte: ACTIVATIONS[activation] };
  return depthwise ? table(...placing, one, clamp, one, one) : table(...placing, clamp, one, one);
};

/** The convolution with what only follows it, which TensorFlow Lite does in one: bias and clamp. */
const fusedWith = (graph: PackGraph, conv: GraphNode) => {
  const follower = (name: string, op: string) =>
    graph.nodes.find((n) => n.op === op && n.input[0] === name);
  const sum = follower(conv.name, 'BiasAdd');
  if (!sum?.input[1]) throw new Error(`${conv.name} has no bias`);
  const clamp = follower(sum.name, 'Relu6');
  return {
    bias: weightOf(graph, sum.input[1]),
    output: (clamp ?? sum).name,
    activation: clamp ? ('RELU6' as const) : ('NONE' as const),
  };
};

/** What has been written of the network so far. */
interface Draft {
  readonly graph: PackGraph;
  readonly tensors: Tensor[];
  readonly operations: Operation[];
  /** Names in the pack's graph to those of tensors here, where they are others. */
  readonly aliases: Map<string, string>;
}

const nameIn = ({ aliases }: Draft, name = ''): string => aliases.get(name) ?? name;

const shapeIn = ({ tensors }: Draft, name = ''): readonly number[] =>
  tensors.find((t) => t.name === name)?.shape ?? [];

const run = ({ tensors, operations }: Draft, operation: Operation, shape: readonly number[]) => {
  tensors.push({ name: operation.output, shape });
  operations.push(operation);
};

/** A border of `pad` zeros. */
const padded = (draft: Draft, input: string, pad: number, output: string): string => {
  const border = `${output}/border`;
  const data = Int32Array.of(0, 0, pad, pad, pad, pad, 0, 0);
  draft.tensors.push({ name: border, shape: [4, 2], type: 'int32', data });
  const [n = 0, h = 0, w = 0, c = 0] = shapeIn(draft, input);
  const shape = [n, h + 2 * pad, w + 2 * pad, c];
  run(draft, { op: 'PAD', inputs: [input, border], output, options: table() }, shape);
  return output;
};

const convolve = (draft: Draft, node: GraphNode): void => {
  const { name, stride, pad } = node;
  const depthwise = node.op === 'DepthwiseConv2dNative';
  const kernel = weightOf(draft.graph, node.input[1]);
  const { dims, data } = toTfliteKernel(kernel, depthwise);
  const { bias, output, activation } = fusedWith(draft.graph, node);
  const [, height = 1, width = 1] = dims;
  // With a stride, SAME would put the zeros on one side alone.
  const same = stride === 1 && height === width && 2 * pad === height - 1;
  const from = nameIn(draft, node.input[0]);
  const input = same || pad === 0 ? from : padded(draft, from, pad, `${name}/padded`);
  const [n = 0, h = 0, w = 0] = shapeIn(draft, input);
  const side = (length: number, window: number) =>
    same ? length : Math.floor((length - window) / stride) + 1;
  draft.tensors.push(
    { name: kernel.name, shape: dims, data },
    { name: bias.name, shape: bias.shape, data: bias.data },
  );
  const operation: Operation = {
    op: depthwise ? 'DEPTHWISE_CONV_2D' : 'CONV_2D',
    inputs: [input, kernel.name, bias.name],
    output: nameIn(draft, output),
    options: convolutionOptions(depthwise, same ? 'SAME' : 'VALID', stride, activation),
  };
  run(draft, operation, [n, side(h, height), side(w, width), bias.data.length]);
};

const write = (draft: Draft, node: GraphNode): void => {
  const inputs = node.input.map((name) => nameIn(draft, name));
  switch (node.op) {
    case 'Conv2D':
    case 'DepthwiseConv2dNative':
      return convolve(draft, node);
    case 'BiasAdd':
    case 'Relu6':
      // In the convolution before them; where they are not, whoever needs them finds no tensor.
      return;
    case 'AddV2': {
      const options = table({ byte: ACTIVATIONS.NONE });
      const output = nameIn(draft, node.name);
      return run(draft, { op: 'ADD', inputs, output, options }, shapeIn(draft, inputs[0]));
    }
    case 'Identity':
      return void draft.aliases.set(node.name, inputs[0] ?? '');
    default:
      throw new Error(`${node.name}: ${node.op} has no counterpart here`);
  }
};

/**
 * The pack's network for TensorFlow Lite, float32 and for `batch` patches: input as the pack names it
 * [batch, size, size, 1], outputs `pooled` [batch, 1, 1, c] and `map` [batch, h, w, c], which together are
 * what the product reads back. Throws on an operation that the shipped networks do not have.
 */
export const packToTflite = (graph: PackGraph, batch: number): Uint8Array => {
  const { backbone, patch } = graph.manifest;
  const tensors: Tensor[] = [{ name: backbone.input, shape: [batch, patch.size, patch.size, 1] }];
  const draft: Draft = {
    graph,
    tensors,
    operations: [],
    aliases: new Map([[graph.output, 'map']]),
  };
  for (const node of graph.nodes) write(draft, node);
  const axes = 'height and width';
  tensors.push({ name: axes, shape: [2], type: 'int32', data: Int32Array.of(1, 2) });
  const [n = 0, , , c = 0] = shapeIn(draft, 'map');
  const options = table({ byte: 1 });
  run(draft, { op: 'MEAN', inputs: ['map', axes], output: 'pooled', options }, [n, 1, 1, c]);
  const { operations } = draft;
  return model({ tensors, operations, inputs: [backbone.input], outputs: ['pooled', 'map'] });
};

/** A plain product of two square matrices, `a` and `b`, into `c`: what the backend can do at best. */
export const matrixProductTflite = (side: number): Uint8Array => {
  const shape = [side, side];
  const options = table({ byte: 0 }, { byte: 0 });
  return model({
    tensors: ['a', 'b', 'c'].map((name) => ({ name, shape })),
    operations: [{ op: 'BATCH_MATMUL', inputs: ['a', 'b'], output: 'c', options }],
    inputs: ['a', 'b'],
    outputs: ['c'],
  });
};
