import type { Lesion } from '../core/lesion/lesion.ts';
import type { LesionScore } from '../core/lesion/types.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { Box } from '../core/roi/box.ts';

export type BackendName = 'webgpu' | 'webgl' | 'wasm';

/** What the reader is told about where the numbers are computed. */
export interface EngineInfo {
  readonly backend: BackendName;
  readonly adapter: string;
  readonly software: boolean;
  /** Backends that were tried or probed first, and why they are not in use. */
  readonly passedOver: readonly string[];
}

export type EngineStatus =
  | { readonly phase: 'idle' }
  | { readonly phase: 'starting'; readonly step: string; readonly fraction: number }
  | { readonly phase: 'ready'; readonly info: EngineInfo; readonly notice?: string }
  | { readonly phase: 'blocked'; readonly reason: string }
  | { readonly phase: 'failed'; readonly reason: string };

export interface EngineAnswer {
  readonly score: LesionScore;
  readonly info: EngineInfo;
  readonly milliseconds: { readonly network: number; readonly total: number };
}

/** The one place where patches become likelihoods: a worker behind adapters/tfjs. */
export interface InferencePort {
  onStatus(listener: (status: EngineStatus) => void): () => void;
  /** Resolves undefined when a newer request of the same key replaced this one. Rejects with a sentence. */
  score(key: string, patches: readonly Float32Array[]): Promise<EngineAnswer | undefined>;
  switchBackend(name: BackendName): Promise<void>;
}

/** Cuts the network's input for marks on open images. */
export interface PatchSource {
  isOpen(sopInstanceUid: string): boolean;
  /** Throws when the image is not open. */
  cut(sopInstanceUid: string, box: Box, rule: PackManifest['patch']): Float32Array;
}

/** Where marks live across reloads. All methods reject with an Error whose message can be shown. */
export interface LesionStorage {
  /** Lesions that have a mark on any of the images. */
  findByImages(sopInstanceUids: readonly string[]): Promise<readonly Lesion[]>;
  save(lesions: readonly Lesion[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
