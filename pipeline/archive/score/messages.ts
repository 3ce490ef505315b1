import type { ImageReference } from '../ports.ts';
import type { JobIdentity } from '../job-identity.ts';

/** What the worker asks of the process that reads and scores; one question at a time. */
export type ToScorer =
  | { readonly ask: 'begin'; readonly job: JobIdentity }
  | {
      readonly ask: 'look';
      readonly image: ImageReference;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly ask: 'refuse'; readonly image: ImageReference }
  | { readonly ask: 'finish' };

/** A finished study: the report as bytes, and counts. */
export interface Finished {
  readonly report: Uint8Array;
  readonly studyInstanceUid: string;
  readonly images: number;
  readonly refused: number;
  readonly findings: number;
}

/** The answer to each; 'refused' where the study as a whole holds nothing to score. */
export type FromScorer =
  | { readonly answer: 'ready'; readonly memory: number }
  | { readonly answer: 'done'; readonly memory: number; readonly finished?: Finished }
  | { readonly answer: 'refused'; readonly memory: number; readonly reason: string }
  | { readonly answer: 'failed'; readonly memory: number; readonly reason: string };
