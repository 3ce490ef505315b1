import type { FinderInput, FinderRule } from '../../core/finder/finder-input.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { PlacedView } from '../../core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../core/finder/view-cues.ts';
import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { LesionContour } from '../../core/segmentation/types.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

/** What the worker does that keeps the working images. All but the first three need the image. */
export interface Analysis {
  'warm-up'(rule: ViewRule): void;
  keep(sop: string, working: WorkingImage): void;
  drop(sop: string): void;
  patch(sop: string, box: Box, rule: ViewRule): Float32Array;
  measure(sop: string, box: Box, rule: ViewRule): MeasuredView;
  outline(sop: string, seed: ImagePoint): LesionContour;
  landmarks(sop: string): BreastLandmarks;
  'finder-input'(sop: string, rule: FinderRule): FinderInput;
  candidates(sop: string, maps: FinderMaps, view: Omit<PlacedView, 'working'>): ViewCandidate[];
}
