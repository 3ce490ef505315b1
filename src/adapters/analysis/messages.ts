import type { FinderInput, FinderRule } from '../../core/finder/finder-input.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { PlacedView } from '../../core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../core/finder/view-cues.ts';
import type { LesionCut } from '../../core/features/analytic/lesion-cut.ts';
import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import type { PatchProblem } from '../../core/lesion/judge-patch.ts';
import type { ViewPart } from '../../core/lesion/measure-together.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { LesionContour } from '../../core/segmentation/types.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

/** What the worker does that keeps the working images. All but the first four need the image. */
export interface Analysis {
  'warm-up'(rule: ViewRule): void;
  keep(sop: string, working: WorkingImage): void;
  drop(sop: string): void;
  /** A part of a view whose image another worker has: the values of its names. */
  part(part: ViewPart, cut: LesionCut, box: Box, contour: LesionContour): Float32Array;
  patch(sop: string, box: Box, rule: ViewRule): Float32Array;
  measure(sop: string, box: Box, rule: ViewRule): MeasuredView;
  /** What other workers need of the image to measure parts of a view. */
  cut(sop: string, box: Box): LesionCut;
  /** The outline in a box, which `own-part` then goes by. */
  'outline-in'(sop: string, box: Box): LesionContour;
  /** The part of a view that stays with its image, and whether there is anything to judge. */
  'own-part'(sop: string, box: Box, rule: ViewRule, part: ViewPart): OwnPart;
  outline(sop: string, seed: ImagePoint): LesionContour;
  landmarks(sop: string): BreastLandmarks;
  'finder-input'(sop: string, rule: FinderRule): FinderInput;
  candidates(sop: string, maps: FinderMaps, view: Omit<PlacedView, 'working'>): ViewCandidate[];
}

export interface OwnPart {
  readonly values: Float32Array;
  readonly problem: PatchProblem | undefined;
}
