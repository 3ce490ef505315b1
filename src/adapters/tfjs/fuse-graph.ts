import type { io } from '@tensorflow/tfjs-core';

/** One node of a graph model's topology, as its file has it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const FUSED: Readonly<Record<string, string>> = {
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
};
const ACTIVATIONS = new Set(['Relu', 'Relu6']);

/** `name`, `name:0` or `^name` of a node's input to the name of the node. */
const sourceOf = (input: string): string => input.replace(/^\^/, '').replace(/:\d+$/, '');

/** The one node that takes a node's output first of all its inputs; undefined where more take it. */
const onlyConsumers = (nodes: readonly GraphNode[]) => {
  const consumers = new Map<string, GraphNode[]>();
  for (const node of nodes)
    for (const input of node.input ?? []) {
      const source = sourceOf(input);
      const known = consumers.get(source);
      if (known) known.push(node);
      else consumers.set(source, [node]);
    }
  return ({ name }: GraphNode): GraphNode | undefined => {
    const [first, ...others] = consumers.get(name) ?? [];
    return first && others.length === 0 && sourceOf(first.input?.[0] ?? '') === name
      ? first
      : undefined;
  };
};

const fusedNode = (
  conv: GraphNode,
  bias: GraphNode,
  activation: GraphNode | undefined,
): GraphNode => ({
  name: (activation ?? bias).name,
  op: FUSED[conv.op] as string,
  input: [...(conv.input ?? []), bias.input?.[1] ?? ''],
  attr: {
    ...conv.attr,
    fused_ops: { list: { s: [btoa('BiasAdd'), ...(activation ? [btoa(activation.op)] : [])] } },
    num_args: { i: '1' },
  },
});

/**
 * The nodes with each convolution, the bias after it and the clamp after that as one: one pass over
 * the map instead of three. The value of every node named in `keep` stays to be had under its name.
 * What else looks at an intermediate value leaves that convolution as it was.
 */
export const fuseConvolutions = (
  nodes: readonly GraphNode[],
  keep: ReadonlySet<string>,
): readonly GraphNode[] => {
  const onlyConsumer = onlyConsumers(nodes);
  const next = (node: GraphNode) => (keep.has(node.name) ? undefined : onlyConsumer(node));
  const gone = new Set<string>();
  const fused = new Map<string, GraphNode>();
  for (const conv of nodes.filter(({ op }) => op in FUSED)) {
    const bias = next(conv);
    if (bias?.op !== 'BiasAdd') continue;
    const after = next(bias);
    const activation = after && ACTIVATIONS.has(after.op) ? after : undefined;
    const last = (activation ?? bias).name;
    [conv.name, bias.name].filter((name) => name !== last).forEach((name) => gone.add(name));
    fused.set(last, fusedNode(conv, bias, activation));
  }
  return nodes.flatMap((node) => (gone.has(node.name) ? [] : [fused.get(node.name) ?? node]));
};

/** The same for a whole graph model; `taps` are the nodes that will be asked for. */
export const fuseModel = (
  artifacts: io.ModelArtifacts,
  taps: readonly string[],
): io.ModelArtifacts => {
  const topology = artifacts.modelTopology as { node?: readonly GraphNode[] } | undefined;
  if (!topology?.node) return artifacts;
  const { inputs = {}, outputs = {} } = (artifacts.signature ?? {}) as Record<string, object>;
  const keep = new Set([...taps, ...Object.keys(inputs), ...Object.keys(outputs)]);
  const node = fuseConvolutions(topology.node, keep);
  return { ...artifacts, modelTopology: { ...topology, node } };
};
