import { examIn } from '../core/dicom/grouping.ts';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { calibrationOf, planeOf } from '../core/display/measure/calibration.ts';
import type { ImagePoint } from '../core/geometry/point.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { longerSide, longestExtent, type SizedView } from '../core/lesion/lesion-size.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { lesionsOnShow, type ScoreOnShow } from './current-score.ts';

/** The exam that a lesion is marked on; undefined where none of its images is open. */
export const headerOfLesion = (
  { marks }: Lesion,
  images: readonly OpenImage[],
): MammogramHeader | undefined =>
  images.find(({ header }) => header.sopInstanceUid in marks)?.header;

/** Whether a lesion is marked on one of the images, as those of an exam. */
export const isMarkedOn = ({ marks }: Lesion, images: readonly OpenImage[]): boolean =>
  images.some(({ header }) => header.sopInstanceUid in marks);

const outlinesOf = (result: ScoreOnShow | undefined): ReadonlyMap<string, readonly ImagePoint[]> =>
  new Map(
    result?.phase === 'scored'
      ? result.views.map((sop, i) => [sop, result.outlines[i]?.polygon ?? []] as const)
      : [],
  );

/** The lesion in mm on each open view that has a scale; `result` is its score where that is shown. */
export const sizedViews = (
  { marks }: Lesion,
  result: ScoreOnShow | undefined,
  images: readonly OpenImage[],
  imageOf: (sopInstanceUid: string) => MammogramImage | undefined,
): readonly SizedView[] => {
  const outlines = outlinesOf(result);
  return images.flatMap(({ header }): SizedView[] => {
    const { sopInstanceUid } = header;
    const [box, image] = [marks[sopInstanceUid], imageOf(sopInstanceUid)];
    if (!box || !image) return [];
    const calibration = calibrationOf(image);
    if (calibration.kind === 'none') return [];
    const outline = outlines.get(sopInstanceUid) ?? [];
    return [
      {
        sopInstanceUid,
        view: viewLabel(header),
        plane: planeOf(calibration),
        box: longerSide(box, calibration),
        ...(outline.length >= 3 && { outline: longestExtent(outline, calibration) }),
      },
    ];
  });
};

/**
 * The lesions of the same breast on earlier exams of the patient, newest exam first, with the marks that belong on
 * the open images.
 */
export const earlierLesions = (
  lesion: Lesion,
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
): readonly { readonly lesion: Lesion; readonly header: MammogramHeader }[] => {
  const own = headerOfLesion(lesion, images);
  const exam = own && examIn(images, own.sopInstanceUid);
  if (!own || !exam?.studyDate) return [];
  return lesionsOnShow(lesions, images)
    .filter(({ id, patientKey }) => id !== lesion.id && patientKey === lesion.patientKey)
    .flatMap((other) => {
      const header = headerOfLesion(other, images);
      const date = header && (examIn(images, header.sopInstanceUid)?.studyDate ?? '');
      const isEarlier =
        date && date < exam.studyDate && header.laterality.value === own.laterality.value;
      return isEarlier ? [{ lesion: other, header, date }] : [];
    })
    .sort((a, b) => b.date.localeCompare(a.date));
};

/** The lesion of an earlier exam that the reader said is the same, where it is open. */
export const linkedLesion = (
  lesion: Lesion,
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
) =>
  earlierLesions(lesion, lesions, images).find(({ lesion: other }) => other.id === lesion.sameAs);
