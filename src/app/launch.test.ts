import type { Message } from '../core/message/message.ts';
import { expect, it } from 'vitest';
import { ok } from '../core/message/result.ts';
import type { ServerSession, StudyQuery } from '../ports/server.ts';
import { openLaunch, studiesToOpen, takeLaunch } from './launch.ts';

const nothing = { accessionNumber: '', patientId: '' };

it.each([
  ['StudyInstanceUIDs=1.2,1.3', { ...nothing, studyInstanceUids: ['1.2', '1.3'] }],
  ['studyUID=1.2&requestType=STUDY', { ...nothing, studyInstanceUids: ['1.2'] }],
  ['study=1.2&study=1.2', { ...nothing, studyInstanceUids: ['1.2'] }],
  [
    'requestType=STUDY&accessionNumber=A7&patientID=P1%5E%5E%5EHospital',
    { studyInstanceUids: [], accessionNumber: 'A7', patientId: 'P1' },
  ],
])('takes %s out of the address', (query, launch) => {
  const taken = takeLaunch(new URLSearchParams(`pack=m1&${query}`));
  expect(taken.launch).toEqual(launch);
  expect(String(taken.rest)).toBe('pack=m1');
});

it('leaves an address without a launch as it is', () => {
  const { launch, rest } = takeLaunch(new URLSearchParams('demo=tour&backend=wasm'));
  expect([launch, String(rest)]).toEqual([undefined, 'demo=tour&backend=wasm']);
});

const study = (studyInstanceUid: string, patientId: string) => ({
  studyInstanceUid,
  patientId,
  patientName: `Name^${patientId}`,
  date: '',
  time: '',
  description: '',
  instanceCount: undefined,
});
const held = [study('1.1', 'P1'), study('1.2', 'P1'), study('2.1', 'P2')];
const asked: StudyQuery[] = [];
const server: Pick<ServerSession, 'search'> = {
  search: async (query) => {
    asked.push(query);
    const studies = held.filter(
      (s) =>
        (query.studyInstanceUid ?? s.studyInstanceUid) === s.studyInstanceUid &&
        (query.patientId || s.patientId) === s.patientId,
    );
    return ok({ studies, nextOffset: undefined, unreadable: 0 });
  },
};
const open = (query: string) => {
  const { launch } = takeLaunch(new URLSearchParams(query));
  if (!launch) throw new Error('no launch');
  return studiesToOpen(launch, server, new AbortController().signal);
};

it('finds the studies of one patient and counts those that the server does not know', async () => {
  expect(await open('StudyInstanceUIDs=1.1,1.2,9')).toMatchObject({
    value: { studies: [{ studyInstanceUid: '1.1' }, { studyInstanceUid: '1.2' }], unknown: 1 },
  });
  await open('accessionNumber=A7&patientID=P2');
  expect(asked.at(-1)).toMatchObject({ accessionNumber: 'A7', patientId: 'P2' });
});

it.each([
  ['study=9', 'launch.unknown'],
  ['StudyInstanceUIDs=1.1,2.1', 'launch.patients'],
  ['studyUID=1.1&patientID=P2', 'launch.other-patient'],
])('opens nothing for %s', async (query, said) => {
  const outcome = await open(query);
  expect(outcome.ok ? '' : outcome.error.code).toBe(said);
});

it('opens from the configured server and says what is missing, or that there is none', async () => {
  const opened: string[] = [];
  const session: ServerSession = {
    ...server,
    name: 'PACS',
    warning: undefined,
    open: async (uid) => {
      opened.push(uid);
      return ok(undefined);
    },
    storeReport: async () => ok([]),
  };
  const { launch } = takeLaunch(new URLSearchParams('study=1.1,1.2,9'));
  if (!launch) throw new Error('no launch');
  const told: (readonly Message[])[] = [];
  const connect = async () => ok(session);
  const offered = { proxy: { address: 'https://here/dicomweb', upstream: '' }, connect: undefined };
  const tell = (said: readonly Message[]) => void told.push(said);
  await openLaunch(launch, { offer: async () => offered, connect }, () => undefined, tell);
  expect(opened).toEqual(['1.1', '1.2']);
  expect(told[0]).toEqual([{ code: 'launch.unknown-some', values: { count: 1 } }]);
  const none = async () => ({ proxy: undefined, connect: undefined });
  await openLaunch(launch, { offer: none, connect }, () => undefined, tell);
  expect(told[1]).toMatchObject([{ code: 'launch.no-server' }]);
  expect(opened).toHaveLength(2);
});
