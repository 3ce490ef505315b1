import { patientKeyIn } from '../core/dicom/grouping.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { StudiesStore } from './studies-store.ts';

/**
 * Keeps each lesion with the patient of its images. A patient's key is of the first image that is open, so that it
 * is another one where that is closed, or where images are opened again in another order.
 */
export const followPatients = (lesions: LesionsStore, studies: StudiesStore): void => {
  studies.subscribe(({ images }, before) => {
    if (images !== before.images) lesions.getState().follow((sop) => patientKeyIn(images, sop));
  });
};
