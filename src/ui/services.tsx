import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { BreastShape } from '../core/image/breast-shape.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { ImagePoint } from '../core/segmentation/types.ts';
import type { LesionsState, LesionsStore } from '../state/lesions-store.ts';
import type { BackendName } from '../state/ports.ts';
import type { NoticesState, NoticesStore } from '../state/notices-store.ts';
import type { LesionResult, ScoringState, ScoringStore } from '../state/scoring-store.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import type { StudiesState, StudiesStore } from '../state/studies-store.ts';
import type { DicomWebPort } from './dicomweb/dicomweb-port.ts';
import type { SessionStore } from './dicomweb/session.ts';
import type { LocalDataPort } from './local-data/local-data-port.ts';
import type { ExportPort } from './report/export-port.ts';
import type { ViewportEngine } from './viewer/viewport-port.ts';

/** What the interface may read and do; the app builds it once and hands it down. */
export interface Services {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly notices: NoticesStore;
  readonly settings: SettingsStore;
  /** Undefined when no model pack could be loaded: the viewer works, scoring does not. */
  readonly scoring: ScoringStore | undefined;
  readonly manifest: PackManifest | undefined;
  readonly packProblem: string | undefined;
  /** The display of the page; loaded when first asked for. Rejects where the browser cannot show images. */
  viewerEngine(): Promise<ViewportEngine>;
  /** Calls back when the display was lost; the next `viewerEngine` is a new one. */
  onViewerLost(listener: () => void): () => void;
  /** Pixels of an open image, by reference. */
  imageOf(sopInstanceUid: string): MammogramImage | undefined;
  /** Where the breast lies in an open image. */
  breastOf(sopInstanceUid: string): BreastShape | undefined;
  openFiles(files: readonly File[]): void;
  openDrop(data: DataTransfer): void;
  /** The synthetic cases that come with the page. */
  demoCases(): Promise<readonly { readonly id: string; readonly title: string }[]>;
  /** Opens a demo case, by default the first. */
  openDemo(id?: string): void;
  closePatient(patientKey: string): void;
  /** Outlines the lesion at a point (stored pixels) and marks it there: a click is enough. */
  proposeMark(sopInstanceUid: string, point: ImagePoint, lesionId: string): Promise<void>;
  switchBackend(name: BackendName): void;
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

export const useNotices = <T,>(select: (s: NoticesState) => T): T =>
  useStore(useServices().notices, select);

/** For components that are shown only where a pack is loaded. */
export const useScoring = <T,>(select: (s: ScoringState) => T): T => {
  const { scoring } = useServices();
  if (!scoring) throw new Error('useScoring needs a loaded pack');
  return useStore(scoring, select);
};

const NO_RESULTS: Readonly<Record<string, LesionResult>> = {};

/** Scores by lesion; none where no pack is loaded. */
export const useResults = (): Readonly<Record<string, LesionResult>> => {
  const { scoring } = useServices();
  const subscribe = useCallback(
    (listener: () => void) => scoring?.subscribe(listener) ?? (() => undefined),
    [scoring],
  );
  return useSyncExternalStore(subscribe, () => scoring?.getState().results ?? NO_RESULTS);
};
