import { patientKeyIn } from '../core/dicom/grouping.ts';
import type { Notice, NoticesStore } from './notices-store.ts';
import type { StudiesState, StudiesStore } from './studies-store.ts';

type OnShow = Pick<StudiesState, 'images' | 'patientKey'>;

const openOf = ({ about = [] }: Notice, { images }: OnShow): readonly string[] =>
  images
    .map(({ header }) => header)
    .filter((of) => [of.sopInstanceUid, of.studyInstanceUid].some((uid) => about.includes(uid)))
    .map(({ sopInstanceUid }) => sopInstanceUid);

/** Whether a notice speaks of open images, none of which is of the patient on show. */
const isOfAnother = (notice: Notice, studies: OnShow): boolean => {
  const open = openOf(notice, studies);
  const isOnShow = (sop: string) => patientKeyIn(studies.images, sop) === studies.patientKey;
  return open.length > 0 && !open.some(isOnShow);
};

/** The notices that the reader sees: those of another patient wait until that one is shown again. */
export const noticesOnShow = (notices: readonly Notice[], studies: OnShow): readonly Notice[] =>
  notices.filter((notice) => !isOfAnother(notice, studies));

/** Takes notices away with the images that they speak of, and passing ones when another patient is shown. */
export const closeNotices = (notices: NoticesStore, studies: StudiesStore): void => {
  studies.subscribe((now, before) => {
    if (now.images === before.images && now.patientKey === before.patientKey) return;
    const isClosed = (notice: Notice) =>
      openOf(notice, before).length > 0 && openOf(notice, now).length === 0;
    const isOver = (notice: Notice) =>
      isClosed(notice) || (notice.passes && isOfAnother(notice, now));
    for (const notice of notices.getState().notices)
      if (isOver(notice)) notices.getState().dismiss(notice);
  });
};
