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

/**
 * Opens what a launch asks for from the server that the page was configured with, and tells how it
 * went. The session is for the reader to go on with.
 */
export const openLaunch = async (
  launch: Launch,
  dicomweb: Pick<DicomWebPort, 'offer' | 'connect'>,
  connected: (session: ServerSession) => void,
  tell: (said: readonly Message[]) => void,
): Promise<void> => {
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
  connected(session.value);
  const { signal } = new AbortController();
  const found = await studiesToOpen(launch, session.value, signal);
  if (!found.ok) {
    tell([found.error]);
    return;
  }
  const { studies, unknown } = found.value;
  const remarks: Message[] = [];
  if (unknown > 0) remarks.push(message('launch.unknown-some', { count: unknown }));
  for (const { studyInstanceUid } of studies) {
    const opened = await session.value.open(studyInstanceUid, signal, () => undefined);
    const remark = opened.ok ? opened.value : opened.error;
    if (remark) remarks.push(remark);
  }
  tell(remarks);
};
