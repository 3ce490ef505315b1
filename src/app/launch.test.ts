import type { Message } from '../core/message/message.ts';
import { describe, expect, it, vi } from 'vitest';
import { ok } from '../core/message/result.ts';
import type { ServerSession, StudyQuery } from '../ports/server.ts';
import { type LaunchParts, openLaunch, priorsOf, studiesToOpen, takeLaunch } from './launch.ts';

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
  const parts: LaunchParts = {
    dicomweb: { offer: async () => offered, connect },
    connected: () => undefined,
    tell: (said) => void told.push(said),
    priorsAtOnce: () => false,
    offerPriors: () => undefined,
  };
  await openLaunch(launch, parts);
  expect(opened).toEqual(['1.1', '1.2']);
  expect(told[0]).toEqual([{ code: 'launch.unknown-some', values: { count: 1 } }]);
  const none = async () => ({ proxy: undefined, connect: undefined });
  await openLaunch(launch, { ...parts, dicomweb: { offer: none, connect } });
  expect(told[1]).toMatchObject([{ code: 'launch.no-server' }]);
  expect(opened).toHaveLength(2);
});

describe('earlier exams', () => {
  const dated = (uid: string, date: string, patientId = 'P1') => ({
    ...study(uid, patientId),
    date,
  });
  const now = dated('3', '20260101');
  const archive = [
    dated('1', '20220101'),
    dated('2', '20240101'),
    now,
    dated('4', '20260601'),
    dated('5', '20230101', 'P2'),
    { ...dated('6', '20230101'), patientName: 'Another^Woman' },
    dated('7', ''),
  ];
  const found = async () => ok({ studies: archive, nextOffset: undefined, unreadable: 0 });
  const { signal } = new AbortController();

  it('are those of the same ID and name and of an earlier day, newest first', async () => {
    const priors = await priorsOf([now], { search: found }, signal);
    expect(priors.ok && priors.value.map((s) => s.studyInstanceUid)).toEqual(['2', '1']);
  });

  it('are not asked for by an ID that a server would take for a pattern', async () => {
    const search = vi.fn(found);
    for (const id of ['', 'P*', 'A\\B'])
      expect(await priorsOf([dated('3', '20260101', id)], { search }, signal)).toEqual(ok([]));
    expect(search).not.toHaveBeenCalled();
  });

  it.each([false, true])(
    'are offered, or opened at once where the reader wants it: %s',
    async (atOnce) => {
      const opened: string[] = [];
      const session: ServerSession = {
        name: 'PACS',
        warning: undefined,
        search: async (query) =>
          query.studyInstanceUid
            ? ok({ studies: [now], nextOffset: undefined, unreadable: 0 })
            : found(),
        open: async (uid) => {
          opened.push(uid);
          return ok(undefined);
        },
        storeReport: async () => ok([]),
      };
      const offers: [number, () => void][] = [];
      const { launch } = takeLaunch(new URLSearchParams('study=3'));
      if (!launch) throw new Error('no launch');
      await openLaunch(launch, {
        dicomweb: {
          offer: async () => ({ proxy: { address: 'a', upstream: '' }, connect: undefined }),
          connect: async () => ok(session),
        },
        connected: () => undefined,
        tell: () => undefined,
        priorsAtOnce: () => atOnce,
        offerPriors: (count, open) => offers.push([count, open]),
      });
      expect(opened).toEqual(atOnce ? ['3', '2', '1'] : ['3']);
      expect(offers.map(([count]) => count)).toEqual(atOnce ? [] : [2]);
      offers[0]?.[1]();
      await vi.waitFor(() => expect(opened).toEqual(['3', '2', '1']));
    },
  );
});
