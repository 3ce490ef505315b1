import type { Message, Value } from '../../core/message/message.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { Raster } from '../../core/image/resample.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Excluded } from './backend-choice.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import type { AnalyticVectors } from '../../core/lesion/view-input.ts';
import type { SetScores } from './engine.ts';
import type { EngineInfo, BackendName } from '../../ports/inference.ts';

export type ToWorker =
  | {
      readonly type: 'start';
      readonly packUrl: string;
      readonly manifestSha256: string | undefined;
      readonly requested: BackendName | undefined;
      readonly excluded: readonly Excluded[];
      /** Lanes on WebAssembly, this worker's own among them. */
      readonly lanes: number;
    }
  /** Answers 'chosen': the ports of the other lanes, none but on WebAssembly. */
  | { readonly type: 'lanes'; readonly ports: readonly MessagePort[] }
  /** The lane of this place among the ports has died. */
  | { readonly type: 'lane-gone'; readonly lane: number; readonly reason: string }
  /** Runs the network; what is measured of the same views follows as `measured`. */
  | {
      readonly type: 'score';
      readonly id: number;
      readonly sets: readonly (readonly Float32Array[])[];
      /** What the views of each set are of. */
      readonly origins: readonly ViewOrigin[];
    }
  /** Undefined where measuring failed: the run needs no answer any more. */
  | {
      readonly type: 'measured';
      readonly id: number;
      readonly sets: readonly AnalyticVectors[] | undefined;
    }
  /** Fetches, loads and checks the finder, while scores go on; answers 'finder-ready' or why not. */
  | { readonly type: 'finder' }
  /** Runs the finder, which must be ready, on one view. */
  | { readonly type: 'look'; readonly id: number; readonly view: Raster }
  | { readonly type: 'memory'; readonly id: number }
  | { readonly type: 'simulate-loss' };

export type FromWorker =
  | { readonly type: 'progress'; readonly step: Message; readonly fraction: number }
  /** The backend that is being started: a crash from here on is its fault. Waits for 'lanes'. */
  | { readonly type: 'chosen'; readonly backend: BackendName }
  | { readonly type: 'ready'; readonly info: EngineInfo; readonly reference: ReferenceFile }
  /** The golden patches do not come out right: scoring is refused. */
  | { readonly type: 'blocked'; readonly reason: Message }
  /** No other backend would help: the pack is wrong, or no backend is left. */
  | { readonly type: 'failed'; readonly reason: Message }
  | { readonly type: 'backend-failed'; readonly reason: Value }
  | { readonly type: 'lost'; readonly reason: Value }
  | ({ readonly type: 'scored'; readonly id: number } & SetScores)
  | { readonly type: 'score-failed'; readonly id: number; readonly reason: Value }
  | { readonly type: 'finder-ready' }
  | { readonly type: 'finder-refused'; readonly reason: Message }
  | { readonly type: 'looked'; readonly id: number; readonly maps: FinderMaps }
  | { readonly type: 'look-failed'; readonly id: number; readonly reason: Value }
  | { readonly type: 'memory'; readonly id: number; readonly numTensors: number };
