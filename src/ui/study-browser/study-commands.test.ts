import { expect, it, vi } from 'vitest';
import { studyCommands } from './study-commands.ts';

const on = (patientKey: string | undefined) => ({
  patients: [
    {
      key: 'a',
      studies: [
        { studyInstanceUid: 'a2', studyInstanceUids: ['a2'] },
        { studyInstanceUid: 'a1', studyInstanceUids: ['a1'] },
      ],
    },
    { key: 'b', studies: [{ studyInstanceUid: 'b1', studyInstanceUids: ['b1'] }] },
  ] as unknown as Parameters<typeof studyCommands>[0]['patients'],
  patientKey,
  studyInstanceUid: undefined,
  showPatient: vi.fn(),
  showStudy: vi.fn(),
  closePatient: vi.fn(),
});
const run = (actions: ReturnType<typeof on>, id: string) =>
  studyCommands(actions)
    .find((command) => command.id === `studies.${id}`)
    ?.run();

it('goes round through patients and studies, from the newest where none was chosen', () => {
  const actions = on('b');
  run(actions, 'next-patient');
  expect(actions.showPatient).toHaveBeenCalledExactlyOnceWith('a');
  run(actions, 'next-study');
  expect(actions.showStudy).not.toHaveBeenCalled();
  const first = on('a');
  run(first, 'next-study');
  expect(first.showStudy).toHaveBeenCalledExactlyOnceWith('a', 'a1');
  run(first, 'close');
  expect(first.closePatient).toHaveBeenCalledExactlyOnceWith('a');
});
