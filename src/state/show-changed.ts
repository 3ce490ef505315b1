import { patientKeyIn } from '../core/dicom/grouping.ts';
import type { Changed } from './history-store.ts';
import { imagesOnShow, openImage, priorImages, type StudiesStore } from './studies-store.ts';

const imagesOf = (one: Changed): readonly string[] =>
  'marks' in one ? Object.keys(one.marks) : [one.sopInstanceUid];

/** Shows the exam of what an undone or redone step has changed, where none of its images is on show. */
export const showChanged =
  (studies: StudiesStore) =>
  (changed: readonly Changed[]): void => {
    const now = studies.getState();
    const seen = new Set(
      [...imagesOnShow(now), ...priorImages(now)].map(({ header }) => header.sopInstanceUid),
    );
    const of = changed.flatMap(imagesOf);
    const first = of.flatMap((sop) => openImage(now.images, sop) ?? [])[0];
    const patientKey = first && patientKeyIn(now.images, first.header.sopInstanceUid);
    if (!first || patientKey === undefined || of.some((sop) => seen.has(sop))) return;
    now.showStudy(patientKey, first.header.studyInstanceUid);
  };
