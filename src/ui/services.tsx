import type { Message } from '../core/message/message.ts';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { CommandContext } from '../commands/context.ts';
import type { ViewCorrection } from '../core/dicom/view-correction.ts';
import type { BreastShape } from '../core/image/breast-shape.ts';
import type { PlacedFinding } from '../core/foreign/placed.ts';
import type { OverlayPlane } from '../core/image/overlay-plane.ts';
import type { Thumbnail } from '../core/display/thumbnail.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { Box } from '../core/geometry/box.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import {
  lesionsOnShow,
  type ScoreOnShow,
  scoreOnShow,
  type ScoreSources,
} from '../state/current-score.ts';
import type { ForeignState } from '../state/foreign-store.ts';
import type { LesionsState } from '../state/lesions-store.ts';
import type { ExamReadingsStore } from '../state/exam-readings-store.ts';
import type { KeyImagesStore } from '../state/key-images-store.ts';
import type { NipplesState, NipplesStore } from '../state/nipples-store.ts';
import type { MeasurementsState } from '../state/measurements-store.ts';
import type { NoticesState, NoticesStore } from '../state/notices-store.ts';
import type { ScoringState, ScoringStore } from '../state/scoring-store.ts';
import type { RecentsStore } from '../state/recents-store.ts';
import type { ShowRequestStore } from '../state/show-request-store.ts';
import type { StudiesState } from '../state/studies-store.ts';
import type { TakeOverStore } from '../state/take-over-store.ts';
import type { DicomWebPort } from '../ports/server.ts';
import type { SessionStore } from '../state/session-store.ts';
import type { ExportPort } from '../ports/exports.ts';
import type { TourStore } from '../state/tour-store.ts';
import type { FramesPort } from '../ports/frames.ts';
import type { ViewportEngine } from '../ports/display.ts';
import type { BuildInfo } from '../ports/build.ts';
import type { BackendName } from '../ports/inference.ts';
import type { PickerPort, LocalDataPort } from '../ports/files.ts';
import type { ImagePoint } from '../core/geometry/point.ts';

/** What was opened lately. Each call ends in a changed list or a notice, never in an error. */
export interface RecentsPort {
  readonly store: RecentsStore;
  reopen(id: string): Promise<void>;
  forget(id: string): Promise<void>;
  forgetAll(): Promise<void>;
}

/**
 * What the interface may read and do; the app builds it once and hands it down. It has all that
 * commands act on but what they do in words.
 */
export interface Services extends Omit<
  CommandContext,
  'deleteLesion' | 'keepView' | 'showTrueSize'
> {
  readonly notices: NoticesStore;
  /** Reports that do not agree with the images, until the reader has decided. */
  readonly takeOvers: TakeOverStore;
  readonly nipples: NipplesStore;
  /** What the reader said of whole exams. */
  readonly examReadings: ExamReadingsStore;
  /** Makes the reader's lesion of a finding of another program. */
  adoptFinding(finding: PlacedFinding): Promise<void>;
  /** The overlay planes of an open image, by reference. */
  overlaysOf(sopInstanceUid: string): readonly OverlayPlane[];
  /** Opens an encapsulated document in a tab of its own. */
  openPaper(sopInstanceUid: string): void;
  /** The views that the reader kept. */
  readonly keyImages: KeyImagesStore;
  /** Undefined when no model pack could be loaded: the viewer works, scoring does not. */
  readonly scoring: ScoringStore | undefined;
  readonly manifest: PackManifest | undefined;
  readonly packProblem: Message | undefined;
  /** SHA-256 of the manifest, which holds the hash of every other file of the pack. */
  readonly build: BuildInfo;
  readonly packSha256: string | undefined;
  /** The display of the page; loaded when first asked for. Rejects where the browser cannot show images. */
  viewerEngine(): Promise<ViewportEngine<HTMLDivElement>>;
  /** Calls back when the display was lost; the next `viewerEngine` is a new one. */
  onViewerLost(listener: () => void): () => void;
  /** The slices of open volumes. */
  readonly frames: FramesPort;
  /** The small picture of an open image, by reference, as stored. */
  thumbnailOf(sopInstanceUid: string): Thumbnail | undefined;
  /** The image that the reader asks to see, for the views to take up. */
  readonly showRequest: ShowRequestStore;
  /** What the reader says of side and view; an empty correction goes back to the file's. */
  correctView(sopInstanceUid: string, correction: ViewCorrection): void;
  /** Undefined, like `recents`, where the browser cannot find files again: then inputs pick them. */
  readonly pickers: PickerPort | undefined;
  readonly recents: RecentsPort | undefined;
  /** Where the breast lies in an open image. */
  breastOf(sopInstanceUid: string): BreastShape | undefined;
  openFiles(files: readonly File[]): void;
  /** Ends all openings under way; what is open stays. */
  stopOpening(): void;
  openDrop(data: DataTransfer): void;
  /** The synthetic cases that come with the page. */
  demoCases(): Promise<readonly { readonly id: string; readonly title: string }[]>;
  /** Opens a demo case, by default the first. */
  openDemo(id?: string): void;
  readonly tour: TourStore;
  /** Opens the patient of the guided tour and begins it; says so where it cannot. */
  startTour(): Promise<void>;
  /**
   * Puts a new mark into a lesion, or into a new one (see state/place-mark), and says what it did
   * otherwise than asked. The id of the lesion that has it; undefined where it was refused.
   */
  placeMark(sopInstanceUid: string, box: Box, lesionId: string | undefined): string | undefined;
  /** The box of the lesion at a point (stored pixels); undefined, and said, where there is none. */
  outlineAt(sopInstanceUid: string, point: ImagePoint): Promise<Box | undefined>;
  switchBackend(name: BackendName): void;
  /** Starts the scoring engine anew after it failed. */
  retryEngine(): void;
  /** Looks again for the graphics card that WebGPU did not have. */
  lookForAdapter(): void;
  readonly exports: ExportPort;
  readonly localData: LocalDataPort;
  readonly dicomweb: DicomWebPort;
  /** The server that the reader is connected to. */
  readonly serverSession: SessionStore;
}

const Context = createContext<Services | undefined>(undefined);

export const ServicesProvider = (props: { services: Services; children: ReactNode }) => (
  <Context.Provider value={props.services}>{props.children}</Context.Provider>
);

export const useServices = (): Services => {
  const services = useContext(Context);
  if (!services) throw new Error('ServicesProvider is missing');
  return services;
};

export const useStudies = <T,>(select: (s: StudiesState) => T): T =>
  useStore(useServices().studies, select);

export const useLesions = <T,>(select: (s: LesionsState) => T): T =>
  useStore(useServices().lesions, select);

export const useNipples = <T,>(select: (s: NipplesState) => T): T =>
  useStore(useServices().nipples, select);

export const useForeign = <T,>(select: (s: ForeignState) => T): T =>
  useStore(useServices().foreign, select);

/** Whether scores stay hidden until the reader has assessed the lesion. */
export const useReadingFirst = (): boolean =>
  useStore(useServices().settings, (s) => s.readingFirst);
export const useMeasurements = <T,>(select: (s: MeasurementsState) => T): T =>
  useStore(useServices().measurements, select);

export const useNotices = <T,>(select: (s: NoticesState) => T): T =>
  useStore(useServices().notices, select);

/** For components that are shown only where a pack is loaded. */
export const useScoring = <T,>(select: (s: ScoringState) => T): T => {
  const { scoring } = useServices();
  if (!scoring) throw new Error('useScoring needs a loaded pack');
  return useStore(scoring, select);
};

const NO_SCORES: ScoreSources = { engine: { phase: 'idle' }, results: {}, pack: '' };

/** What scores are held against (scoreOnShow); nothing where no pack is loaded. */
const useScoreSources = (): ScoreSources => {
  const { scoring } = useServices();
  const subscribe = useCallback(
    (listener: () => void) => scoring?.subscribe(listener) ?? (() => undefined),
    [scoring],
  );
  return useSyncExternalStore(subscribe, () => scoring?.getState() ?? NO_SCORES);
};

/** The score of any lesion as it may be shown now: the one way for numbers to the screen. */
export const useScoreOnShow = (): ((lesion: Lesion) => ScoreOnShow) => {
  const sources = useScoreSources();
  const images = useStudies((s) => s.images);
  return useCallback((lesion) => scoreOnShow(lesion, sources, images), [sources, images]);
};

/** The lesions of a patient with the marks that belong on the open images. */
export const usePatientLesions = (patientKey: string | undefined): readonly Lesion[] => {
  const lesions = useLesions((s) => s.lesions);
  const images = useStudies((s) => s.images);
  return useMemo(
    () => lesionsOnShow(lesions, images).filter((lesion) => lesion.patientKey === patientKey),
    [lesions, images, patientKey],
  );
};
