import { useStore } from 'zustand';
import { isCorrected } from '../../core/dicom/view-correction.ts';
import { isUnread } from '../../core/lesion/exam-reading.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { useHasSecondLook } from '../second-look/use-findings.ts';
import { useMeasurements, useNipples, useServices } from '../services.tsx';

/**
 * Whether there is something to report of the patient beside lesions: a second look, a kept view, a
 * measurement, a nipple that was set, a corrected side or view, or words on the exam.
 */
export const useSaidBeside = (patientKey: string, images: readonly OpenImage[]): boolean => {
  const { keyImages, examReadings } = useServices();
  const isOpen = (sop: string) => images.some(({ header }) => header.sopInstanceUid === sop);
  const isLooked = useHasSecondLook(patientKey);
  const isKept = useStore(keyImages, (s) => s.keyImages.some((k) => isOpen(k.sopInstanceUid)));
  const isMeasured = useMeasurements((s) => s.measurements.some((m) => isOpen(m.sopInstanceUid)));
  const isPlaced = useNipples((s) => Object.keys(s.placed).some(isOpen));
  const isRead = useStore(examReadings, ({ readings }) =>
    images.some(({ header: { studyInstanceUid: study } }) => {
      const reading = readings[study];
      return reading !== undefined && !isUnread(reading);
    }),
  );
  return (
    isLooked ||
    isKept ||
    isMeasured ||
    isPlaced ||
    isRead ||
    images.some(({ header }) => isCorrected(header))
  );
};
