import type { ComingEntry, FileEntry } from '../../adapters/dicom-io/intake/collect-entries.ts';
import type { OpenFailure } from '../../adapters/dicom-io/read/open-failure.ts';

type WithFile = Extract<FileEntry, { file: File }>;

/** Slices that came as files of their own, gathered while others are opened. */
export const createSliceSeries = (entries: readonly (FileEntry | ComingEntry)[]) => {
  const fileOf = new Map<string, WithFile>();
  const note = (entry: FileEntry) => void ('file' in entry && fileOf.set(entry.path, entry));
  for (const entry of entries)
    if ('coming' in entry) void entry.coming.then(note);
    else note(entry);
  const series = new Map<string, OpenFailure[]>();
  return {
    /** Whether the failure is a slice, which is then kept for its series. */
    takes: (failure: OpenFailure): boolean => {
      if (failure.series === undefined || !fileOf.has(failure.fileName)) return false;
      series.set(failure.series, [...(series.get(failure.series) ?? []), failure]);
      return true;
    },
    /** Slices without a second one of their series. */
    alone: (): readonly OpenFailure[] =>
      [...series.values()].flatMap((slices) => (slices.length < 2 ? slices : [])),
    /** Each other series as one entry to open. */
    volumes: (): readonly FileEntry[] =>
      [...series.values()].flatMap((slices): FileEntry[] => {
        const [first, ...others] = slices.flatMap(({ fileName }) => fileOf.get(fileName) ?? []);
        if (!first || others.length === 0) return [];
        return [{ path: first.path, file: first.file, slices: others.map(({ file }) => file) }];
      }),
  };
};
