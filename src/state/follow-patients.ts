import { keyFrom, patientKeyIn } from '../core/dicom/grouping.ts';
import { whyAway } from '../core/lesion/standing-marks.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { LesionsStore, PatientOf } from './lesions-store.ts';
import { imagesOfPatient, openImage, type StudiesStore } from './studies-store.ts';

/**
 * Whose a lesion is by the images that are open. A mark that was made on other pixels than are open under its UID
 * gives it to nobody but the patient that it has: what was said of it is not said of another.
 */
export const patientOfMark =
  (images: readonly OpenImage[]): PatientOf =>
  (sop, { patientKey, marks, pixels }) => {
    const [image, box] = [openImage(images, sop), marks[sop]];
    if (!image || !box) return undefined;
    const key = patientKeyIn(images, sop);
    if (!whyAway(box, pixels?.[sop], image)) return key;
    const isSame = imagesOfPatient(images, key).some(
      ({ header }) => keyFrom(header) === patientKey,
    );
    return isSame ? key : undefined;
  };

/**
 * Keeps each lesion with the patient of its images. A patient's key is of the first image that is open, so that it
 * is another one where that is closed, or where images are opened again in another order.
 */
export const followPatients = (lesions: LesionsStore, studies: StudiesStore): void => {
  studies.subscribe(({ images }, before) => {
    if (images !== before.images) lesions.getState().follow(patientOfMark(images));
  });
};
