import { message, type Message } from '../core/message/message.ts';
import type { DicomWebPort, FoundStudy, ServerSession } from '../ports/server.ts';
import type { Launch } from './launch.ts';
import { otherExams, studiesToOpen } from './launched-studies.ts';

const nothing = () => undefined;

const openAll = async (
  studies: readonly FoundStudy[],
  server: Pick<ServerSession, 'open'>,
  signal: AbortSignal,
): Promise<Message[]> => {
  const remarks: Message[] = [];
  for (const { studyInstanceUid } of studies) {
    const opened = await server.open(studyInstanceUid, signal, nothing, nothing);
    remarks.push(...(opened.ok ? opened.value : [opened.error]));
  }
  return remarks;
};

export interface LaunchParts {
  readonly dicomweb: Pick<DicomWebPort, 'offer' | 'connect'>;
  /** The session is for the reader to go on with. */
  readonly connected: (session: ServerSession) => void;
  /** How it went with these studies; [] where there is nothing to say. */
  readonly tell: (said: readonly Message[], studies?: readonly FoundStudy[]) => void;
  /** The page's own server cannot be asked which server there is: to be tried again. */
  readonly notReached: (why: Message) => void;
  /** Whether the reader wants earlier exams opened at once. */
  readonly priorsAtOnce: () => boolean;
  /** Lets the reader open further studies of the patient of `studies`; `said` tells which. */
  readonly offer: (
    topic: Offered,
    said: readonly Message[],
    studies: readonly FoundStudy[],
    open: () => void,
  ) => void;
}

/** What may be offered beside what was asked for. */
export type Offered = 'priors' | 'newer' | 'undated';

/** Of how many days studies are: an exam may be several studies. */
const examsIn = (studies: readonly FoundStudy[]): number =>
  new Set(studies.map(({ date }) => date)).size;

/** Opens or offers what else the server has of the patient; remarks on it. */
const openOthers = async (
  studies: readonly FoundStudy[],
  server: ServerSession,
  { priorsAtOnce, offer, tell }: LaunchParts,
  signal: AbortSignal,
): Promise<readonly Message[]> => {
  const others = await otherExams(studies, server, signal);
  if (!others.ok) return [message('launch.no-priors', { reason: others.error })];
  const { sameDay, earlier, newer, undated } = others.value;
  const priors = [...sameDay, ...earlier];
  const open = (those: readonly FoundStudy[]) => openAll(those, server, signal);
  const offerTo = (topic: Offered, said: readonly Message[], those: readonly FoundStudy[]) =>
    offer(topic, said, studies, () => void open(those).then((how) => tell(how, studies)));
  if (newer.length > 0)
    offerTo('newer', [message('launch.newer', { count: examsIn(newer) })], newer);
  if (undated.length > 0)
    offerTo('undated', [message('launch.undated', { count: undated.length })], undated);
  if (priorsAtOnce()) return open(priors);
  const said = [
    ...(sameDay.length > 0 ? [message('launch.same-day', { count: sameDay.length })] : []),
    ...(earlier.length > 0 ? [message('launch.priors', { count: examsIn(earlier) })] : []),
  ];
  if (said.length > 0) offerTo('priors', said, priors);
  return [];
};

/**
 * Opens what a launch asks for from the server that the page was configured with, tells how it went, and
 * opens or offers the rest of the exam and the patient's earlier exams; newer and undated ones are offered.
 */
export const openLaunch = async (launch: Launch, parts: LaunchParts): Promise<void> => {
  const { dicomweb, tell } = parts;
  const offered = await dicomweb.offer();
  if (!offered.ok) {
    parts.notReached(offered.error);
    return;
  }
  const { proxy, connect } = offered.value;
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
  remarks.push(...(await openOthers(studies, session.value, parts, signal)));
  tell(remarks, studies);
};
