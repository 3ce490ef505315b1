import type { Message } from '../../../core/message/message.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import type { MammogramImage, Voi } from '../../../core/image/mammogram-image.ts';
import type { OverlayPlane } from '../../../core/image/overlay-plane.ts';
import type { StoredValues } from '../../../core/image/stored-values.ts';
import type { Thumbnail } from '../../../core/display/thumbnail.ts';
import type { WorkingImage, WorkingRule } from '../../../core/image/working-image.ts';
import type { ExpectedObject } from '../intake/collect-entries.ts';
import type { FrameStack } from '../stack/frame-stack.ts';
import type { OpenFailure } from '../read/open-failure.ts';

/** One file for a worker to open. */
export interface OpenRequest {
  readonly path: string;
  readonly file: File;
  /** The other slices of a volume that is stored as one file a slice. */
  readonly slices?: readonly File[] | undefined;
  readonly rule: WorkingRule;
  /** Most bytes to take at a time; a file that needs more fails as such. */
  readonly allowance: number;
  /** What was asked of a server, where it came from one. */
  readonly expected?: ExpectedObject | undefined;
}

/** An opened mammogram, at stored and at working resolution, and small. */
export interface OpenedMammogram {
  readonly path: string;
  readonly header: MammogramHeader;
  /** What was odd in the file although it could be read. */
  readonly remarks: readonly Message[];
  readonly image: MammogramImage;
  readonly overlays: readonly OverlayPlane[];
  readonly values: StoredValues;
  /** See core/image/pixel-identity. */
  readonly digest: string;
  readonly working: WorkingImage;
  /** As stored, not yet turned the way it hangs. */
  readonly thumbnail: Thumbnail;
  /** Where the breast lies, for laying out. */
  readonly breast: BreastShape;
  /** The window over its tissue, as a further preset. */
  readonly tissueVoi: Voi | undefined;
  /** A volume, of which the picture is the middle slice; its file stays where it is. */
  readonly stack?: FrameStack;
}

export type OpenResponse =
  | { readonly ok: true; readonly opened: OpenedMammogram }
  | { readonly ok: false; readonly failure: OpenFailure };

/** What a worker of the pool is asked. */
export interface FileOpening {
  open(request: OpenRequest): OpenResponse;
  /** To be told of a worker that has nothing to open yet; see pictures-of.ts. */
  practise(): void;
}
