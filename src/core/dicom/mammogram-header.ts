import type { ImageKind } from './image-kind.ts';
import type { Magnification } from './magnification.ts';
import type { PictureEvidence } from './picture-evidence.ts';
import type { Planes } from './planes.ts';
import type { Slices } from './slices.ts';
import type { Technique } from './technique.ts';

/** The breast that an image shows. */
export type Side = 'L' | 'R';

/**
 * Views in the field's short form. XCC is an exaggerated CC whose direction the file leaves open;
 * LAT a lateral whose direction is open; AT and CV are axillary tail and cleavage where a file gives
 * them as the view itself.
 */
export const MAMMOGRAPHY_VIEWS = [
  'CC',
  'MLO',
  'ML',
  'LM',
  'LAT',
  'LMO',
  'XCCL',
  'XCCM',
  'XCC',
  'FB',
  'SIO',
  'ISO',
  'AT',
  'CV',
  'SPECIMEN',
] as const;
export type MammographyView = (typeof MAMMOGRAPHY_VIEWS)[number];

export type ViewModifier =
  | 'magnification'
  | 'spot compression'
  | 'implant displaced'
  | 'tangential'
  | 'cleavage'
  | 'axillary tail'
  | 'axillary tissue'
  | 'rolled lateral'
  | 'rolled medial'
  | 'rolled superior'
  | 'rolled inferior'
  | 'nipple in profile'
  | 'anterior compression'
  | 'infra-mammary fold';

/**
 * The attribute that a side or view was read from; 'picture' what the image itself shows, 'reader' a
 * correction by hand.
 */
export type RecognitionSource =
  | 'ViewCodeSequence'
  | 'ViewPosition'
  | 'ImageLaterality'
  | 'FrameLaterality'
  | 'Laterality'
  | 'AnatomicRegionSequence'
  | 'PatientOrientation'
  | 'SeriesDescription'
  | 'ProtocolName'
  | 'AcquisitionDeviceProcessingDescription'
  | 'BodyPartExamined'
  | 'picture'
  | 'reader'
  | 'none';

/** What one source says. */
export interface Claim<T> {
  readonly value: T;
  readonly source: RecognitionSource;
}

/** A recognised value with where it came from; `value` undefined goes with source 'none'. */
export interface Recognised<T> {
  readonly value: T | undefined;
  readonly source: RecognitionSource;
  /** Sources that say otherwise; absent where none does, and once the reader has said what it is. */
  readonly against?: readonly Claim<T>[];
  /** With source 'reader': what the file says. */
  readonly file?: Omit<Recognised<T>, 'file'>;
}

/**
 * What the program needs to know of one mammogram besides its pixels. Strings are as in the file,
 * trimmed, '' where absent; dates YYYYMMDD, times HHMMSS.frac (DICOM DA, TM).
 */
export interface MammogramHeader {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly patientId: string;
  /** IssuerOfPatientID (0010,0021). */
  readonly issuerOfPatientId: string;
  /** For people: "Family, Given Middle" from the PN components; '' where absent. */
  readonly patientName: string;
  /** Whether name or ID held characters that are not seen, which are left out here. */
  readonly unseenCharacters: boolean;
  /** PatientName without unseen characters: a DICOM person name, "Family^Given^Middle". */
  readonly personName: string;
  readonly patientBirthDate: string;
  /** PatientSex (0010,0040): 'F', 'M', 'O' or ''. */
  readonly patientSex: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyDescription: string;
  readonly seriesDescription: string;
  readonly accessionNumber: string;
  readonly studyId: string;
  /** A DICOM person name. */
  readonly referringPhysicianName: string;
  readonly instanceNumber: number | undefined;
  readonly contentDate: string;
  readonly contentTime: string;
  readonly modality: string;
  /** 'FOR PRESENTATION', 'FOR PROCESSING' or ''. */
  readonly presentationIntentType: string;
  /** ImageType (0008,0008), upper case. */
  readonly imageType: readonly string[];
  readonly manufacturer: string;
  readonly manufacturerModelName: string;
  readonly kind: ImageKind;
  readonly transferSyntaxUid: string;
  readonly laterality: Recognised<Side>;
  readonly view: Recognised<MammographyView>;
  /** In the file's order, without repeats. */
  readonly viewModifiers: readonly ViewModifier[];
  /**
   * PatientOrientation (0020,0020): the direction in the patient that a row runs to (left to
   * right), then that a column runs to (downwards), from the letters A P L R H F.
   */
  readonly patientOrientation: readonly [row: string, column: string] | undefined;
  /** BreastImplantPresent (0028,1300). */
  readonly breastImplantPresent: boolean | undefined;
  /** PartialView (0028,1350) is YES. */
  readonly partialView: boolean;
  readonly magnification: Magnification;
  /** Lossily compressed now or earlier: LossyImageCompression (0028,2110) or the transfer syntax. */
  readonly lossy: boolean;
  readonly technique: Technique;
  /** BurnedInAnnotation (0028,0301) is YES. */
  readonly burnedInAnnotation: boolean;
  readonly numberOfFrames: number;
  /** How the frames lie as slices of a volume; absent where the image has one frame. */
  readonly slices?: Slices;
  /** Where its frames lie in the patient; absent where the file does not say. */
  readonly planes?: Planes;
  /** SOP Instance UIDs that it was made of (SourceImageSequence 0008,2112); absent where it names none. */
  readonly sources?: readonly string[];
  /** What the picture says of how the breast lies in it; absent where it was not looked at. */
  readonly picture?: PictureEvidence;
}
