import type { Box } from '../../src/core/geometry/box.ts';

/** Which program a worker of the bench's page runs. */
export type Kind = 'tfjs' | 'ort' | 'litert' | 'parts';

export type WorkerAnswer = { readonly value: unknown } | { readonly error: string };

/** What the bench's page offers to the programs that drive it. */
export interface BenchApi {
  /** Starts a worker and opens what it measures; resolves with what it says of itself. */
  open(name: string, kind: Kind, options: object): Promise<unknown>;
  ask(name: string, message: object): Promise<unknown>;
  /**
   * Asks each worker in turn, again and again, so that what else the machine does hits all alike.
   * Whoever begins changes with every round. Each answers with milliseconds; one list a worker.
   */
  alternate(names: readonly string[], message: object, repetitions: number): Promise<number[][]>;
  /** Milliseconds of so many numbers to a worker and back, copied as messages are. */
  roundTrips(name: string, floats: number, repetitions: number): Promise<number[]>;
  /**
   * Milliseconds for outline and features of a box of the image that a worker of parts has, asked of the
   * product's own workers: of all that may share it, or of one.
   */
  measured(name: string, box: Box, repetitions: number, alone: boolean): Promise<number[]>;
  /** Milliseconds in which WebGL alone takes so many images and draws each once. */
  upload(columns: number, rows: number, count: number): number;
  close(name: string): void;
}

/** What a runtime on WebAssembly computes with. */
export interface About {
  /** Workers that share a batch. */
  readonly workers: number;
  /** Threads of each. */
  readonly threads: number;
  readonly simd: boolean;
}

/** One kernel of the network by kind, from a profile of one run. */
export interface KernelTime {
  readonly name: string;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Runs a worker's program: answers each message with what `handle` gives. */
export const serveMessages = <M>(handle: (message: M) => Promise<unknown>): void => {
  const post = (answer: WorkerAnswer) => (globalThis as unknown as Worker).postMessage(answer);
  globalThis.addEventListener('message', ({ data }: MessageEvent<M>) => {
    handle(data).then(
      (value) => post({ value }),
      (error: unknown) => post({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
};
