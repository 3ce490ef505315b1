import type { GraphNode, PackGraph, Weight } from './pack-graph.ts';
import { bytes, integer, message } from './protobuf.ts';

// Field numbers are those of onnx.proto (ONNX 1.12, IR version 8).

const FLOAT = 1;
const OPSET = 17;

const tensor = (name: string, dims: readonly number[], data: Float32Array): Uint8Array =>
  message(
    ...dims.map((d) => integer(1, d)),
    integer(2, FLOAT),
    bytes(8, name),
    bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );

/** A numbered size, or the name of one that is left open. */
type Size = number | string;

const valueInfo = (name: string, dims: readonly Size[]): Uint8Array => {
  const shape = dims.map((d) => bytes(1, typeof d === 'number' ? integer(1, d) : bytes(2, d)));
  const type = bytes(1, message(integer(1, FLOAT), bytes(2, message(...shape))));
  return message(bytes(1, name), bytes(2, type));
};

const ints = (name: string, values: readonly number[]): Uint8Array =>
  bytes(5, message(bytes(1, name), ...values.map((v) => integer(8, v)), integer(20, 7)));

const int = (name: string, value: number): Uint8Array =>
  bytes(5, message(bytes(1, name), integer(3, value), integer(20, 2)));

const node = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Uint8Array =>
  message(
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(3, output),
    bytes(4, op),
    ...attributes,
  );

interface Parts {
  readonly nodes: readonly Uint8Array[];
  readonly tensors: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

const model = ({ nodes, tensors, inputs, outputs }: Parts): Uint8Array => {
  const graph = message(
    ...nodes.map((n) => bytes(1, n)),
    bytes(2, 'graph'),
    ...tensors.map((t) => bytes(5, t)),
    ...inputs.map((v) => bytes(11, v)),
    ...outputs.map((v) => bytes(12, v)),
  );
  const opset = message(bytes(1, ''), integer(2, OPSET));
  return message(integer(1, 8), bytes(2, 'tandem-cadx bench'), bytes(7, graph), bytes(8, opset));
};

/** Kernels of tfjs ([h, w, in, out], depthwise [h, w, in, 1]) in ONNX's order ([out, in, h, w]). */
export const toOnnxKernel = (
  { shape, data }: Weight,
  depthwise: boolean,
): { dims: number[]; data: Float32Array } => {
  const [h = 1, w = 1, third = 1, fourth = 1] = shape;
  const [out, inner] = depthwise ? [third, fourth] : [fourth, third];
  const turned = new Float32Array(data.length);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let o = 0; o < out; o++)
        for (let i = 0; i < inner; i++) {
          const [a, b] = depthwise ? [o, i] : [i, o];
          const from = ((y * w + x) * third + a) * fourth + b;
          turned[((o * inner + i) * h + y) * w + x] = data[from] as number;
        }
  return { dims: [out, inner, h, w], data: turned };
};

const weightOf = (graph: PackGraph, name: string | undefined): Weight => {
  const weight = graph.weights.get(name ?? '');
  if (!weight) throw new Error(`the graph has no weight ${name}`);
  return weight;
};

/** A convolution takes its bias as an input of its own; BiasAdd then only hands on. */
const biasOf = (graph: PackGraph, conv: GraphNode): { bias: string; sum: string } => {
  const add = graph.nodes.find((n) => n.op === 'BiasAdd' && n.input[0] === conv.name);
  if (!add?.input[1]) throw new Error(`${conv.name} has no bias`);
  return { bias: add.input[1], sum: add.name };
};

/**
 * The pack's network as ONNX, float32: input `patch` [n, 1, size, size], outputs `pooled`
 * [n, c, 1, 1] and `map` [n, c, h, w], which together are what the product reads back. Throws on an
 * operation that the shipped networks do not have.
 */
export const packToOnnx = (graph: PackGraph): Uint8Array => {
  const { size } = graph.manifest.patch;
  const shape = graph.manifest.backbone.taps[0]?.shape ?? [1, 1, 1];
  const nodes: Uint8Array[] = [];
  const tensors = [tensor('zero', [], Float32Array.of(0)), tensor('six', [], Float32Array.of(6))];
  for (const n of graph.nodes) {
    const [x = '', second = ''] = n.input;
    const output = n.name === graph.output ? 'map' : n.name;
    const input = x === graph.output ? 'map' : x;
    switch (n.op) {
      case 'Conv2D':
      case 'DepthwiseConv2dNative': {
        const depthwise = n.op === 'DepthwiseConv2dNative';
        const { dims, data } = toOnnxKernel(weightOf(graph, second), depthwise);
        const { bias, sum } = biasOf(graph, n);
        const { data: biases } = weightOf(graph, bias);
        tensors.push(tensor(second, dims, data), tensor(bias, [biases.length], biases));
        const attributes = [
          ints('kernel_shape', dims.slice(2)),
          ints('strides', [n.stride, n.stride]),
          ints('pads', [n.pad, n.pad, n.pad, n.pad]),
          int('group', depthwise ? (dims[0] as number) : 1),
        ];
        const name = sum === graph.output ? 'map' : sum;
        nodes.push(node('Conv', [input, second, bias], name, attributes));
        break;
      }
      case 'BiasAdd':
        break;
      case 'Relu6':
        nodes.push(node('Clip', [input, 'zero', 'six'], output));
        break;
      case 'AddV2':
        nodes.push(node('Add', [input, second], output));
        break;
      case 'Identity':
        nodes.push(node('Identity', [input], output));
        break;
      default:
        throw new Error(`${n.name}: ${n.op} has no counterpart here`);
    }
  }
  nodes.push(node('GlobalAveragePool', ['map'], 'pooled'));
  return model({
    nodes,
    tensors,
    inputs: [valueInfo(graph.manifest.backbone.input, ['n', 1, size, size])],
    outputs: [
      valueInfo('pooled', ['n', shape[2], 1, 1]),
      valueInfo('map', ['n', shape[2], shape[0], shape[1]]),
    ],
  });
};

/** A plain product of two square matrices, `a` and `b`, into `c`: what the backend can do at best. */
export const matrixProductOnnx = (side: number): Uint8Array =>
  model({
    nodes: [node('MatMul', ['a', 'b'], 'c')],
    tensors: [],
    inputs: ['a', 'b'].map((name) => valueInfo(name, [side, side])),
    outputs: [valueInfo('c', [side, side])],
  });
