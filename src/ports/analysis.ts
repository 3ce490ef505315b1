import type { Message } from '../core/message/message.ts';
import type { ScopeCode } from '../core/lesion/scope.ts';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import type { Perturbation } from '../core/lesion/perturbations.ts';
import type { MeasuredView } from '../core/lesion/view-input.ts';
import type { Box } from '../core/geometry/box.ts';

/** One opened image, without its pixels: those stay in the app's image registry. */
export interface OpenImage {
  readonly path: string;
  /** With the reader's corrections of side and view. */
  readonly header: MammogramHeader;
  /** As the file has it. */
  readonly asRead: MammogramHeader;
  readonly rows: number;
  readonly columns: number;
  /** Tells its pixels from others under the same UID (core/image/pixel-identity). */
  readonly digest: string;
  /** What the image is beyond or below, in words; shown beside every score it enters. */
  readonly scopeNotes: readonly ScopeNote[];
}

export interface ScopeNote {
  readonly code: ScopeCode;
  readonly severity: 'warns' | 'blocks';
  readonly text: Message;
}

/** A mark: the image it lies in, by its SOP Instance UID, and its box in stored pixels. */
export type Mark = readonly [sopInstanceUid: string, box: Box];

/** Cuts, outlines and measures marked views of open images. */
export interface ViewSource {
  /** The images that are open now. */
  images(): readonly OpenImage[];
  /** What the network sees of a mark. Rejects with a sentence. */
  patch(sopInstanceUid: string, box: Box): Promise<Float32Array>;
  /** A lesion's outline and features in each marked view, in turn; takes longer. Rejects with a sentence. */
  measure(marks: readonly Mark[]): Promise<readonly MeasuredView[]>;
  /** A box moved or scaled a little, inside the image. */
  perturbed(sopInstanceUid: string, box: Box, by: Perturbation): Box;
}
