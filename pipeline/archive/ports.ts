import type { JobIdentity } from './job-identity.ts';

/** A study that an archive names; nothing of the patient. */
export interface StudyReference {
  readonly study: string;
  /** YYYYMMDD, '' where the archive does not say. */
  readonly date: string;
  /** Objects of the study, where the archive says. */
  readonly objects: number | undefined;
}

/** An object of a study that may be an image to score. */
export interface ImageReference {
  readonly study: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  /** More than one: tomosynthesis, which is not fetched to be refused. */
  readonly frames: number | undefined;
}

/** A finished report, ready to be stored. */
export interface StoredReport {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly bytes: Uint8Array;
}

/** Where images come from and reports go to. What fails throws one of the failures of failures.ts. */
export interface Archive {
  /** Pages of the studies asked for. */
  studies(signal: AbortSignal): AsyncIterable<readonly StudyReference[]>;
  /**
   * The studies of one exam as the page has it (exam-studies.ts): those of the same patient and day,
   * this one among them, in the order of their UIDs.
   */
  exam(study: string, signal: AbortSignal): Promise<readonly string[]>;
  images(study: string, signal: AbortSignal): Promise<readonly ImageReference[]>;
  fetch(image: ImageReference, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether the report of a job is there already. */
  holds(job: JobIdentity, signal: AbortSignal): Promise<boolean>;
  store(report: StoredReport, signal: AbortSignal): Promise<void>;
  /** Why the archive as a whole cannot be used now; undefined where it can. */
  trouble(signal: AbortSignal): Promise<string | undefined>;
}

/** The steps of a job, in their order. */
export const STEPS = [
  'checking',
  'listing',
  'fetching',
  'scoring',
  'confirming',
  'storing',
] as const;
export type Step = (typeof STEPS)[number];

/** What became of a study; it is kept in the queue, so it holds counts alone. */
export interface Outcome {
  /** 'there' where an earlier try had stored the report already. */
  readonly outcome: 'stored' | 'there';
  readonly images: number;
  readonly refused: number;
  readonly findings: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** One study as a worker gets it. */
export interface Task {
  readonly study: string;
  /** Tries so far, this one included. */
  readonly attempt: number;
  step(step: Step): Promise<void>;
  readonly signal: AbortSignal;
}

export type Handler = (task: Task) => Promise<Outcome>;

export interface Counts {
  readonly waiting: number;
  readonly active: number;
  /** Tried, and to be tried again. */
  readonly delayed: number;
  readonly done: number;
  readonly failed: number;
}

export interface Failures {
  readonly reason: string;
  readonly count: number;
  /** Some of the studies. */
  readonly studies: readonly string[];
}

/** How fast it goes. */
export interface Pace {
  /** Studies done in the last `minutes`. */
  readonly recent: number;
  readonly minutes: number;
  /** Mean time of a study from fetch to store, s; undefined where none is done. */
  readonly secondsAStudy: number | undefined;
}

/** The work at hand: each study once. */
export interface WorkQueue {
  /** How many of the studies are new to the queue. */
  add(studies: readonly StudyReference[]): Promise<number>;
  /** How many of the studies are done; changes nothing. */
  countDone(studies: readonly StudyReference[]): Promise<number>;
  /** Works on up to `jobs` studies at a time until it is stopped. */
  work(handler: Handler, jobs: number): Work;
  counts(): Promise<Counts>;
  failures(): Promise<readonly Failures[]>;
  pace(): Promise<Pace>;
  /** Puts what failed back into the queue, and says how many. */
  retryFailed(): Promise<number>;
  /** Lets all workers of a shared queue rest, or go on. */
  pauseAll?(on: boolean): Promise<void>;
  /** Whether entries may have been lost, so that the studies should be listed once more. Asked once. */
  mayHaveLost(): boolean;
  close(): Promise<void>;
}

/** Work under way. */
export interface Work {
  pause(): Promise<void>;
  resume(): void;
  /** Lets studies at hand come to their end, or, with `now`, puts them back. */
  stop(now: boolean): Promise<void>;
}
