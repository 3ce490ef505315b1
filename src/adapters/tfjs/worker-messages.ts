import type { Message, Value } from '../../core/message/message.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { Raster } from '../../core/image/resample.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Excluded } from './backend-choice.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import type { MeasuredVectors } from '../../core/lesion/view-input.ts';
import type { SetScores } from './engine.ts';
import type { EngineInfo, BackendName } from '../../ports/inference.ts';

export interface StartRequest {
  readonly packUrl: string;
  readonly manifestSha256: string | undefined;
  readonly requested: BackendName | undefined;
  readonly excluded: readonly Excluded[];
  /** Lanes on WebAssembly, this worker's own among them. */
  readonly lanes: number;
}

/**
 * How a start ended. 'blocked': the golden patches do not come out right, and scoring is refused.
 * 'failed': no other backend would help, the pack is wrong or no backend is left.
 */
export type Started =
  | { readonly kind: 'ready'; readonly info: EngineInfo; readonly reference: ReferenceFile }
  | { readonly kind: 'blocked' | 'failed'; readonly reason: Message }
  | { readonly kind: 'backend-failed'; readonly reason: Value };

/** What the inference worker is asked. A question over which the device is lost has no answer. */
export interface Inference {
  start(asked: StartRequest): Started;
  /** What `chosen` waits for: the ports of the other lanes, none but on WebAssembly. */
  lanes(ports: readonly MessagePort[]): void;
  /** The lane of this place among the ports has died. */
  'lane-gone'(lane: number, reason: string): void;
  /**
   * Runs the network; what is measured of the same views follows as `measured`. `origins` says what the
   * views of each set are of. Undefined where measuring failed.
   */
  score(
    run: number,
    sets: readonly (readonly Float32Array[])[],
    origins: readonly ViewOrigin[],
  ): SetScores | undefined;
  /** Undefined where measuring failed: the run needs no answer any more. */
  measured(run: number, sets: readonly MeasuredVectors[] | undefined): void;
  /** Keeps nothing of the patches of before: a patient was closed. */
  'forget-patches'(): void;
  /** Fetches, loads and checks the finder, while scores go on. */
  finder(): void;
  /** Runs the finder, which must be ready, on one view. */
  look(view: Raster): FinderMaps;
  /** Number of tensors that tfjs holds. */
  memory(): number;
  'simulate-loss'(): void;
}

export interface InferenceTells {
  progress(step: Message, fraction: number): void;
  /** The backend that is being started: a crash from here on is its fault. Waits for 'lanes'. */
  chosen(backend: BackendName): void;
  /** The device is gone, and the worker of no use. */
  lost(reason: Value): void;
}
