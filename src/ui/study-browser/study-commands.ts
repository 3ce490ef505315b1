import type { PatientGroup } from '../../core/dicom/grouping.ts';
import type { StudiesState } from '../../state/studies-store.ts';
import type { Command } from '../../commands/command.ts';
import { t } from '../../i18n/phrases/text.ts';
import type { OpenImage } from '../../ports/analysis.ts';

interface StudyActions extends Pick<StudiesState, 'showPatient' | 'showStudy'> {
  readonly patients: readonly PatientGroup<OpenImage>[];
  readonly patientKey: string | undefined;
  readonly studyInstanceUid: string | undefined;
  readonly closePatient: (patientKey: string) => void;
}

/** The neighbour in a list that goes round; undefined where there is no other. */
const neighbour = <T>(list: readonly T[], at: number, by: number): T | undefined =>
  list.length > 1 ? list[(Math.max(at, 0) + by + list.length) % list.length] : undefined;

/** Going through the open patients and their studies, by key or by name. */
export const studyCommands = (on: StudyActions): readonly Command[] => {
  const group = t('Patients and studies');
  const { patients, patientKey } = on;
  const here = patients.findIndex(({ key }) => key === patientKey);
  const studies = patients[here]?.studies ?? [];
  const shown = studies.findIndex(({ studyInstanceUids }) =>
    studyInstanceUids.some((uid) => uid === on.studyInstanceUid),
  );
  const patient = (by: number) => () => {
    const next = neighbour(patients, here, by);
    if (next) on.showPatient(next.key);
  };
  const study = (by: number) => () => {
    const next = neighbour(studies, shown, by);
    if (next && patientKey !== undefined) on.showStudy(patientKey, next.studyInstanceUid);
  };
  const command = (id: string, title: string, key: string, run: () => void): Command => ({
    id: `studies.${id}`,
    group,
    title,
    keys: [key],
    run,
  });
  return [
    command('next-patient', t('Next patient'), 'PageDown', patient(1)),
    command('previous-patient', t('Previous patient'), 'PageUp', patient(-1)),
    command('next-study', t('Next study'), 'Shift+PageDown', study(1)),
    command('previous-study', t('Previous study'), 'Shift+PageUp', study(-1)),
    {
      id: 'studies.close',
      group,
      title: t('Close this patient'),
      run: () => patientKey !== undefined && on.closePatient(patientKey),
    },
  ];
};
