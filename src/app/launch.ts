import { message, type Message } from '../core/message/message.ts';
import type { DicomWebPort, FoundStudy, ServerSession } from '../ports/server.ts';
import { err, ok, type Result } from '../core/message/result.ts';

/** What another program asks to be shown, by the address that it opens. */
export interface Launch {
  readonly studyInstanceUids: readonly string[];
  /** '' where not given. */
  readonly accessionNumber: string;
  readonly patientId: string;
}

/**
 * Parameters of a launch, in any capitals: OHIF (StudyInstanceUIDs), IHE Invoke Image Display (RAD-106:
 * studyUID, accessionNumber, patientID), Stone Web Viewer (study).
 */
const STUDY_KEYS = ['studyinstanceuids', 'studyuid', 'study'];
const OTHER_KEYS = ['accessionnumber', 'patientid', 'requesttype'];

/** An ID of HL7's form CX: the ID alone, without its assigning authority. */
const idOf = (value: string): string => value.split('^')[0]?.trim() ?? '';

/**
 * Takes a launch out of an address. `rest` is the address without it: identifiers of a patient belong
 * neither in the address bar nor in the history.
 */
export const takeLaunch = (
  parameters: URLSearchParams,
): { readonly launch: Launch | undefined; readonly rest: URLSearchParams } => {
  const rest = new URLSearchParams();
  const uids: string[] = [];
  const other = new Map<string, string>();
  for (const [name, value] of parameters) {
    const key = name.toLowerCase();
    if (STUDY_KEYS.includes(key)) uids.push(...value.split(/[,\\]/).map((uid) => uid.trim()));
    else if (OTHER_KEYS.includes(key)) other.set(key, value.trim());
    else rest.append(name, value);
  }
  const launch = {
    studyInstanceUids: [...new Set(uids.filter(Boolean))],
    accessionNumber: other.get('accessionnumber') ?? '',
    patientId: idOf(other.get('patientid') ?? ''),
  };
  const asks = launch.studyInstanceUids.length > 0 || launch.accessionNumber || launch.patientId;
  return { launch: asks ? launch : undefined, rest };
};

const patientOf = (study: FoundStudy): string => `${study.patientId}\n${study.patientName}`;

type Finder = Pick<ServerSession, 'search'>;
const NO_KEYS = { patientName: '', patientId: '', from: '', to: '' };

/** The studies that a launch means; a sentence where nothing may be opened. */
export const studiesToOpen = async (
  { studyInstanceUids, accessionNumber, patientId }: Launch,
  server: Finder,
  signal: AbortSignal,
): Promise<
  Result<{ readonly studies: readonly FoundStudy[]; readonly unknown: number }, Message>
> => {
  const queries =
    studyInstanceUids.length > 0
      ? studyInstanceUids.map((studyInstanceUid) => ({ ...NO_KEYS, studyInstanceUid }))
      : [accessionNumber ? { ...NO_KEYS, accessionNumber, patientId } : { ...NO_KEYS, patientId }];
  const studies: FoundStudy[] = [];
  let unknown = 0;
  for (const query of queries) {
    const found = await server.search(query, signal);
    if (!found.ok) return found;
    if (found.value.studies.length === 0) unknown++;
    studies.push(...found.value.studies);
  }
  if (studies.length === 0) return err(message('launch.unknown'));
  if (new Set(studies.map(patientOf)).size > 1) return err(message('launch.patients'));
  if (patientId && studies.some((study) => study.patientId !== patientId))
    return err(message('launch.other-patient'));
  return ok({ studies, unknown });
};

/** What a study's patient ID must be free of: a server would take it for a pattern or for several. */
const PATTERN = /[*?\\]/;

/**
 * The patient's earlier exams on the server, newest first: of the same ID and name as those opened,
 * and dated before them. None where the patient has no ID to search by.
 */
export const priorsOf = async (
  studies: readonly FoundStudy[],
  server: Finder,
  signal: AbortSignal,
): Promise<Result<readonly FoundStudy[], Message>> => {
  const [first] = studies;
  if (!first || first.patientId === '' || PATTERN.test(first.patientId)) return ok([]);
  const found = await server.search({ ...NO_KEYS, patientId: first.patientId }, signal);
  if (!found.ok) return found;
  const newest =
    studies
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? '';
  const opened = new Set(studies.map(({ studyInstanceUid }) => studyInstanceUid));
  return ok(
    found.value.studies
      .filter((study) => patientOf(study) === patientOf(first))
      .filter(({ studyInstanceUid, date }) => !opened.has(studyInstanceUid) && date !== '')
      .filter(({ date }) => date < newest)
      .toSorted((a, b) => (a.date < b.date ? 1 : -1)),
  );
};

const nothing = () => undefined;

const openAll = async (
  studies: readonly FoundStudy[],
  server: Pick<ServerSession, 'open'>,
  signal: AbortSignal,
): Promise<Message[]> => {
  const remarks: Message[] = [];
  for (const { studyInstanceUid } of studies) {
    const opened = await server.open(studyInstanceUid, signal, nothing, nothing);
    const remark = opened.ok ? opened.value : opened.error;
    if (remark) remarks.push(remark);
  }
  return remarks;
};

export interface LaunchParts {
  readonly dicomweb: Pick<DicomWebPort, 'offer' | 'connect'>;
  /** The session is for the reader to go on with. */
  readonly connected: (session: ServerSession) => void;
  /** How it went; [] where there is nothing to say. */
  readonly tell: (said: readonly Message[]) => void;
  /** Whether the reader wants earlier exams opened at once. */
  readonly priorsAtOnce: () => boolean;
  /** Lets the reader open that many earlier exams. */
  readonly offerPriors: (count: number, open: () => void) => void;
}

/**
 * Opens what a launch asks for from the server that the page was configured with, tells how it went,
 * and opens or offers the patient's earlier exams.
 */
export const openLaunch = async (launch: Launch, parts: LaunchParts): Promise<void> => {
  const { dicomweb, tell } = parts;
  const { proxy, connect } = await dicomweb.offer();
  const address = proxy?.address ?? connect;
  if (address === undefined) {
    tell([message('launch.no-server')]);
    return;
  }
  const session = await dicomweb.connect(address, { kind: 'none' });
  if (!session.ok) {
    tell([session.error]);
    return;
  }
  parts.connected(session.value);
  const { signal } = new AbortController();
  const found = await studiesToOpen(launch, session.value, signal);
  if (!found.ok) {
    tell([found.error]);
    return;
  }
  const { studies, unknown } = found.value;
  const remarks: Message[] =
    unknown > 0 ? [message('launch.unknown-some', { count: unknown })] : [];
  remarks.push(...(await openAll(studies, session.value, signal)));
  const priors = await priorsOf(studies, session.value, signal);
  if (!priors.ok) remarks.push(message('launch.no-priors', { reason: priors.error }));
  else if (priors.value.length > 0) {
    const open = () => openAll(priors.value, session.value, signal);
    if (parts.priorsAtOnce()) remarks.push(...(await open()));
    else parts.offerPriors(priors.value.length, () => void open().then(tell));
  }
  tell(remarks);
};
