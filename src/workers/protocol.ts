import type { Value } from '../core/message/message.ts';

/** What a worker says without being asked (progress, what it found so far), as functions by name. */
export type Tells = object;

type Fn = (...values: never[]) => unknown;

/** The names of a contract's functions. */
export type NameOf<T> = keyof T & string;
/** What one of them is asked with. */
export type AskedOf<T, N extends keyof T> = T[N] extends Fn ? Parameters<T[N]> : never;
/** What it answers with. */
export type AnswerOf<T, N extends keyof T> = T[N] extends Fn ? Awaited<ReturnType<T[N]>> : never;

/** The worker's side of a contract: as promised, and an answer may hand memory over. */
export type Handlers<T> = {
  readonly [N in keyof T]: (
    ...asked: AskedOf<T, N>
  ) => Handed<AnswerOf<T, N>> | Promise<Handed<AnswerOf<T, N>>>;
};

/** An answer, or one that hands memory over instead of copying it (see `handingOver`). */
export type Handed<T> = T | HandedOver<T>;

/** An answer together with the memory that goes with it and is empty here afterwards. */
export class HandedOver<T> {
  readonly value: T;
  readonly transfer: readonly Transferable[];
  constructor(value: T, transfer: readonly Transferable[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

export const handingOver = <T>(value: T, transfer: readonly Transferable[]): HandedOver<T> =>
  new HandedOver(value, transfer);

/** Page to worker. Without `id` nobody waits for an answer. */
export interface Asked {
  readonly name: string;
  readonly id?: number;
  readonly values: readonly unknown[];
}

/** Worker to page: the answer to a question, why there is none, or something told unasked. */
export type Said =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly reason: Value }
  | { readonly kind: 'told'; readonly name: string; readonly values: readonly unknown[] };

/** The part of a Worker that is used. */
export interface WorkerLike {
  postMessage(message: Asked, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Said>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The part of DedicatedWorkerGlobalScope that is used; the DOM library types `self` as a window. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(message: Said, transfer: Transferable[]): void;
}
