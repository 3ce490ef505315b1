import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { candidateTaps } from '../cv/feature-sets.ts';
import type { Problem, Roi } from '../data/rois.ts';
import { extractFeatures } from '../features/extract.ts';
import type { PatchRules } from '../features/patches.ts';
import { assignFolds } from '../protocol/folds.ts';
import {
  describeGraph,
  openNetwork,
  readGraph,
  type GraphDescription,
  type GraphFiles,
} from '../network/node-network.ts';
import { toHalfGraph } from '../pack/half-graph.ts';
import type { Tap } from '../../src/core/features/tap.ts';

/** A roi whose outcome is known: only these can be trained on. */
export type LabelledRoi = Roi & { readonly malignant: boolean };

export const labelled = (rois: readonly Roi[]): { rois: LabelledRoi[]; problems: Problem[] } => {
  const has = (roi: Roi): roi is LabelledRoi => roi.malignant !== undefined;
  const problems = rois
    .filter((roi) => !has(roi))
    .map(({ line }) => ({ line, reason: 'pathology is empty: the row cannot be trained on' }));
  return { rois: rois.filter(has), problems };
};

/** Outer fold of each patient: the table's own folds where it has them, else dealt by the seed. */
export const foldsOf = (
  rois: readonly LabelledRoi[],
  folds: number,
  seed: number,
): Map<string, number> => {
  if (rois.every((roi) => roi.fold !== undefined))
    return new Map(rois.map((roi) => [roi.patient, roi.fold as number]));
  return assignFolds(rois, folds, seed);
};

/** The graph of each outer fold and the one that ships; all the same when it was not trained here. */
export interface Backbones {
  readonly final: GraphFiles;
  readonly fold: (k: number) => GraphFiles;
  /** Whether one network, which saw no outcome, serves every fold. */
  readonly single: boolean;
}

const folderOfFold = (folder: string, k: number) => join(folder, `fold${k}`);

/** Graphs that `readBackbones` would look for and not find. */
export const missingGraphs = (folder: string, folds: number): string[] => {
  if (existsSync(join(folder, 'model.json'))) return [];
  const wanted = Array.from({ length: folds }, (_, k) => folderOfFold(folder, k));
  return [...wanted, join(folder, 'final')]
    .map((path) => join(path, 'model.json'))
    .filter((path) => !existsSync(path));
};

/** `folder` holds model.json, or fold0/ ... and final/ with one each. Weights become float16. */
export const readBackbones = (folder: string, folds: number): Backbones => {
  if (existsSync(join(folder, 'model.json'))) {
    const only = toHalfGraph(readGraph(folder));
    return { final: only, fold: () => only, single: true };
  }
  const list = Array.from({ length: folds }, (_, k) =>
    toHalfGraph(readGraph(folderOfFold(folder, k))),
  );
  const final = toHalfGraph(readGraph(join(folder, 'final')));
  return { final, fold: (k) => list[k] as GraphFiles, single: false };
};

export interface TrainingFeatures {
  readonly rois: readonly LabelledRoi[];
  readonly problems: readonly Problem[];
  readonly description: GraphDescription;
  readonly candidates: readonly Tap[];
  /** Vectors of all rois by the network of fold k. */
  readonly byFold: readonly (readonly Float32Array[])[];
  readonly final: readonly Float32Array[];
  /** Boxes a second through the network, where any had to be computed. */
  readonly boxesPerSecond: number;
}

/** What both arms are trained and judged on: the features, the outer fold of each roi, and the seed. */
export interface FoldedTraining extends TrainingFeatures {
  readonly fold: readonly number[];
  readonly seed: number;
}

/** Features of all boxes by every network, through the page's own code. */
export const extractTraining = async (
  rois: readonly LabelledRoi[],
  imagesFolder: string,
  rules: PatchRules,
  backbones: Backbones,
  folds: number,
  cacheFolder: string,
): Promise<TrainingFeatures> => {
  const description = await describeGraph(backbones.final, rules.patch.size);
  const candidates = candidateTaps(description.outputs);
  let problems: readonly Problem[] = [];
  const rates: number[] = [];
  const run = async (graph: GraphFiles, label: string, from: readonly LabelledRoi[]) => {
    const network = await openNetwork(graph, description, candidates);
    const hash = `${graph.hash}|${JSON.stringify(candidates)}`;
    const named = { network, hash };
    const got = await extractFeatures(from, imagesFolder, rules, named, { cacheFolder, label });
    network.dispose();
    if (got.problems.length) problems = got.problems;
    if (got.computed > 0) rates.push(got.perSecond);
    return got.features;
  };
  const first = await run(backbones.final, 'features, final network', rois);
  const usable = first.map(({ roi }) => roi as LabelledRoi);
  const final = first.map(({ vector }) => vector);
  const byFold: (readonly Float32Array[])[] = [];
  for (let k = 0; k < folds; k++) {
    if (backbones.single) byFold.push(final);
    else {
      const features = await run(backbones.fold(k), `features, network of fold ${k}`, usable);
      byFold.push(features.map(({ vector }) => vector));
    }
  }
  const boxesPerSecond = rates.reduce((sum, r) => sum + r, 0) / Math.max(rates.length, 1);
  return { rois: usable, problems, description, candidates, byFold, final, boxesPerSecond };
};
