import type { Message } from '../core/message/message.ts';
import type { ActivationMap } from '../core/explain/activation-map.ts';
import type { FinderMaps } from '../core/finder/finder-maps.ts';
import type { Raster } from '../core/image/resample.ts';
import type { ReferenceFile } from '../core/pack/reference-file.ts';
import type { ViewOrigin } from '../core/lesion/joining.ts';
import type { LesionScore } from '../core/lesion/types.ts';
import type { MeasuredVectors } from '../core/lesion/view-input.ts';

export type BackendName = 'webgpu' | 'webgl' | 'wasm';

/** What the reader is told about where the numbers are computed. */
export interface EngineInfo {
  readonly backend: BackendName;
  readonly adapter: string;
  readonly software: boolean;
  /** Backends that were tried or probed first, and why they are not in use. */
  readonly passedOver: readonly Message[];
}

export type EngineStatus =
  | { readonly phase: 'idle' }
  | { readonly phase: 'starting'; readonly step: Message; readonly fraction: number }
  | {
      readonly phase: 'ready';
      readonly info: EngineInfo;
      readonly reference: ReferenceFile;
      readonly notice?: Message;
      /** WebGPU has no graphics card yet: it makes sense to look for one again. */
      readonly lacksAdapter?: boolean;
    }
  | { readonly phase: 'blocked'; readonly reason: Message }
  | { readonly phase: 'failed'; readonly reason: Message };

export interface EngineAnswer {
  readonly score: LesionScore;
  /** Class-activation map of each view, in the order asked; undefined where the pack has none. */
  readonly activations: readonly (ActivationMap | undefined)[];
  readonly info: EngineInfo;
  readonly milliseconds: { readonly network: number; readonly total: number };
}

/** The one place where views become likelihoods: a worker behind adapters/tfjs. */
export interface InferencePort {
  onStatus(listener: (status: EngineStatus) => void): () => void;
  /**
   * Scores one lesion from the patches of its views, what they are of and what is measured meanwhile:
   * the network does not wait for it. Resolves undefined when a newer request of the same key
   * replaced this one. Rejects with a Failure, also where `measured` does.
   */
  score(
    key: string,
    patches: readonly Float32Array[],
    origins: readonly ViewOrigin[],
    measured: Promise<MeasuredVectors>,
  ): Promise<EngineAnswer | undefined>;
  /** Scores several sets of views, each as one lesion, in one batch; otherwise like `score`. */
  scoreEach(
    key: string,
    sets: readonly (readonly Float32Array[])[],
    origins: readonly ViewOrigin[],
    measured: Promise<readonly MeasuredVectors[]>,
  ): Promise<readonly LesionScore[] | undefined>;
  /**
   * What the pack's finder makes of one view (core/finder/finder-input): when no score waits, and with the
   * finder loaded first where it is not yet. Resolves undefined when aborted, or when a newer request of
   * the same key replaced it. Rejects with a Failure, also where the finder is refused on this backend.
   */
  look(key: string, view: Raster, signal?: AbortSignal): Promise<FinderMaps | undefined>;
  switchBackend(name: BackendName): Promise<void>;
}
