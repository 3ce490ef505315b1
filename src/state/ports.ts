import type { ViewCorrection } from '../core/dicom/view-correction.ts';
import type { ActivationMap } from '../core/explain/activation-map.ts';
import type { ReferenceFile } from '../core/pack/reference-file.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { ViewOrigin } from '../core/lesion/joining.ts';
import type { LesionScore } from '../core/lesion/types.ts';
import type { Perturbation } from '../core/lesion/perturbations.ts';
import type { AnalyticVectors, MeasuredView } from '../core/lesion/view-input.ts';
import type { Box } from '../core/roi/box.ts';
import type { ImagePoint } from '../core/segmentation/types.ts';
import type { OpenImage } from './studies-store.ts';

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
  | {
      readonly phase: 'ready';
      readonly info: EngineInfo;
      readonly reference: ReferenceFile;
      readonly notice?: string;
      /** WebGPU has no graphics card yet: it makes sense to look for one again. */
      readonly lacksAdapter?: boolean;
    }
  | { readonly phase: 'blocked'; readonly reason: string }
  | { readonly phase: 'failed'; readonly reason: string };

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
   * replaced this one. Rejects with a sentence, also where `analytic` does.
   */
  score(
    key: string,
    patches: readonly Float32Array[],
    origins: readonly ViewOrigin[],
    analytic: Promise<AnalyticVectors>,
  ): Promise<EngineAnswer | undefined>;
  /** Scores several sets of views, each as one lesion, in one batch; otherwise like `score`. */
  scoreEach(
    key: string,
    sets: readonly (readonly Float32Array[])[],
    origins: readonly ViewOrigin[],
    analytic: Promise<readonly AnalyticVectors[]>,
  ): Promise<readonly LesionScore[] | undefined>;
  switchBackend(name: BackendName): Promise<void>;
}

/** Cuts, outlines and measures marked views of open images. */
export interface ViewSource {
  /** The images that are open now. */
  images(): readonly OpenImage[];
  /** What the network sees of a mark. Rejects with a sentence. */
  patch(sopInstanceUid: string, box: Box): Promise<Float32Array>;
  /** The lesion's outline and features; takes longer. Rejects with a sentence. */
  measure(sopInstanceUid: string, box: Box): Promise<MeasuredView>;
  /** A box moved or scaled a little, inside the image. */
  perturbed(sopInstanceUid: string, box: Box, by: Perturbation): Box;
}

/** A correction with the pixels that it was made on; those of earlier records are not known. */
export interface KeptCorrection {
  readonly correction: ViewCorrection;
  readonly pixels: PixelIdentity | undefined;
}

/** Where the reader's corrections of side and view live. All methods reject with a sentence. */
export interface CorrectionStorage {
  all(): Promise<ReadonlyMap<string, KeptCorrection>>;
  save(sopInstanceUid: string, kept: KeptCorrection): Promise<void>;
  remove(sopInstanceUid: string): Promise<void>;
}

/** Where marks live across reloads. All methods reject with an Error whose message can be shown. */
export interface LesionStorage {
  /** Lesions that have a mark on any of the images. */
  findByImages(sopInstanceUids: readonly string[]): Promise<readonly Lesion[]>;
  save(lesions: readonly Lesion[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Lesions that were just written to storage, and the ids of those that were taken out. */
export interface KeptChange {
  readonly saved: readonly Lesion[];
  readonly removed: readonly string[];
}

/** The other tabs of this browser. */
export interface OtherTabs {
  tell(change: KeptChange): void;
  onTold(listener: (change: KeptChange) => void): void;
}

/** A nipple with the pixels that it was set on; those of earlier records are not known. */
export interface KeptNipple {
  readonly point: ImagePoint;
  readonly pixels: PixelIdentity | undefined;
}

/** Where the nipples that the reader set live across reloads, by SOP Instance UID. */
export interface NippleStorage {
  save(sopInstanceUid: string, kept: KeptNipple): Promise<void>;
  find(sopInstanceUids: readonly string[]): Promise<Readonly<Record<string, KeptNipple>>>;
}
