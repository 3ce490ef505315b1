import type { GraphNode, PackGraph } from './pack-graph.ts';

/** What the layers of the network are grouped by, in the order of the tables. */
export const LAYER_KINDS = [
  'first 3 x 3',
  '1 x 1, widening',
  '1 x 1, narrowing, and the sum after it',
  'depthwise 3 x 3, stride 1',
  'depthwise 3 x 3, stride 2',
] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** One layer with its bias and clamp; `name` is the node of the sum, as onnxruntime names it. */
export interface Layer {
  readonly name: string;
  readonly kind: LayerKind;
  /** A sum of two maps: onnxruntime does it in the convolution before it, and has no time of its own. */
  readonly sum?: true;
}

/** Milliseconds of one kernel of one run. */
export interface LayerTime {
  readonly name: string;
  readonly milliseconds: number;
}

const kindOf = (graph: PackGraph, node: GraphNode): LayerKind | undefined => {
  if (node.op === 'AddV2') return '1 x 1, narrowing, and the sum after it';
  if (node.op === 'DepthwiseConv2dNative')
    return node.stride === 1 ? 'depthwise 3 x 3, stride 1' : 'depthwise 3 x 3, stride 2';
  if (node.op !== 'Conv2D') return undefined;
  const [height, , inner = 0, outer = 0] = graph.weights.get(node.input[1] ?? '')?.shape ?? [];
  if (height !== 1) return 'first 3 x 3';
  return outer > inner ? '1 x 1, widening' : '1 x 1, narrowing, and the sum after it';
};

/** The layers that compute, in the order in which they do. */
export const layersOf = (graph: PackGraph): Layer[] =>
  graph.nodes.flatMap((node) => {
    const kind = kindOf(graph, node);
    if (!kind) return [];
    const sum = graph.nodes.find((n) => n.op === 'BiasAdd' && n.input[0] === node.name);
    return sum ? [{ name: sum.name, kind }] : [{ name: node.name, kind, sum: true }];
  });

/** Kernels of tfjs that are layers; the rest of a profile are wrappers (`...__op`) and bookkeeping. */
const TFJS_LAYER = /^(FusedConv2D|FusedDepthwiseConv2D|Add)$/;

/**
 * The kernels of one run of the fused graph on tfjs, which come without names but in order, by their
 * layers' names. Throws where the run had another number of layers.
 */
export const nameTfjsKernels = (
  layers: readonly Layer[],
  kernels: readonly LayerTime[],
): LayerTime[] => {
  const own = kernels.filter(({ name }) => TFJS_LAYER.test(name));
  if (own.length !== layers.length)
    throw new Error(`tfjs ran ${own.length} layers where the network has ${layers.length}`);
  return own.map(({ milliseconds }, i) => ({ name: layers[i]?.name ?? '', milliseconds }));
};

/** Milliseconds of one run by kind. Throws where a convolution has no time: a gap must not look fast. */
export const byKind = (
  layers: readonly Layer[],
  times: readonly LayerTime[],
): Map<LayerKind, number> => {
  const timed = new Map<string, number>();
  for (const { name, milliseconds } of times)
    timed.set(name, (timed.get(name) ?? 0) + milliseconds);
  const sums = new Map<LayerKind, number>();
  for (const { name, kind, sum } of layers) {
    const ms = timed.get(name) ?? (sum ? 0 : undefined);
    if (ms === undefined) throw new Error(`${name} was not timed`);
    sums.set(kind, (sums.get(kind) ?? 0) + ms);
  }
  return sums;
};

const NODE = '_kernel_time';

interface OrtEvent {
  readonly name: string;
  readonly cat: string;
  /** Microseconds. */
  readonly dur: number;
}

const ortEvents = (lines: readonly string[]): OrtEvent[] =>
  lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line.replace(/,\s*$/, '')) as OrtEvent);

/** `stem/sum_token_2&Conv&Conv2dMM`, as its WebGPU provider names a kernel, to `stem/sum`. */
const gpuLayer = (name: string) => (name.split('&')[0] ?? '').replace(/_token_\d+$/, '');

/**
 * The runs in what onnxruntime-web prints when profiling ends: the kernels of each, in order. Where
 * the graphics card timed them, its times are taken: those of the processor are of asking alone, and
 * the card's come without a mark between the runs. Throws where they are not as many in each.
 */
export const runsOfOrtProfile = (lines: readonly string[]): LayerTime[][] => {
  const runs: LayerTime[][] = [];
  const gpu: LayerTime[] = [];
  let current: LayerTime[] = [];
  for (const { name, cat, dur } of ortEvents(lines)) {
    const milliseconds = dur / 1000;
    if (cat === 'Api') gpu.push({ name: gpuLayer(name), milliseconds });
    else if (cat === 'Node' && name.endsWith(NODE))
      current.push({ name: name.slice(0, -NODE.length), milliseconds });
    if (name !== 'model_run') continue;
    runs.push(current);
    current = [];
  }
  if (gpu.length === 0) return runs;
  const each = gpu.length / runs.length;
  if (!Number.isInteger(each)) throw new Error(`${gpu.length} kernels in ${runs.length} runs`);
  return runs.map((_, i) => gpu.slice(i * each, (i + 1) * each));
};
