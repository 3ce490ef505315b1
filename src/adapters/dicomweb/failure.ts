import type { Code, Message } from '../../core/message/message.ts';
import { err, type Result } from '../../core/message/result.ts';

/** The codes of this room: `server.<kind>`, and behind another dot what sets one text apart. */
type ServerCode = Extract<Code, `server.${string}`>;

/** An expected failure, without credentials. */
export type DicomWebFailure = Message<ServerCode>;

export type Outcome<T> = Result<T, DicomWebFailure>;

type KindIn<C extends string> = C extends `server.${infer Kind}.${string}`
  ? Kind
  : C extends `server.${infer Kind}`
    ? Kind
    : never;

/** What sort of failure it is, whatever its words. */
export type FailureKind = KindIn<ServerCode>;

export const kindOf = ({ code }: DicomWebFailure): FailureKind => code.split('.')[1] as FailureKind;

export const fail = <E extends DicomWebFailure>(failure: E) => err<DicomWebFailure>(failure);
