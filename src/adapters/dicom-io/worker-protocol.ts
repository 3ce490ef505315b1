import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import type { Thumbnail } from '../../core/image/thumbnail.ts';
import type { WorkingImage, WorkingRule } from '../../core/image/working-image.ts';
import type { OpenFailure } from './open-failure.ts';

/** One file for a worker to open. */
export interface OpenRequest {
  readonly path: string;
  readonly file: File;
  readonly rule: WorkingRule;
}

/** An opened mammogram, at stored and at working resolution, and small. */
export interface OpenedMammogram {
  readonly path: string;
  readonly header: MammogramHeader;
  readonly image: MammogramImage;
  readonly working: WorkingImage;
  /** As stored, not yet turned the way it hangs. */
  readonly thumbnail: Thumbnail;
}

/** A worker answers each request exactly once, in order. */
export type OpenResponse =
  | { readonly ok: true; readonly opened: OpenedMammogram }
  | { readonly ok: false; readonly failure: OpenFailure };
