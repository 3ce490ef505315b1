import { groupBy } from '../units/group-by.ts';
import { textDigest } from './text-digest.ts';
import type { MammogramHeader } from './mammogram-header.ts';
import { comparableId, contradictions, type Contradiction } from './patient-identity.ts';
import { HANGING_PLACES, placeOf } from './hanging-place.ts';

interface Groupable {
  readonly header: MammogramHeader;
}

/** The images of one exam of one patient: of the studies of one day, or of one study without a date. */
export interface StudyGroup<T> {
  /** What holds them together, the same for each of them: the day, or the study where it has none. */
  readonly exam: string;
  /** Of the first image. */
  readonly studyInstanceUid: string;
  /** All studies of the day: some devices begin a new one in the middle of an exam. */
  readonly studyInstanceUids: readonly string[];
  /** The day on which the exam began; where no image says it, on which one was taken or made. */
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
  /** RCC, LCC, RMLO, LMLO, then the rest; of equals the first opened first. */
  readonly images: readonly T[];
}

/** Another patient of the same ID, and in what the two contradict each other. */
export interface Namesake {
  readonly key: string;
  readonly patientName: string;
  readonly patientBirthDate: string;
  readonly differs: readonly Contradiction[];
}

export interface PatientGroup<T> {
  readonly key: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientBirthDate: string;
  /** Open patients with the same ID who were kept apart. */
  readonly apartFrom: readonly Namesake[];
  /** Whether the ID names nobody: then only images of one study are together. */
  readonly isIdBlank: boolean;
  /** Whether name or ID held characters that are not seen, which were left out. */
  readonly unseenCharacters: boolean;
  /** Newest first. */
  readonly studies: readonly StudyGroup<T>[];
}

export interface Grouping<T> {
  /** By name, then ID. */
  readonly patients: readonly PatientGroup<T>[];
  /** Images whose SOP Instance UID came before, with the one that was kept. */
  readonly duplicates: readonly { readonly image: T; readonly kept: T }[];
}

/** The images of one person, so far. */
interface Cluster<T> {
  readonly key: string;
  readonly images: T[];
  readonly studies: Set<string>;
  /** A header for each way in which the images say who it is. */
  readonly identities: Map<string, MammogramHeader>;
}

const identityOf = ({
  patientId,
  issuerOfPatientId,
  personName,
  patientBirthDate,
}: MammogramHeader) => [patientId, issuerOfPatientId, personName, patientBirthDate].join('|');

/**
 * Of the first image of a patient, so that it stays the same whatever is opened later. Kept with marks,
 * so name and birth date are in it as a digest only.
 */
export const keyFrom = (header: MammogramHeader): string => {
  const { patientId, studyInstanceUid } = header;
  const of = comparableId(patientId) ? `patient:${patientId}` : `study:${studyInstanceUid}`;
  return `${of}|${textDigest(identityOf(header))}`;
};

const isOf = (cluster: Cluster<unknown>, header: MammogramHeader): boolean => {
  const isBlank = comparableId(header.patientId) === '';
  if (isBlank && !cluster.studies.has(header.studyInstanceUid)) return false;
  if (cluster.identities.has(identityOf(header))) return true;
  return [...cluster.identities.values()].every((i) => contradictions(i, header).length === 0);
};

/**
 * One person's images together: those whose ID, issuer, name and birth date do not contradict each
 * other. Without an ID only those of one study. In the order given, so that an image that could be of
 * two persons goes to the one whose study it is of, or stands alone.
 */
const clustersOf = <T extends Groupable>(images: readonly T[]): readonly Cluster<T>[] => {
  const clusters: Cluster<T>[] = [];
  for (const image of images) {
    const { header } = image;
    const key = keyFrom(header);
    const fitting = clusters.filter((cluster) => isOf(cluster, header));
    const sameStudy = fitting.filter(({ studies }) => studies.has(header.studyInstanceUid));
    const single = [sameStudy, fitting].find((list) => list.length === 1)?.[0];
    const found = fitting.find((cluster) => cluster.key === key) ?? single;
    const cluster: Cluster<T> = found ?? {
      key,
      images: [],
      studies: new Set(),
      identities: new Map(),
    };
    if (!found) clusters.push(cluster);
    cluster.images.push(image);
    cluster.studies.add(header.studyInstanceUid);
    cluster.identities.set(identityOf(header), header);
  }
  return clusters;
};

const placeRank = (header: MammogramHeader): number => {
  const place = placeOf(header);
  return place ? HANGING_PLACES.indexOf(place) : HANGING_PLACES.length;
};

const earliest = (dates: readonly string[]): string =>
  dates.reduce((first, date) => (date !== '' && (first === '' || date < first) ? date : first), '');

/** The day of one study, which may reach past midnight and leave its date out of some images. */
const dayOf = (headers: readonly MammogramHeader[]): string =>
  earliest(headers.map((h) => h.studyDate)) ||
  earliest(headers.map((h) => h.technique.acquisitionDate)) ||
  earliest(headers.map((h) => h.contentDate));

const studyOf = <T extends Groupable>(images: readonly T[], studyDate: string): StudyGroup<T> => {
  const [first] = images as readonly [T];
  const { studyInstanceUid, studyTime, studyDescription, accessionNumber } = first.header;
  return {
    exam: studyDate || studyInstanceUid,
    studyInstanceUid,
    studyInstanceUids: [...new Set(images.map((i) => i.header.studyInstanceUid))],
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

/** A patient's exams, newest first: each study whole, those of one day together. */
const studiesOf = <T extends Groupable>(images: readonly T[]): readonly StudyGroup<T>[] => {
  const days = new Map(
    groupBy(images, (i) => i.header.studyInstanceUid).map((own) => [
      own[0]?.header.studyInstanceUid,
      dayOf(own.map((i) => i.header)),
    ]),
  );
  const day = ({ header }: T): string => days.get(header.studyInstanceUid) ?? '';
  return groupBy(images, (i) => day(i) || i.header.studyInstanceUid)
    .map((own) => studyOf(own, day(own[0] as T)))
    .sort(newestFirst);
};

const patientOf = <T extends Groupable>(
  { key, images, identities }: Cluster<T>,
  all: readonly Cluster<T>[],
): PatientGroup<T> => {
  const header = fullestOf(identities);
  const { patientId, patientName, patientBirthDate } = header;
  const isIdBlank = comparableId(patientId) === '';
  const apart = all.flatMap((other) => {
    const its = fullestOf(other.identities);
    const isNamesake = !isIdBlank && comparableId(its.patientId) === comparableId(patientId);
    if (other.key === key || !isNamesake) return [];
    const differs = contradictions(header, its);
    return [
      {
        key: other.key,
        patientName: its.patientName,
        patientBirthDate: its.patientBirthDate,
        differs,
      },
    ];
  });
  return {
    key,
    patientId,
    patientName,
    patientBirthDate,
    apartFrom: apart,
    isIdBlank,
    unseenCharacters: images.some((i) => i.header.unseenCharacters),
    studies: studiesOf(images),
  };
};

/** The header that says most of who it is. */
const fullestOf = (identities: ReadonlyMap<string, MammogramHeader>): MammogramHeader => {
  const filled = ({ issuerOfPatientId, personName, patientBirthDate }: MammogramHeader) =>
    [personName, patientBirthDate, issuerOfPatientId].filter((value) => value !== '').length;
  return [...identities.values()].reduce((best, header) =>
    filled(header) > filled(best) ? header : best,
  );
};

const compute = <T extends Groupable>(images: readonly T[]): Grouping<T> => {
  const kept = new Map<string, T>();
  const duplicates: { image: T; kept: T }[] = [];
  for (const image of images) {
    const before = kept.get(image.header.sopInstanceUid);
    if (before) duplicates.push({ image, kept: before });
    else kept.set(image.header.sopInstanceUid, image);
  }
  const clusters = clustersOf([...kept.values()]);
  const patients = clusters
    .map((cluster) => patientOf(cluster, clusters))
    .sort(
      (a, b) =>
        a.patientName.localeCompare(b.patientName) || a.patientId.localeCompare(b.patientId),
    );
  return { patients, duplicates };
};

const computed = new WeakMap<readonly Groupable[], Grouping<Groupable>>();

/**
 * Patients, their exams and images. The same SOP Instance UID twice: the first one counts. Computed
 * once for a list, which must not be changed afterwards.
 */
export const groupImages = <T extends Groupable>(images: readonly T[]): Grouping<T> => {
  const known = computed.get(images) as Grouping<T> | undefined;
  const grouping = known ?? compute(images);
  if (!known) computed.set(images, grouping);
  return grouping;
};

/** Whom an image of the list is of, and in which exam; undefined where it is not in the list. */
export const placeIn = <T extends Groupable>(images: readonly T[], sopInstanceUid: string) => {
  for (const patient of groupImages(images).patients)
    for (const study of patient.studies)
      if (study.images.some((i) => i.header.sopInstanceUid === sopInstanceUid))
        return { patient, study };
  return undefined;
};

/** The key of the patient whom an image of the list is of; undefined where it is not in the list. */
export const patientKeyIn = (
  images: readonly Groupable[],
  sopInstanceUid: string,
): string | undefined => placeIn(images, sopInstanceUid)?.patient.key;

/** The exam that an image of the list is of; undefined where it is not in the list. */
export const examIn = <T extends Groupable>(
  images: readonly T[],
  sopInstanceUid: string,
): StudyGroup<T> | undefined => placeIn(images, sopInstanceUid)?.study;
