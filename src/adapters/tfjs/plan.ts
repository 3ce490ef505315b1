import { engine, type NamedAttrMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { GraphNode } from './fuse-graph.ts';

/** One kernel of the network. */
interface Step {
  /** The value that it gives. */
  readonly name: string;
  readonly kernel: 'FusedConv2D' | 'FusedDepthwiseConv2D' | 'Add';
  /** Values and weights that it takes: map, filter and bias, or the two that are added. */
  readonly inputs: readonly string[];
  readonly attrs: NamedAttrMap;
  /** Values that nothing takes afterwards. */
  readonly spent: readonly string[];
}

/** The kernels of a network in their order, for `runPlan`. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The value of each tap, in order; a tap may be another name of an earlier value. */
  readonly taps: readonly string[];
  readonly weights: ReadonlySet<string>;
}

interface Attribute {
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

const KERNELS: Readonly<Record<string, Step['kernel']>> = {
  _FusedConv2D: 'FusedConv2D',
  FusedDepthwiseConv2dNative: 'FusedDepthwiseConv2D',
  AddV2: 'Add',
};
const ACTIVATIONS: Readonly<Record<string, string>> = { Relu: 'relu', Relu6: 'relu6' };

const attribute = ({ attr }: GraphNode, name: string) => attr?.[name] as Attribute | undefined;
const text = (encoded: string | undefined) => (encoded === undefined ? undefined : atob(encoded));
const numbers = (node: GraphNode, name: string) => attribute(node, name)?.list?.i?.map(Number);

const paddingOf = (node: GraphNode) => {
  const padding = text(attribute(node, 'padding')?.s)?.toLowerCase();
  if (padding === 'same' || padding === 'valid') return padding;
  const [, , top, bottom, left, right] = numbers(node, 'explicit_paddings') ?? [];
  if (padding !== 'explicit' || right === undefined) return undefined;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
};

/** What the kernel of a fused convolution is told; undefined where it is not one of ours. */
const convolutionAttrs = (node: GraphNode): NamedAttrMap | undefined => {
  const [, down, across] = numbers(node, 'strides') ?? [];
  const [, rows = 1, columns = 1] = numbers(node, 'dilations') ?? [];
  const pad = paddingOf(node);
  const [bias, activation] = (attribute(node, 'fused_ops')?.list?.s ?? []).map(atob);
  const named = activation === undefined ? 'linear' : ACTIVATIONS[activation];
  const format = text(attribute(node, 'data_format')?.s) ?? 'NHWC';
  if (!down || !across || !pad || bias !== 'BiasAdd' || !named || format !== 'NHWC')
    return undefined;
  return {
    strides: [down, across],
    dilations: [rows, columns],
    pad,
    dataFormat: 'NHWC',
    activation: named,
    leakyreluAlpha: 0,
  } as unknown as NamedAttrMap;
};

const stepOf = (node: GraphNode): Omit<Step, 'spent'> | undefined => {
  const { name, op, input: inputs = [] } = node;
  const kernel = KERNELS[op];
  if (!kernel || inputs.length !== (kernel === 'Add' ? 2 : 3)) return undefined;
  const attrs = kernel === 'Add' ? {} : convolutionAttrs(node);
  return attrs && { name, kernel, inputs, attrs };
};

/** The nodes that `wanted` need, each after what it takes. Undefined where they go round in a circle. */
const inOrder = (byName: ReadonlyMap<string, GraphNode>, wanted: readonly string[]) => {
  const ordered: GraphNode[] = [];
  const done = new Set<string>();
  const open = new Set<string>();
  const waiting = wanted.toReversed();
  for (let name = waiting.at(-1); name !== undefined; name = waiting.at(-1)) {
    const node = byName.get(name);
    const missing = node?.input?.filter((input) => !done.has(input)) ?? [];
    if (done.has(name) || !node || missing.length === 0) {
      if (node && !done.has(name)) ordered.push(node);
      done.add(name);
      waiting.pop();
    } else {
      if (open.has(name)) return undefined;
      open.add(name);
      waiting.push(...missing);
    }
  }
  return ordered;
};

/**
 * The kernels of a fused graph (see fuse-graph.ts) from `input` to `taps`: tfjs' interpreter does
 * more than a kernel's worth of work around some of them. Undefined where the graph has anything but
 * fused convolutions, sums and other names for the same value: the interpreter knows those.
 */
export const planOf = (
  nodes: readonly GraphNode[],
  input: string,
  taps: readonly string[],
): Plan | undefined => {
  const ordered = inOrder(new Map(nodes.map((node) => [node.name, node])), taps);
  if (!ordered) return undefined;
  const weights = new Set<string>();
  const same = new Map<string, string>();
  const known = (name: string): string => same.get(name) ?? name;
  const steps: Omit<Step, 'spent'>[] = [];
  const values = new Set([input]);
  for (const node of ordered) {
    if (node.op === 'Const') weights.add(node.name);
    else if (node.op === 'Identity' && node.input?.[0] !== undefined)
      same.set(node.name, known(node.input[0]));
    else if (node.name !== input) {
      const step = stepOf(node);
      const inputs = step?.inputs.map(known) ?? [];
      const [first = '', ...others] = inputs;
      const wanted = step?.kernel === 'Add' ? values : weights;
      if (!step || !values.has(first) || !others.every((name) => wanted.has(name)))
        return undefined;
      steps.push({ ...step, inputs });
      values.add(step.name);
    }
  }
  const kept = taps.map(known);
  if (!kept.every((tap) => tap !== input && values.has(tap))) return undefined;
  const lastUse = new Map(steps.flatMap(({ inputs }, i) => inputs.map((name) => [name, i])));
  const spentAt = (step: number) =>
    [...lastUse].flatMap(([name, last]) =>
      last === step && name !== input && values.has(name) && !kept.includes(name) ? [name] : [],
    );
  return { steps: steps.map((step, i) => ({ ...step, spent: spentAt(i) })), taps: kept, weights };
};

/**
 * The maps of the taps for `x` [n, h, w, c]. Nothing checks that shapes fit: only for a graph that the
 * interpreter has run with patches of this size. To be called inside `tidy`.
 */
export const runPlan = (
  { steps, taps }: Plan,
  weights: ReadonlyMap<string, Tensor>,
  input: string,
  x: Tensor4D,
): Tensor[] => {
  const values = new Map<string, Tensor>([[input, x]]);
  const take = (name: string): Tensor => {
    const tensor = values.get(name) ?? weights.get(name);
    if (!tensor) throw new Error(`the network has no ${name}`);
    return tensor;
  };
  for (const { name, kernel, inputs, attrs, spent } of steps) {
    const [a, b, c] = inputs.map(take) as [Tensor, Tensor, Tensor];
    const given = kernel === 'Add' ? { a, b } : { x: a, filter: b, bias: c };
    values.set(name, engine().runKernel<Tensor>(kernel, given, attrs));
    for (const old of spent) values.get(old)?.dispose();
  }
  return taps.map(take);
};

/**
 * The same plan with each convolution of a map of one channel as a depthwise one that multiplies it
 * (the filter [h, w, 1, c] means the same to both): the GPU kernels make a matrix product of the one,
 * for which nine products a sum are far too few.
 */
export const oneChannelAsDepthwise = (plan: Plan, weights: ReadonlyMap<string, Tensor>): Plan => ({
  ...plan,
  steps: plan.steps.map((step) =>
    step.kernel === 'FusedConv2D' && weights.get(step.inputs[1] ?? '')?.shape[2] === 1
      ? { ...step, kernel: 'FusedDepthwiseConv2D' }
      : step,
  ),
});
