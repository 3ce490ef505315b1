import type { WorkingImage } from '../image/working-image.ts';
import { candidatesOf } from './candidates.ts';
import type { FinderInput } from './finder-input.ts';
import type { FinderMaps } from './finder-maps.ts';
import { withViewCues, type ViewCandidate } from './view-cues.ts';

/** Candidates of a view that cues are measured for and that are kept: the models were fitted on so many. */
const KEPT = 12;

/** A view as it was given to the network, and where it lies. */
export interface PlacedView {
  /** Stored size. */
  readonly columns: number;
  readonly rows: number;
  /** CC, MLO or anything else. */
  readonly view: string;
  readonly working: WorkingImage;
  /** Without its grey. */
  readonly input: Omit<FinderInput, 'data'>;
}

/** What the network's merged maps of a view come to: candidates with their cues, best first. */
export const candidatesInView = (
  maps: FinderMaps,
  { columns, rows, view, working, input }: PlacedView,
): ViewCandidate[] =>
  withViewCues(candidatesOf(maps, input, { columns, rows }).slice(0, KEPT), working, view);
