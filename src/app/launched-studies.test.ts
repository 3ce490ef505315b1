import { describe, expect, it, vi } from 'vitest';
import { message } from '../core/message/message.ts';
import { err, ok } from '../core/message/result.ts';
import type { FoundStudy, ServerSession, StudyQuery } from '../ports/server.ts';
import { takeLaunch } from './launch.ts';
import { otherExams, studiesToOpen } from './launched-studies.ts';

const study = (studyInstanceUid: string, more: Partial<FoundStudy> = {}): FoundStudy => ({
  studyInstanceUid,
  patientId: 'P1',
  issuerOfPatientId: '',
  patientName: 'Doe^Jane',
  birthDate: '19600101',
  accessionNumber: '',
  date: '20250101',
  time: '',
  description: '',
  modalities: [],
  instanceCount: undefined,
  ...more,
});

const { signal } = new AbortController();
const page = (studies: readonly FoundStudy[]) =>
  ok({ studies, nextOffset: undefined, unreadable: 0 });

/** A server that heeds the keys that studies are found by. */
const holding = (held: readonly FoundStudy[]) => {
  const asked: StudyQuery[] = [];
  const search: ServerSession['search'] = async (query) => {
    asked.push(query);
    const { studyInstanceUid, accessionNumber, patientId } = query;
    if (/[^\d.]/.test(studyInstanceUid ?? '')) return err(message('server.invalid-input.uid'));
    return page(
      held.filter(
        (s) =>
          (studyInstanceUid ?? s.studyInstanceUid) === s.studyInstanceUid &&
          (accessionNumber ?? s.accessionNumber) === s.accessionNumber &&
          (patientId || s.patientId) === s.patientId,
      ),
    );
  };
  return { search, asked };
};
/** A server that takes every question for "what have you got?". */
const heedless = (held: readonly FoundStudy[]) => ({ search: async () => page(held) });

const open = async (query: string, server: Pick<ServerSession, 'search'>) => {
  const { launch } = takeLaunch(new URLSearchParams(query));
  if (!launch) throw new Error('no launch');
  const found = await studiesToOpen(launch, server, signal);
  return found.ok
    ? [...found.value.studies.map((s) => s.studyInstanceUid), found.value.unknown]
    : found.error.code;
};

describe('what a launch means', () => {
  const other = { patientId: 'P2', patientName: 'Roe^Ann' };
  const held = [
    study('1.1', { accessionNumber: 'A1' }),
    study('1.2', { accessionNumber: 'A2', date: '20260101' }),
    study('1.3', { date: '20240101' }),
    study('2.1', { ...other, accessionNumber: 'A3' }),
  ];

  it.each([
    ['StudyInstanceUIDs=1.1,1.2,9', ['1.2', '1.1', 1]],
    ['study=9', 'launch.unknown'],
    ['StudyInstanceUIDs=x,1.1,1.2', ['1.2', '1.1', 1]],
    ['StudyInstanceUIDs=x,9', 'server.invalid-input.uid'],
    ['StudyInstanceUIDs=1.1,2.1', 'launch.patients'],
    ['studyUID=1.1&patientID=P2', 'launch.other-patient'],
    ['accessionNumber=A1,A2', ['1.2', '1.1', 0]],
    ['accessionNumber=A1&accessionNumber=A9', ['1.1', 1]],
    ['accessionNumber=A1&patientID=P1', ['1.1', 0]],
    ['patientID=P1', ['1.2', '1.1', '1.3', 0]],
    ['patientID=P1&patientID=P2', 'launch.other-patient'],
    ['patientID=P1&mostRecentResults=1', ['1.2', 0]],
    ['patientID=P1&lowerDateTime=2025-01-01T00:00:00', ['1.2', '1.1', 0]],
    ['patientID=P1&upperDateTime=2025-01-01T23:59:00&mostRecentResults=1', ['1.1', 0]],
    ['study=1.1,1.2&mostRecentResults=1', ['1.2', '1.1', 0]],
  ])('%s', async (query, found) => {
    expect(await open(query, holding(held))).toEqual(found);
  });

  it('is asked of the server by all that was given', async () => {
    const server = holding(held);
    await open('accessionNumber=A3&patientID=P2', server);
    await open('patientID=P2&lowerDateTime=20250101', server);
    expect(server.asked).toMatchObject([
      { accessionNumber: 'A3', patientId: 'P2' },
      { patientId: 'P2', from: '2025-01-01', to: '' },
    ]);
  });

  it.each([
    ['study=1.1', ['1.1', 0]],
    ['accessionNumber=A1', ['1.1', 0]],
    ['patientID=P2', ['2.1', 0]],
    ['accessionNumber=*', 'launch.unknown'],
    ['patientID=P*', 'launch.unknown'],
    ['patientID=P1&lowerDateTime=2026-01-01', ['1.2', 0]],
  ])(
    'is no other study of a server that does not heed what it is asked: %s',
    async (query, found) => {
      expect(await open(query, heedless(held))).toEqual(found);
    },
  );

  it.each([
    ['DOE^JANE^^^', {}],
    ['doe^jane', {}],
    ['DOE^JANE=王^小', {}],
    ['Doe^J', { patientId: 'p1 ' }],
    ['Doe^Jane', { birthDate: '' }],
  ])('is of one patient where %s %o contradicts nothing', async (patientName, more) => {
    const same = [study('1.1', { date: '20260101' }), study('1.2', { patientName, ...more })];
    expect(await open('study=1.1,1.2&patientID=P1', heedless(same))).toEqual(['1.1', '1.2', 0]);
  });

  it.each([
    [{}, { birthDate: '19900101' }],
    [{ issuerOfPatientId: 'HOSP-A' }, { issuerOfPatientId: 'HOSP-B' }],
  ])('is of several patients where these differ: %o', async (one, other) => {
    const two = [study('1.1', one), study('1.2', other)];
    expect(await open('patientID=P1', heedless(two))).toBe('launch.patients');
  });
});

describe('what else there is of the patient', () => {
  const now = study('3', { date: '20260101' });
  const found = async (of: readonly FoundStudy[], server: Pick<ServerSession, 'search'>) => {
    const others = await otherExams(of, server, signal);
    if (!others.ok) throw new Error(others.error.code);
    const { sameDay, earlier, newer, undated } = others.value;
    return [sameDay, earlier, newer, undated].map((all) => all.map((s) => s.studyInstanceUid));
  };

  it('is what contradicts nobody in ID, issuer, name and birth date, by the day', async () => {
    const server = heedless([
      study('1', { date: '20220101', patientName: 'DOE^JANE^^^' }),
      study('2', { date: '20240101', birthDate: '' }),
      now,
      study('3.1', { date: '20260101' }),
      study('4', { date: '20260601' }),
      study('5', { date: '20230101', patientId: 'P2' }),
      study('6', { date: '20230101', patientName: 'Another^Woman' }),
      study('7', { date: '20230101', birthDate: '19900101' }),
      study('8', { date: '' }),
      study('9', { date: '20230101', issuerOfPatientId: 'HOSP-B' }),
    ]);
    const hers = { ...now, issuerOfPatientId: 'HOSP-A' };
    expect(await found([hers], server)).toEqual([['3.1'], ['2', '1'], ['4'], ['8']]);
  });

  it('is of no day where the day of what was opened is not known', async () => {
    const server = heedless([study('1'), study('2', { date: '' })]);
    const opened = study('2', { date: '' });
    expect(await found([opened], server)).toEqual([[], [], [], ['1']]);
  });

  it.each(['P*', 'A?', 'A\\B'])(
    'is hers alone where a server takes her ID %s for a pattern',
    async (patientId) => {
      const server = heedless([study('1', { patientId }), study('2', { patientId: 'P1' })]);
      const hers = { ...now, patientId };
      expect(await found([hers], server)).toEqual([[], ['1'], [], []]);
    },
  );

  it('is not asked for by an ID that stands for nobody', async () => {
    const search = vi.fn(async () => page([study('1', { date: '20220101' })]));
    for (const patientId of ['', 'UNKNOWN'])
      expect(await found([{ ...now, patientId }], { search })).toEqual([[], [], [], []]);
    expect(search).not.toHaveBeenCalled();
  });
});
