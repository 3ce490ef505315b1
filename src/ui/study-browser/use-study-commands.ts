import { groupImages } from '../../core/dicom/grouping.ts';
import { useCommands } from '../commands/use-commands.ts';
import { useServices, useStudies } from '../services.tsx';
import { studyCommands } from './study-commands.ts';

/** Offers the commands of the open patients and studies while images are open. */
export const useStudyCommands = (): void => {
  const { studies, closePatient } = useServices();
  const { patients } = groupImages(useStudies((s) => s.images));
  const patientKey = useStudies((s) => s.patientKey);
  const studyInstanceUid = useStudies((s) => s.studyInstanceUid);
  const { showPatient, showStudy } = studies.getState();
  useCommands(
    studyCommands({ patients, patientKey, studyInstanceUid, showPatient, showStudy, closePatient }),
  );
};
