import { expect, it, vi } from 'vitest';
import type { Message } from '../core/message/message.ts';
import { err, ok } from '../core/message/result.ts';
import type { FoundStudy, ServerSession } from '../ports/server.ts';
import { takeLaunch } from './launch.ts';
import { type LaunchParts, openLaunch } from './open-launch.ts';

const study = (studyInstanceUid: string, date: string): FoundStudy => ({
  studyInstanceUid,
  patientId: 'P1',
  issuerOfPatientId: '',
  patientName: 'Doe^Jane',
  birthDate: '',
  accessionNumber: '',
  date,
  time: '',
  description: '',
  modalities: [],
  instanceCount: undefined,
});
const held = [
  study('1', '20220101'),
  study('2', '20240101'),
  study('3', '20260101'),
  study('3.1', '20260101'),
  study('4', '20260601'),
  study('5', ''),
];

/** Opens a launch from a server that holds these studies. */
const launch = async (query: string, more: Partial<LaunchParts> = {}) => {
  const opened: string[] = [];
  const session: ServerSession = {
    name: 'PACS',
    warning: undefined,
    search: async ({ studyInstanceUid: uid }) => {
      const studies = held.filter((s) => (uid ?? s.studyInstanceUid) === s.studyInstanceUid);
      return ok({ studies, nextOffset: undefined, unreadable: 0 });
    },
    open: async (uid) => {
      opened.push(uid);
      return ok([]);
    },
    storeReport: async () => ok([]),
  };
  const asked = takeLaunch(new URLSearchParams(query)).launch;
  if (!asked) throw new Error('no launch');
  const told: (readonly Message[])[] = [];
  const of: string[] = [];
  const note = (studies: readonly FoundStudy[] = []) =>
    of.push(studies.map(({ studyInstanceUid }) => studyInstanceUid).join());
  const offers: { topic: string; said: readonly Message[]; open: () => void }[] = [];
  const proxy = { address: 'https://here/dicomweb', upstream: '' };
  await openLaunch(asked, {
    dicomweb: {
      offer: async () => ok({ proxy, connect: undefined }),
      connect: async () => ok(session),
    },
    connected: () => undefined,
    tell: (said, studies) => {
      told.push(said);
      note(studies);
    },
    notReached: (why) => void told.push([why]),
    priorsAtOnce: () => false,
    offer: (topic, said, studies, open) => {
      offers.push({ topic, said, open });
      note(studies);
    },
    ...more,
  });
  return { opened, told, offers, of };
};

it('opens from the configured server and says what is missing', async () => {
  const { opened, told } = await launch('study=1,2,9');
  expect(opened).toEqual(['2', '1']);
  expect(told).toEqual([[{ code: 'launch.unknown-some', values: { count: 1 } }]]);
});

it('says that there is no server', async () => {
  const offer = async () => ok({ proxy: undefined, connect: undefined });
  const connect = () => Promise.reject(new Error('not asked'));
  const { opened, told } = await launch('study=1', { dicomweb: { offer, connect } });
  expect([opened, told]).toEqual([[], [[{ code: 'launch.no-server', values: {} }]]]);
});

it('does not say so where the server could not be asked', async () => {
  const why = { code: 'server.signed-out', values: {} } as const;
  const offer = async () => err(why);
  const connect = () => Promise.reject(new Error('not asked'));
  const { opened, told } = await launch('study=1', { dicomweb: { offer, connect } });
  expect([opened, told]).toEqual([[], [[why]]]);
});

it('offers the rest of the day with the earlier exams, and the newer ones apart', async () => {
  const { opened, offers } = await launch('study=3');
  expect(opened).toEqual(['3']);
  expect(offers.map(({ topic, said }) => [topic, ...said])).toEqual([
    ['newer', { code: 'launch.newer', values: { count: 1 } }],
    ['undated', { code: 'launch.undated', values: { count: 1 } }],
    [
      'priors',
      { code: 'launch.same-day', values: { count: 1 } },
      { code: 'launch.priors', values: { count: 2 } },
    ],
  ]);
  offers[2]?.open();
  await vi.waitFor(() => expect(opened).toEqual(['3', '3.1', '2', '1']));
  offers[1]?.open();
  await vi.waitFor(() => expect(opened.at(-1)).toBe('5'));
});

it('says of which studies each word is', async () => {
  const { of, offers } = await launch('study=3,9');
  expect(of).toEqual(['3', '3', '3', '3']);
  offers[0]?.open();
  await vi.waitFor(() => expect(of).toEqual(['3', '3', '3', '3', '3']));
});

it('opens all but the newer and undated ones at once where the reader wants it', async () => {
  const { opened, offers } = await launch('study=3', { priorsAtOnce: () => true });
  expect(opened).toEqual(['3', '3.1', '2', '1']);
  expect(offers.map(({ topic }) => topic)).toEqual(['newer', 'undated']);
});

it('counts the studies of one day as one exam', async () => {
  const { offers } = await launch('study=4');
  expect(offers[1]?.said).toEqual([{ code: 'launch.priors', values: { count: 3 } }]);
});
