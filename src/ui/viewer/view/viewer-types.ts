import type { ActivationMap } from '../../../core/explain/activation-map.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { Box } from '../../../core/geometry/box.ts';
import type { PrimaryTool } from '../../../ports/display.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

/** An image to show, with its pixels by reference. */
export interface ViewerImage {
  readonly header: MammogramHeader;
  readonly image: MammogramImage;
  /** Where the breast lies; undefined: the whole image is laid out. */
  readonly breast?: BreastShape | undefined;
}

/** A lesion as the views draw it. Marks are keyed by SOP Instance UID. */
export interface LesionOverlay {
  readonly id: string;
  /** Short: the lesion's number. */
  readonly label: string;
  /** CSS colour. */
  readonly colour: string;
  readonly marks: Readonly<Record<string, Box>>;
}

/** The fused likelihood of a lesion as text, by lesion id. */
export type LesionScores = Readonly<Record<string, string>>;

/** The outline of a lesion in stored pixels, by lesion id and SOP Instance UID. */
export type Outlines = Readonly<Record<string, Readonly<Record<string, readonly ImagePoint[]>>>>;

/** The class-activation map of one view, and where on the stored image its patch was cut. */
export interface Activation {
  readonly map: ActivationMap;
  /** The value that is drawn opaque: the largest over the lesion's views. */
  readonly peak: number;
  readonly square: Box;
}

/** Maps of the selected lesion, by SOP Instance UID. */
export type Activations = Readonly<Record<string, Activation>>;

export type MarkPhase = 'preview' | 'commit';

export interface MarkCallbacks {
  /** A mark that is there, in stored pixels, while it is dragged ('preview') and when it is let go. */
  readonly onMarkMove: (lesionId: string, sop: string, box: Box, phase: MarkPhase) => void;
  /**
   * A new box, for the lesion that is selected if any; answers the id of the lesion that took it.
   * It never moves a mark that is there.
   */
  readonly onMarkPlace: (lesionId: string | undefined, sop: string, box: Box) => string | undefined;
  /** A drag was given up; any preview is void. */
  readonly onMarkCancel?: () => void;
  /** A box that was being drawn is gone through no fault of the reader's, who is to hear of it. */
  readonly onMarkLost?: () => void;
  /** A press while marking was on a prior, or beyond the image: no mark comes of it. */
  readonly onMarkRefused?: (why: 'prior' | 'beyond') => void;
  /** A click while marking, in stored pixels: the lesion there is to be outlined and marked. */
  readonly onMarkPoint?: (lesionId: string | undefined, sop: string, point: ImagePoint) => void;
  /** The click on that image was half of a double click: nothing is to be marked. */
  readonly onMarkPointDropped?: (sop: string) => void;
  readonly onMarkDelete: (lesionId: string, sop: string) => void;
  readonly onSelectLesion: (lesionId: string) => void;
}

export interface MarkingProps extends MarkCallbacks {
  readonly lesions: readonly LesionOverlay[];
  readonly selectedLesionId: string | undefined;
  readonly tool: PrimaryTool;
  readonly scores?: LesionScores;
  readonly outlines?: Outlines;
  readonly activations?: Activations;
  /** Opacity of the activation maps, 0 to 1; 0 hides them. */
  readonly activationOpacity?: number;
}

export const sopOf = (image: ViewerImage): string => image.header.sopInstanceUid;
