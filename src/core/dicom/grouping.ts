import { HANGING_PLACES, placeOf } from './hanging.ts';
import type { MammogramHeader } from './mammogram-header.ts';

interface Groupable {
  readonly header: MammogramHeader;
}

export interface StudyGroup<T> {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
  /** RCC, LCC, RMLO, LMLO, then the rest; of equals the first opened first. */
  readonly images: readonly T[];
}

export interface PatientGroup<T> {
  readonly key: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientBirthDate: string;
  /** Newest first. */
  readonly studies: readonly StudyGroup<T>[];
}

export interface Grouping<T> {
  /** By name, then ID. */
  readonly patients: readonly PatientGroup<T>[];
  /** Images whose SOP Instance UID came before, with the one that was kept. */
  readonly duplicates: readonly { readonly image: T; readonly kept: T }[];
}

/** What holds images of one person together: the Patient ID, else the study: strangers never mix. */
export const patientKeyOf = (header: MammogramHeader): string =>
  header.patientId ? `patient:${header.patientId}` : `study:${header.studyInstanceUid}`;

const placeRank = (header: MammogramHeader): number => {
  const place = placeOf(header);
  return place ? HANGING_PLACES.indexOf(place) : HANGING_PLACES.length;
};

const studyOf = <T extends Groupable>(studyInstanceUid: string, images: readonly T[]) => {
  const [first] = images as readonly [T];
  const { studyDate, studyTime, studyDescription, accessionNumber } = first.header;
  return {
    studyInstanceUid,
    studyDate,
    studyTime,
    studyDescription,
    accessionNumber,
    images: images.toSorted((a, b) => placeRank(a.header) - placeRank(b.header)),
  };
};

/**
 * Whether a study is of the day of the patient's newest one or of an earlier day; undefined where
 * there is no other study or the study has no date.
 */
export const ageOf = <T>(
  study: StudyGroup<T>,
  patient: PatientGroup<T>,
): 'current' | 'prior' | undefined => {
  const newest = patient.studies[0]?.studyDate;
  if (patient.studies.length < 2 || !newest || !study.studyDate) return undefined;
  return study.studyDate === newest ? 'current' : 'prior';
};

const newestFirst = (a: StudyGroup<unknown>, b: StudyGroup<unknown>): number =>
  `${b.studyDate}${b.studyTime}`.localeCompare(`${a.studyDate}${a.studyTime}`) ||
  a.studyInstanceUid.localeCompare(b.studyInstanceUid);

const groupBy = <T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
};

const patientOf = <T extends Groupable>(key: string, images: readonly T[]): PatientGroup<T> => {
  const [first] = images as readonly [T];
  const { patientId, patientName, patientBirthDate } = first.header;
  const studies = [...groupBy(images, (i) => i.header.studyInstanceUid)];
  return {
    key,
    patientId,
    patientName,
    patientBirthDate,
    studies: studies.map(([uid, members]) => studyOf(uid, members)).sort(newestFirst),
  };
};

/** Patients, their studies and images. The same SOP Instance UID twice: the first one counts. */
export const groupImages = <T extends Groupable>(images: readonly T[]): Grouping<T> => {
  const kept = new Map<string, T>();
  const duplicates: { image: T; kept: T }[] = [];
  for (const image of images) {
    const before = kept.get(image.header.sopInstanceUid);
    if (before) duplicates.push({ image, kept: before });
    else kept.set(image.header.sopInstanceUid, image);
  }
  const patients = [...groupBy([...kept.values()], (i) => patientKeyOf(i.header))]
    .map(([key, members]) => patientOf(key, members))
    .sort(
      (a, b) =>
        a.patientName.localeCompare(b.patientName) || a.patientId.localeCompare(b.patientId),
    );
  return { patients, duplicates };
};
