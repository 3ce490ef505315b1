import { message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { NoticesStore } from './notices-store.ts';
import { examOnShow } from './open-exams.ts';
import type { StudiesStore } from './studies-store.ts';
import type { ViewerStore } from './viewer-store.ts';

const TOPIC = 'newer exam';

/**
 * Keeps the exam on show while a hand is at work on its pictures, though a newer one of the patient opens, and
 * says so: that one is shown when the hand rests or at once by a press, unless the reader has chosen otherwise
 * by then. Answers what is to be called with each image before it is added.
 */
export const holdExam = (
  studies: StudiesStore,
  viewer: ViewerStore,
  notices: NoticesStore,
): ((coming: OpenImage) => void) => {
  let held: string | undefined;
  const letGo = () => {
    const { studyInstanceUid, patientKey, showPatient } = studies.getState();
    const isStillHeld = studyInstanceUid === held;
    held = undefined;
    notices.getState().tell(TOPIC, undefined);
    if (isStillHeld && patientKey !== undefined) showPatient(patientKey);
  };
  viewer.subscribe(({ handOn }) => {
    if (!handOn && held !== undefined) letGo();
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
    const action = { label: message('exam.show-newer'), run: letGo };
    notices.getState().tell(TOPIC, message('exam.newer'), {
      action,
      about: [shown.header.sopInstanceUid],
    });
  };
};
