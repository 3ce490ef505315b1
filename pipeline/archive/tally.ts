import type { Failures, Outcome, Pace } from './ports.ts';

export interface DoneStudy {
  /** ms since 1970. */
  readonly at: number;
  readonly outcome: Outcome;
}

const MINUTES = 10;

/**
 * The pace of the last ten minutes, from the studies done last, in any order. Where those reach less far
 * back, it is the pace since the first of them.
 */
export const paceOf = (done: readonly DoneStudy[], now: number): Pace => {
  const real = done.filter(({ outcome }) => outcome.outcome === 'stored');
  const recent = done.filter(({ at }) => now - at <= MINUTES * 60_000);
  const first = recent.reduce((least, { at }) => Math.min(least, at), now);
  const isCut = recent.length === done.length && recent.length > 1;
  const total = real.reduce((sum, { outcome }) => sum + outcome.seconds, 0);
  return {
    recent: recent.length,
    minutes: isCut ? Math.max((now - first) / 60_000, 1 / 60) : MINUTES,
    secondsAStudy: real.length ? total / real.length : undefined,
  };
};

/** Studies of each reason that are named. */
const NAMED = 3;

/** Failures by their reason, the most frequent first. */
export const groupFailures = (
  failed: readonly { readonly study: string; readonly reason: string }[],
): Failures[] => {
  const by = new Map<string, string[]>();
  for (const { study, reason } of failed) by.set(reason, [...(by.get(reason) ?? []), study]);
  return [...by]
    .map(([reason, studies]) => ({
      reason,
      count: studies.length,
      studies: studies.slice(0, NAMED),
    }))
    .sort((a, b) => b.count - a.count);
};
