import { groupImages } from '../core/dicom/grouping.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';

const group = 'commands.studies';

/** The neighbour in a list that goes round; undefined where there is no other. */
const neighbour = <T>(list: readonly T[], at: number, by: number): T | undefined =>
  list.length > 1 ? list[(Math.max(at, 0) + by + list.length) % list.length] : undefined;

const patientsIn = ({ studies }: CommandContext) => {
  const { images, patientKey } = studies.getState();
  const { patients } = groupImages(images);
  return { patients, here: patients.findIndex(({ key }) => key === patientKey) };
};

const patient = (by: 1 | -1) => (context: CommandContext) => {
  const { patients, here } = patientsIn(context);
  const next = neighbour(patients, here, by);
  if (next) context.studies.getState().showPatient(next.key);
};

const study = (by: 1 | -1) => (context: CommandContext) => {
  const { patients, here } = patientsIn(context);
  const { patientKey, studyInstanceUid, showStudy } = context.studies.getState();
  const own = patients[here]?.studies ?? [];
  const shown = own.findIndex(({ studyInstanceUids }) =>
    studyInstanceUids.some((uid) => uid === studyInstanceUid),
  );
  const next = neighbour(own, shown, by);
  if (next && patientKey !== undefined) showStudy(patientKey, next.studyInstanceUid);
};

/** Going through the open patients and their studies. */
export const STUDY_COMMANDS: readonly CommandEntry[] = [
  {
    id: 'studies.next-patient',
    group,
    title: 'studies.next-patient',
    keys: ['PageDown'],
    run: patient(1),
  },
  {
    id: 'studies.previous-patient',
    group,
    title: 'studies.previous-patient',
    keys: ['PageUp'],
    run: patient(-1),
  },
  {
    id: 'studies.next-study',
    group,
    title: 'studies.next-study',
    keys: ['Shift+PageDown'],
    run: study(1),
  },
  {
    id: 'studies.previous-study',
    group,
    title: 'studies.previous-study',
    keys: ['Shift+PageUp'],
    run: study(-1),
  },
  {
    id: 'studies.close',
    group,
    title: 'studies.close',
    run: ({ studies, closePatient }) => {
      const { patientKey } = studies.getState();
      if (patientKey !== undefined) closePatient(patientKey);
    },
  },
];
