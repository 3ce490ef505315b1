import type { Message, Value } from '../../src/core/message/message.ts';

/** The archive did not answer, or not now. Whether it is this study or all of it is for outage.ts. */
export class ArchiveTrouble extends Error {}

/** There is no room for the report. Another study would fare no better, and so it is waited for. */
export class NoSpace extends Error {}

/** This study failed, and may do better another time. */
export class StudyFailure extends Error {}

/** This study holds nothing to score: trying again is of no use. */
export class StudyRefused extends Error {}

/** The worker was told to stop while it waited for the archive: the study is for another time. */
export class PutBack extends Error {}

/** A value that tells nothing of a person: a number, a UID, or something of our own to say. */
const harmless = (value: Value): Value => {
  if (typeof value === 'object') return forQueue(value);
  return typeof value === 'number' || /^[\d.]{1,64}$/.test(value) ? value : '...';
};

/** What is said, without words that may come from a file: as it may stand in the queue and in logs. */
export const forQueue = ({ code, values }: Message): Message =>
  ({
    code,
    values: Object.fromEntries(
      Object.entries(values as Record<string, Value>).map(([name, v]) => [name, harmless(v)]),
    ),
  }) as Message;

const LONGEST = 300;

/** A reason as it is kept in the queue: one line that is not long. */
export const reasonLine = (reason: string): string => reason.replace(/\s+/g, ' ').slice(0, LONGEST);

/** A failure of the program itself: its kind and place, and nothing that it may quote. */
export const faultLine = (error: unknown): string => {
  const [, place = 'an unknown place'] =
    /([\w-]+\.[mc]?[jt]s:\d+)/.exec((error instanceof Error && error.stack) || '') ?? [];
  return `The program failed (${error instanceof Error ? error.name : 'Error'} at ${place}).`;
};
