import { scoredOnShow } from '../../state/current-score.ts';
import { imagesOnShow } from '../../state/studies-store.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { viewName } from '../format.ts';
import type { Services } from '../services.tsx';
import type { TourGuide } from '../../state/tour-store.ts';
import type { OpenImage } from '../../ports/analysis.ts';

/** What the steps of the tour look at and act on. */
export interface Scene {
  readonly services: Services;
  readonly guide: TourGuide;
}

export const tourImages = ({ services, guide }: Scene): readonly OpenImage[] =>
  services.studies.getState().images.filter(({ path }) => guide.files.includes(path));

export const tourPatient = (scene: Scene): string | undefined => {
  const [first] = tourImages(scene);
  const { images } = scene.services.studies.getState();
  return first && patientKeyIn(images, first.header.sopInstanceUid);
};

/** The image of a view ("RCC") that the guide knows a mark on. */
export const imageOfView = (scene: Scene, view: string): OpenImage | undefined =>
  tourImages(scene).find(
    ({ header, path }) => viewName(header) === view && scene.guide.marks[path],
  );

const ownLesions = (scene: Scene): readonly Lesion[] => {
  const patientKey = tourPatient(scene);
  return scene.services.lesions
    .getState()
    .lesions.filter((lesion) => lesion.patientKey === patientKey);
};

/** The lesion that the tour is about: the first of its patient. */
export const tourLesion = (scene: Scene): Lesion | undefined => ownLesions(scene)[0];

export const isMarked = (scene: Scene, view: string): boolean => {
  const sop = imageOfView(scene, view)?.header.sopInstanceUid;
  return sop !== undefined && sop in (tourLesion(scene)?.marks ?? {});
};

/** Puts the known mark of a view onto the lesion of the tour, which is made where there is none. */
export const placeMark = (scene: Scene, view: string): void => {
  const { lesions } = scene.services;
  const [image, patientKey] = [imageOfView(scene, view), tourPatient(scene)];
  const box = image && scene.guide.marks[image.path];
  if (!image || !box || patientKey === undefined) return;
  const { id } = tourLesion(scene) ?? lesions.getState().create(patientKey);
  const { columns, rows, digest } = image;
  const made = { columns, rows, digest };
  lesions.getState().setMark(id, image.header.sopInstanceUid, box, made);
  lesions.getState().select(id);
};

/** Shows the patient of the tour without any lesion. Each removal can be undone. */
export const clearLesions = (scene: Scene): void => {
  const { lesions, studies } = scene.services;
  const patientKey = tourPatient(scene);
  if (patientKey === undefined) return;
  for (const { id } of ownLesions(scene)) lesions.getState().remove(id);
  const onShow = imagesOnShow(studies.getState());
  if (!onShow.some(({ path }) => scene.guide.files.includes(path)))
    studies.getState().showPatient(patientKey);
};

/** Whether the reader wants to say what he thinks before he sees the score, and has not yet. */
export const isKeptBack = (scene: Scene): boolean => {
  const lesion = tourLesion(scene);
  const { readingFirst } = scene.services.settings.getState();
  return lesion !== undefined && isScoreHidden(lesion, readingFirst);
};

export const scoredViews = (scene: Scene): number => {
  const lesion = tourLesion(scene);
  const { scoring, studies } = scene.services;
  const scores = scoring?.getState();
  const scored = lesion && scores && scoredOnShow(lesion, scores, studies.getState().images);
  return scored?.views.length ?? 0;
};
