/** Array types that stored pixel values come in. */
export type StoredPixels =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** A LUT of DICOM PS3.3 C.11.1 / C.11.2: `firstMapped` is the input that maps to `values[0]`. */
export interface LookupTable {
  readonly firstMapped: number;
  readonly values: Uint8Array | Uint16Array;
  readonly bits: number;
  readonly explanation?: string;
}

/** VOILUTFunction, DICOM PS3.3 C.11.2.1.3. */
export type VoiLutFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** One preset of the image: a window, or a table. */
export type Voi =
  | {
      readonly kind: 'window';
      readonly center: number;
      readonly width: number;
      readonly fn: VoiLutFunction;
      readonly explanation?: string;
    }
  | { readonly kind: 'lut'; readonly lut: LookupTable };

/** The attribute that a spacing is from; the last one is that of the film that was scanned (0018,2010). */
export const SPACING_SOURCES = [
  'PixelSpacing',
  'ImagerPixelSpacing',
  'NominalScannedPixelSpacing',
] as const;
export type SpacingSource = (typeof SPACING_SOURCES)[number];

/**
 * One frame of a mammogram as stored, with what is needed to turn stored values into grey.
 * `pixels` is row-major, `rows * columns` long, one sample a pixel, sign-extended; values that exceed
 * the declared BitsStored are whole. Never mutated: display and scoring share it.
 */
export interface MammogramImage {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: StoredPixels;
  /** The declared BitsStored, or more where values exceed it. */
  readonly bitsStored: number;
  /** Present where values exceed the BitsStored that the file declares. */
  readonly exceedsDeclaredBits?: true;
  /** Present where the picture contradicts the photometric sense that the file states. */
  readonly looksReversed?: true;
  readonly signed: boolean;
  readonly photometricInterpretation: 'MONOCHROME1' | 'MONOCHROME2';
  /** ModalityLUTSequence where present, else RescaleSlope / RescaleIntercept (1, 0 when absent). */
  readonly modality: { readonly slope: number; readonly intercept: number } | LookupTable;
  /** In the file's order; the first is the default. Empty when the file names none. */
  readonly voi: readonly Voi[];
  /** PresentationLUTShape INVERSE (PS3.3 C.11.6) flips the output; absent means IDENTITY. */
  readonly presentationLutShape?: 'IDENTITY' | 'INVERSE';
  /** PixelPaddingValue .. PixelPaddingRangeLimit in stored values, inclusive: never breast. */
  readonly padding?: { readonly low: number; readonly high: number };
  /** Row spacing and column spacing in mm at the plane that `spacingSource` names. */
  readonly spacing?: { readonly row: number; readonly column: number };
  /** What the file says where it says one that cannot be used: not in mm, of one value, or far from square. */
  readonly unusedSpacing?: string;
  /** Present where a spacing was left out because it gives the breast an impossible size. */
  readonly impossibleSpacing?: true;
  readonly spacingSource?: SpacingSource;
  /** PixelSpacingCalibrationType (0028,0A02), where the spacing is PixelSpacing and the file says. */
  readonly spacingCalibration?: 'geometry' | 'fiducial';
  /** How much larger the breast is at the detector than it is (see core/dicom/magnification). */
  readonly magnification?: number;
  /** Where the magnification comes from: stated as a factor, or made by two distances. */
  readonly magnificationFrom?: 'stated' | 'distances';
  /** Height of a pixel divided by its width: from spacing or PixelAspectRatio, else 1. */
  readonly pixelAspect: number;
}

/** How large a pixel is, and where. */
export type PixelGeometry = Pick<
  MammogramImage,
  | 'spacing'
  | 'unusedSpacing'
  | 'spacingSource'
  | 'spacingCalibration'
  | 'magnification'
  | 'magnificationFrom'
  | 'pixelAspect'
>;
