import type { SiteCalibration } from '../core/classifier/site-calibration.ts';
import type { Specificity } from '../core/explain/operating-point.ts';
import type { ViewCorrection } from '../core/dicom/view-correction.ts';
import type { ViewCandidate } from '../core/finder/view-cues.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import type { ExamReading } from '../core/lesion/exam-reading.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { SaidOfExam, SeenImage } from '../core/lesion/second-reading.ts';
import type { Measurement } from '../core/display/measure/measurement.ts';
import type { KeyImage } from '../core/report/key-image.ts';
import type { Hanging } from '../core/display/hanging/hanging-sequence.ts';
import type { DisplayCheck } from '../core/display/check/display-check.ts';
import type { ScreenCalibration } from '../core/display/measure/screen-scale.ts';
import type { ImagePoint } from '../core/geometry/point.ts';

/** A correction with the pixels that it was made on; those of earlier records are not known. */
export interface KeptCorrection {
  readonly correction: ViewCorrection;
  readonly pixels: PixelIdentity | undefined;
}

/** Where the reader's corrections of side and view live. All methods reject with a sentence. */
export interface CorrectionStorage {
  all(): Promise<ReadonlyMap<string, KeptCorrection>>;
  save(sopInstanceUid: string, kept: KeptCorrection): Promise<void>;
  remove(sopInstanceUid: string): Promise<void>;
}

/** Where marks live across reloads. All methods reject with an Error whose message can be shown. */
export interface LesionStorage {
  /** Lesions that have a mark on any of the images. */
  findByImages(sopInstanceUids: readonly string[]): Promise<readonly Lesion[]>;
  /** Those of them that are kept, whichever images they are marked on. */
  findByIds(ids: readonly string[]): Promise<readonly Lesion[]>;
  save(lesions: readonly Lesion[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Lesions that were just written to storage, and the ids of those that were taken out. */
export interface KeptChange {
  readonly saved: readonly Lesion[];
  readonly removed: readonly string[];
}

/** The other tabs of this browser: what is told here is heard there. */
export interface OtherTabs<T> {
  tell(told: T): void;
  onTold(listener: (told: T) => void): void;
}

/** Images whose records were just written to storage, and the ids of records that were taken out. */
export interface KeptOfImages {
  readonly images: readonly string[];
  readonly removed: readonly string[];
}

/** A nipple with the pixels that it was set on; those of earlier records are not known. */
export interface KeptNipple {
  readonly point: ImagePoint;
  readonly pixels: PixelIdentity | undefined;
}

/** Where the nipples that the reader set live across reloads, by SOP Instance UID. */
export interface NippleStorage {
  save(sopInstanceUid: string, kept: KeptNipple): Promise<void>;
  find(sopInstanceUids: readonly string[]): Promise<Readonly<Record<string, KeptNipple>>>;
}

/** What the reader said of an exam, with the patient whose exam it was (core/dicom/grouping). */
export interface KeptExamReading {
  readonly patientKey: string;
  readonly reading: ExamReading;
}

/** Where the reader's words about whole exams live, by Study Instance UID. */
export interface ExamReadingStorage {
  save(studyInstanceUid: string, kept: KeptExamReading): Promise<void>;
  find(studyInstanceUids: readonly string[]): Promise<Readonly<Record<string, KeptExamReading>>>;
}

/** What the reader said of an exam at the second look, with the images that it was said of. */
export interface KeptSecondLook extends SaidOfExam {
  /** Key of the record: by an image of the exam, whatever was open beside it. Earlier records have others. */
  readonly exam: string;
  readonly images: readonly SeenImage[];
}

/** Where the second look lives across reloads. All methods reject with an Error whose message can be shown. */
export interface SecondLookStorage {
  /** Writes a record, and takes those out that went into it, by their keys. */
  save(kept: KeptSecondLook, merged?: readonly string[]): Promise<void>;
  /** Of exams that hold any of the images. */
  findByImages(sopInstanceUids: readonly string[]): Promise<readonly KeptSecondLook[]>;
  /** What the finder made of a view; `key` tells finder, image, pixels, view and input. */
  saveView(key: string, candidates: readonly ViewCandidate[]): Promise<void>;
  findView(key: string): Promise<readonly ViewCandidate[] | undefined>;
}

/** A key image with the pixels that it was kept of. */
export interface KeptKeyImage extends KeyImage {
  readonly pixels?: PixelIdentity | undefined;
}

/** Where what belongs to single images lives across reloads. All methods reject with an Error whose message can be shown. */
export interface ImageRecordStorage<T> {
  findByImages(sopInstanceUids: readonly string[]): Promise<readonly T[]>;
  save(records: readonly T[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
export type MeasurementStorage = ImageRecordStorage<Measurement>;
export type KeyImageStorage = ImageRecordStorage<KeptKeyImage>;

/** What views do together. */
export interface Links {
  readonly zoom: boolean;
  readonly pan: boolean;
  readonly window: boolean;
  /** Volumes go to the same share of their depth. */
  readonly slices: boolean;
}

/** The columns beside the pictures that the reader has put aside. */
export interface Folded {
  readonly patients: boolean;
  readonly lesions: boolean;
}

/** What the reader has chosen for good, as it is kept. */
export interface Settings {
  /** Prevalence that likelihoods are shown at; undefined: the pack's own. */
  readonly assumedPrevalence: number | undefined;
  /** BCP 47 tag of the interface's language; undefined: the browser's. */
  readonly language: string | undefined;
  /** For presentations: names and IDs neither on screen nor in what is exported. */
  readonly namesHidden: boolean;
  /** What views do together; undefined: as usual (DEFAULT_LINKS). */
  readonly links: Links | undefined;
  readonly folded: Folded;
  /** The hangings that the reader steps through; undefined: the usual ones. */
  readonly hangings: readonly Hanging[] | undefined;
  /** Reading first: scores stay hidden until the reader has assessed the lesion. */
  readonly readingFirst: boolean;
  /** Likelihoods in percent, or as "1 in N". */
  readonly likelihoodAs: 'percent' | 'frequency';
  /** Specificity of the operating point that scores are held against. */
  readonly specificity: Specificity;
  /** Screens that the reader calibrated, by screenKey: screen and browser zoom. */
  readonly screens: Readonly<Record<string, ScreenCalibration>>;
  /** Checks of displays that the reader kept, the newest first. */
  readonly displayChecks: readonly DisplayCheck[];
  /** Tells this installation from others in what is stored; random, made once. */
  readonly installationId: string | undefined;
  /** Whether a launched study brings its patient's earlier exams at once. */
  readonly priorsAtOnce: boolean;
  /** Lines at the head of a printed report: institution, department, address. */
  readonly letterhead: string;
  /** Who reads, as a printed report names them. */
  readonly readerName: string;
  /** What the site's own lesions say of a pack's likelihoods; undefined where none was loaded. */
  readonly siteCalibration: SiteCalibration | undefined;
  /** Whether the finder looks at what is opened, to be asked after the reader's own look. */
  readonly secondLook: boolean;
}

/** Where settings live across reloads, the same for all tabs. No method throws. */
export interface SettingsStorage {
  load(): Settings;
  /** Writes those that changed; all others stay as another tab may have left them. */
  save(changed: Partial<Settings>): void;
  /** Calls back when another tab has written. */
  onSavedElsewhere?(listener: () => void): void;
}
