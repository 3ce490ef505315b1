import type { Counts, Failures, Pace, WorkQueue } from './ports.ts';

export interface Status {
  readonly counts: Counts;
  readonly failures: readonly Failures[];
  readonly perHour: number;
  /** Undefined while nothing moves. */
  readonly secondsLeft: number | undefined;
}

const perHourOf = ({ recent, minutes }: Pace): number => (recent / minutes) * 60;

export const leftIn = ({ waiting, active, delayed }: Counts): number => waiting + active + delayed;

export const readStatus = async (queue: WorkQueue): Promise<Status> => {
  const [counts, failures, pace] = await Promise.all([
    queue.counts(),
    queue.failures(),
    queue.pace(),
  ]);
  const perHour = perHourOf(pace);
  const left = leftIn(counts);
  const secondsLeft = left === 0 ? 0 : perHour > 0 ? (left / perHour) * 3600 : undefined;
  return { counts, failures, perHour, secondsLeft };
};

/** "2 h 5 min", "3 days". */
export const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600)
    return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
  return `${(seconds / 86_400).toFixed(1)} days`;
};

/** The rate and what is left, in words. */
export const paceText = ({ perHour, secondsLeft }: Status): string =>
  secondsLeft === undefined
    ? 'nothing done in the last ten minutes'
    : `${Math.round(perHour)} studies an hour, ${secondsLeft === 0 ? 'nothing left' : `about ${duration(secondsLeft)} left`}`;

export const countsText = ({ done, failed, active, delayed, waiting }: Counts): string =>
  `${done} done, ${failed} failed, ${active} at work, ${delayed} to be tried again, ${waiting} waiting`;

export const statusText = (status: Status): string =>
  [
    countsText(status.counts),
    paceText(status),
    ...status.failures.map(
      ({ count, reason, studies }) =>
        `${count} failed: ${reason} (${studies.join(', ')}${studies.length < count ? ', ...' : ''})`,
    ),
  ].join('\n');

const label = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** Prometheus' text format, version 0.0.4. */
export const prometheusText = ({ counts, failures, perHour, secondsLeft }: Status): string =>
  [
    '# HELP tandem_archive_studies Studies by state.',
    '# TYPE tandem_archive_studies gauge',
    ...Object.entries(counts).map(
      ([state, count]) => `tandem_archive_studies{state="${state}"} ${count}`,
    ),
    '# HELP tandem_archive_failures Failed studies by reason.',
    '# TYPE tandem_archive_failures gauge',
    ...failures.map(
      ({ reason, count }) => `tandem_archive_failures{reason="${label(reason)}"} ${count}`,
    ),
    '# HELP tandem_archive_studies_per_hour Studies done an hour, over the last ten minutes.',
    '# TYPE tandem_archive_studies_per_hour gauge',
    `tandem_archive_studies_per_hour ${perHour}`,
    '# HELP tandem_archive_seconds_left Time until nothing is left, at that rate.',
    '# TYPE tandem_archive_seconds_left gauge',
    `tandem_archive_seconds_left ${secondsLeft ?? 'NaN'}`,
    '',
  ].join('\n');
