import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { LesionLocation } from '../../core/lesion/location.ts';
import { boxesOf } from '../../state/exam-findings.ts';
import { type OpenExam, examOnShow, openExams } from '../../state/open-exams.ts';
import type { ExamSecondLook } from '../../state/second-look-store.ts';
import { shownFindings, type ShownFinding } from '../../state/shown-findings.ts';
import { useLesions, useServices, useStudies } from '../services.tsx';
import { useLocation } from '../lesion-panel/use-location.ts';

/** The exam on show with its second look; undefined where it has none. */
export const useLookOnShow = ():
  { readonly exam: OpenExam; readonly look: ExamSecondLook } | undefined => {
  const { secondLook } = useServices();
  const exam = examOnShow(useStudies((s) => s));
  const look = useStore(secondLook, (s) => (exam ? s.exams[exam.key] : undefined));
  return exam && look && { exam, look };
};

/** The findings of the exam on show that the reader may see now, most suspicious first. */
export const useFindings = (): readonly ShownFinding[] => {
  const { secondLook } = useServices();
  const exam = examOnShow(useStudies((s) => s))?.key;
  const state = useStore(secondLook);
  const lesions = useLesions((s) => s.lesions);
  const images = useStudies((s) => s.images);
  return useMemo(
    () => (exam === undefined ? [] : shownFindings(state, exam, lesions, images)),
    [state, exam, lesions, images],
  );
};

/** The id of the finding that is looked at. */
export const useChosenId = (): string | undefined =>
  useStore(useServices().viewer, (s) => s.finding);

/** Where in the breast a finding lies, as far as its marks tell. */
export const useFindingLocation = (
  finding: ShownFinding,
  { patientKey }: OpenExam,
): LesionLocation | undefined => useLocation({ patientKey, marks: boxesOf(finding) });

/** Whether the reader has asked for a second look at an exam of the patient. */
export const useHasSecondLook = (patientKey: string): boolean => {
  const images = useStudies((s) => s.images);
  const exams = useStore(useServices().secondLook, (s) => s.exams);
  return openExams(images).some(
    (exam) => exam.patientKey === patientKey && exams[exam.key]?.said !== undefined,
  );
};
