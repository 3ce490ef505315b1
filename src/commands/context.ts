import type { Lesion } from '../core/lesion/lesion.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { ForeignStore } from '../state/foreign-store.ts';
import type { HistoryStore } from '../state/history-store.ts';
import { lesionsOnShow } from '../state/current-score.ts';
import { type LesionsStore, selectedLesion } from '../state/lesions-store.ts';
import type { LoupeStore } from '../state/loupe-store.ts';
import type { MeasurementsStore } from '../state/measurements-store.ts';
import type { NoticesStore } from '../state/notices-store.ts';
import type { PageStore } from '../state/page-store.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import type { SecondLookStore } from '../state/second-look-store.ts';
import type { SlicesStore } from '../state/slices-store.ts';
import type { StudiesStore } from '../state/studies-store.ts';
import type { ViewerStore } from '../state/viewer-store.ts';

/** The stores and ports that commands act on. */
export interface CommandContext {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly measurements: MeasurementsStore;
  readonly history: HistoryStore;
  readonly settings: SettingsStore;
  /** What the finder found, for after the reader's own look. */
  readonly secondLook: SecondLookStore;
  readonly viewer: ViewerStore;
  /** What other programs said of the images. */
  readonly foreign: ForeignStore;
  readonly loupe: LoupeStore;
  readonly slices: SlicesStore;
  readonly page: PageStore;
  readonly notices: NoticesStore;
  /** Pixels of an open image, by reference. */
  imageOf(sopInstanceUid: string): MammogramImage | undefined;
  closePatient(patientKey: string): void;
  /** Deletes a lesion and says how to have it back. */
  deleteLesion(lesion: Lesion): void;
  /** Keeps the active view as it is shown, and says so. */
  keepView(): void;
  /** Shows the images at true size, or says why not; asks for the screen to be calibrated first. */
  showTrueSize(): void;
}

/**
 * The lesion that commands act on: the one that is selected, of the patient on show, with the marks that belong on
 * the open images.
 */
export const lesionIn = ({
  lesions,
  studies,
}: Pick<CommandContext, 'lesions' | 'studies'>): Lesion | undefined => {
  const { patientKey, images } = studies.getState();
  const selected = selectedLesion(lesions.getState(), patientKey);
  return selected && lesionsOnShow([selected], images)[0];
};
