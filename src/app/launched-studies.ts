import {
  comparableId,
  contradictions,
  type PatientIdentity,
} from '../core/dicom/patient-identity.ts';
import { plainText } from '../core/dicom/plain-text.ts';
import { message, type Message } from '../core/message/message.ts';
import { err, ok, type Result } from '../core/message/result.ts';
import type { FoundStudy, ServerSession, StudyQuery } from '../ports/server.ts';
import { newestFirst } from '../ui/dicomweb/found-order.ts';
import type { Launch } from './launch.ts';

type Finder = Pick<ServerSession, 'search'>;
/** Studies of one patient in one answer: the most that a search gives. */
const MOST = 200;

const identityOf = (study: FoundStudy): PatientIdentity => ({
  patientId: study.patientId,
  issuerOfPatientId: study.issuerOfPatientId,
  personName: study.patientName,
  patientBirthDate: study.birthDate,
});
const mayBeOne = (a: FoundStudy, b: FoundStudy): boolean =>
  contradictions(identityOf(a), identityOf(b)).length === 0;

const comparable = (text: string): string => plainText(text).toUpperCase();
const isSame = (a: string, b: string): boolean => comparable(a) === comparable(b);

interface Asked {
  readonly query: StudyQuery;
  /** A server may ignore a key, or take it for a pattern. */
  readonly isMeant: (study: FoundStudy) => boolean;
}

const within = ({ date }: FoundStudy, from: string, to: string): boolean =>
  (from === '' || date >= from.replaceAll('-', '')) &&
  (to === '' || (date !== '' && date <= to.replaceAll('-', '')));

const asksOf = (launch: Launch): readonly Asked[] => {
  const { studyInstanceUids, accessionNumbers, from, to } = launch;
  const [patientId = ''] = launch.patientIds;
  if (studyInstanceUids.length > 0)
    return studyInstanceUids.map((uid) => ({
      query: { studyInstanceUid: uid },
      isMeant: (study) => study.studyInstanceUid === uid,
    }));
  if (accessionNumbers.length > 0)
    return accessionNumbers.map((accessionNumber) => ({
      query: { accessionNumber, patientId },
      isMeant: (study) => isSame(study.accessionNumber, accessionNumber),
    }));
  const isMeant = (study: FoundStudy) =>
    isSame(study.patientId, patientId) && within(study, from, to);
  return [{ query: { patientId, from, to, limit: MOST }, isMeant }];
};

/** No such study can be: what names it is no UID, for one. It costs the launch no other study. */
const isUnaskable = ({ code }: Message): boolean => code.startsWith('server.invalid-input');

/** The studies that a launch means, newest first; a sentence where nothing may be opened. */
export const studiesToOpen = async (
  launch: Launch,
  server: Finder,
  signal: AbortSignal,
): Promise<
  Result<{ readonly studies: readonly FoundStudy[]; readonly unknown: number }, Message>
> => {
  const all: FoundStudy[] = [];
  let unknown = 0;
  let unaskable: Message | undefined;
  for (const { query, isMeant } of asksOf(launch)) {
    const found = await server.search(query, signal);
    if (!found.ok && isUnaskable(found.error)) {
      unaskable = found.error;
      unknown++;
      continue;
    }
    if (!found.ok) return found;
    const meant = found.value.studies.filter(isMeant);
    if (meant.length === 0) unknown++;
    all.push(...meant);
  }
  if (all.length === 0) return err(unaskable ?? message('launch.unknown'));
  if (all.some((study) => all.some((other) => !mayBeOne(study, other))))
    return err(message('launch.patients'));
  if (launch.patientIds.some((id) => all.some(({ patientId }) => !isSame(patientId, id))))
    return err(message('launch.other-patient'));
  const named = launch.studyInstanceUids.length + launch.accessionNumbers.length > 0;
  return ok({
    studies: newestFirst(all).slice(0, named ? undefined : launch.mostRecent),
    unknown,
  });
};

/** Further studies of a patient by the day of the newest that was opened, newest first. */
interface OtherExams {
  /** Of that day: they are of the same exam. */
  readonly sameDay: readonly FoundStudy[];
  readonly earlier: readonly FoundStudy[];
  readonly newer: readonly FoundStudy[];
  /** Of no day, or beside studies of none. */
  readonly undated: readonly FoundStudy[];
}

/**
 * What else the server has of the patient of these studies: whatever contradicts none of them in ID, issuer,
 * name and birth date. Nothing where the patient has no ID to search by.
 */
export const otherExams = async (
  studies: readonly FoundStudy[],
  server: Finder,
  signal: AbortSignal,
): Promise<Result<OtherExams, Message>> => {
  const [newest] = newestFirst(studies);
  if (!newest || comparableId(newest.patientId) === '')
    return ok({ sameDay: [], earlier: [], newer: [], undated: [] });
  const found = await server.search({ patientId: newest.patientId, limit: MOST }, signal);
  if (!found.ok) return found;
  const opened = new Set(studies.map(({ studyInstanceUid }) => studyInstanceUid));
  const others = newestFirst(found.value.studies)
    .filter(({ studyInstanceUid }) => !opened.has(studyInstanceUid))
    .filter((other) => studies.every((study) => mayBeOne(study, other)));
  const dated = others.filter(({ date }) => date !== '' && newest.date !== '');
  return ok({
    sameDay: dated.filter(({ date }) => date === newest.date),
    earlier: dated.filter(({ date }) => date < newest.date),
    newer: dated.filter(({ date }) => date > newest.date),
    undated: others.filter((other) => !dated.includes(other)),
  });
};
