import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/roi/box.ts';
import type { ImagePoint, LesionContour } from '../../core/segmentation/types.ts';

export type ToWorker =
  | { readonly type: 'warm-up'; readonly rule: ViewRule }
  | { readonly type: 'keep'; readonly sop: string; readonly working: WorkingImage }
  | { readonly type: 'drop'; readonly sop: string }
  | { readonly type: 'landmarks'; readonly id: number; readonly sop: string }
  | {
      readonly type: 'patch' | 'measure';
      readonly id: number;
      readonly sop: string;
      readonly box: Box;
      readonly rule: ViewRule;
    }
  | {
      readonly type: 'outline';
      readonly id: number;
      readonly sop: string;
      readonly seed: ImagePoint;
    };

export type FromWorker =
  | { readonly type: 'patch'; readonly id: number; readonly patch: Float32Array }
  | { readonly type: 'measure'; readonly id: number; readonly view: MeasuredView }
  | { readonly type: 'outline'; readonly id: number; readonly contour: LesionContour }
  | { readonly type: 'landmarks'; readonly id: number; readonly landmarks: BreastLandmarks }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string };
