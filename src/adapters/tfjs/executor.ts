import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import { getBackend, io, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { fuseModel, type GraphNode } from './fuse-graph.ts';
import { graphArtifacts } from './graph-artifacts.ts';
import { oneChannelAsDepthwise, planOf, runPlan } from './plan.ts';

/** A pack's graph, ready to run on the current backend. */
export interface Executor {
  /** The maps of the taps, in their order, for `x` [n, size, size, 1]. To be called inside `tidy`. */
  run(x: Tensor4D): Tensor[];
  /** Frees the weights. */
  dispose(): void;
}

/** A graph of a pack: its model.json, its input node, and the nodes whose maps are wanted. */
export interface GraphTaps {
  readonly file: string;
  readonly input: string;
  readonly taps: readonly { readonly node: string }[];
}

/** The weights that a plan takes; undefined where one is missing or of another type than float32. */
const weightsOf = (model: GraphModel, names: ReadonlySet<string>) => {
  const weights = new Map<string, Tensor>();
  for (const name of names) {
    const tensor = model.weights[name]?.[0];
    if (tensor?.dtype !== 'float32') return undefined;
    weights.set(name, tensor);
  }
  return weights;
};

/**
 * Loads the graph of a pack whose files are verified. Its first run goes through tfjs' interpreter,
 * which checks every shape; later ones call the kernels themselves, where the graph allows it.
 */
export const loadExecutor = async (
  { file, input, taps }: GraphTaps,
  files: ReadonlyMap<string, ArrayBuffer>,
): Promise<Executor> => {
  const nodes = taps.map((tap) => tap.node);
  const artifacts = fuseModel(await graphArtifacts(files, file), nodes);
  const model = await loadGraphModel(io.fromMemory(artifacts));
  const topology = artifacts.modelTopology as { node?: readonly GraphNode[] } | undefined;
  const found = planOf(topology?.node ?? [], input, nodes);
  const weights = found && weightsOf(model, found.weights);
  const onGpu = getBackend() === 'webgpu';
  const plan = found && weights && (onGpu ? oneChannelAsDepthwise(found, weights) : found);
  let checked = false;
  return {
    run: (x) => {
      if (checked && plan) return runPlan(plan, weights, input, x);
      const outputs = model.execute({ [input]: x }, nodes);
      checked = true;
      return (Array.isArray(outputs) ? outputs : [outputs]) as Tensor[];
    },
    dispose: () => model.dispose(),
  };
};
