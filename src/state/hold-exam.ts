import type { OpenImage } from '../ports/analysis.ts';
import { examOnShow } from './open-exams.ts';
import type { StudiesStore } from './studies-store.ts';
import type { ViewerStore } from './viewer-store.ts';

/**
 * Keeps the exam on show while a hand is at work on its pictures, though a newer one of the patient opens:
 * that one is shown when the hand rests, unless the reader has chosen otherwise by then. Answers what is to
 * be called with each image before it is added.
 */
export const holdExam = (
  studies: StudiesStore,
  viewer: ViewerStore,
): ((coming: OpenImage) => void) => {
  let held: string | undefined;
  viewer.subscribe(({ handOn }) => {
    if (handOn || held === undefined) return;
    const { studyInstanceUid, patientKey, showPatient } = studies.getState();
    const isStillHeld = studyInstanceUid === held;
    held = undefined;
    if (isStillHeld && patientKey !== undefined) showPatient(patientKey);
  });
  return (coming) => {
    const now = studies.getState();
    if (!viewer.getState().handOn || now.studyInstanceUid !== undefined) return;
    const before = examOnShow(now);
    const after = examOnShow({ ...now, images: [...now.images, coming] });
    const [shown] = before?.images ?? [];
    if (!before || !shown || after?.key === before.key) return;
    held = shown.header.studyInstanceUid;
    now.showStudy(before.patientKey, held);
  };
};
