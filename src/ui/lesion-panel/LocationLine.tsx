import type { Lesion } from '../../core/lesion/lesion.ts';
import { locationOf } from '../../state/nipples-store.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { locationWords } from '../location-words.ts';
import { useNipples, useServices, useStudies } from '../services.tsx';

/** Where in the breast a lesion lies, in the words of a report. */
export const LocationLine = ({ lesion }: { lesion: Lesion }) => {
  const { imageOf } = useServices();
  const images = useStudies((s) => s.images);
  const landmarks = useNipples((s) => s.landmarks);
  const placed = useNipples((s) => s.placed);
  const seen = imagesOfPatient(images, lesion.patientKey).flatMap(({ header }) => {
    const image = imageOf(header.sopInstanceUid);
    return image ? [{ header, image }] : [];
  });
  const location = locationOf(lesion, seen, { landmarks, placed });
  if (!location) return null;
  return (
    <p className="fine location" data-testid={`location-${lesion.number}`}>
      {locationWords(location)}
    </p>
  );
};
