import type { FoundStudy } from '../../ports/server.ts';

/** Each study once, the newest first; those of one moment by name, those without a date last. */
export const newestFirst = (studies: readonly FoundStudy[]): FoundStudy[] =>
  [...new Map(studies.map((study) => [study.studyInstanceUid, study])).values()].sort(
    (a, b) =>
      `${b.date}${b.time}`.localeCompare(`${a.date}${a.time}`, 'en') ||
      a.patientName.localeCompare(b.patientName),
  );
