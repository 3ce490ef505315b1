import type { Archive, ArchiveEntry } from './archive-entry.ts';

export interface UnpackRequest {
  readonly archives: readonly Archive[];
}

/** What the worker says while it unpacks; `finished` or `failed` is the last. */
export type UnpackMessage =
  | { readonly kind: 'entry'; readonly archive: number; readonly entry: ArchiveEntry }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed' };
