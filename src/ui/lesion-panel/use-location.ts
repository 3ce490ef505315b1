import type { Lesion } from '../../core/lesion/lesion.ts';
import type { LesionLocation } from '../../core/lesion/location.ts';
import { locationOf } from '../../state/nipples-store.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { useNipples, useServices, useStudies } from '../services.tsx';

/** Where in the breast a lesion or finding lies, as far as its marks tell. */
export const useLocation = (
  lesion: Pick<Lesion, 'patientKey' | 'marks'>,
): LesionLocation | undefined => {
  const { imageOf } = useServices();
  const images = useStudies((s) => s.images);
  const landmarks = useNipples((s) => s.landmarks);
  const placed = useNipples((s) => s.placed);
  const seen = imagesOfPatient(images, lesion.patientKey).flatMap(({ header }) => {
    const image = imageOf(header.sopInstanceUid);
    return image ? [{ header, image }] : [];
  });
  return locationOf(lesion, seen, { landmarks, placed });
};
