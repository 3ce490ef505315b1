/**
 * How an image was taken, as IHE's Mammography Image display asks it to be shown (IHE RAD TF-2
 * 4.16.4.2.2.1.1; docs/ihe-display.md). Texts are '' and lists empty where the file does not say; a number is undefined
 * where it is absent, none, or of a size that nothing can have.
 */
export interface Technique {
  /** PatientAge (0010,1010), DICOM AS: "058Y". */
  readonly patientAge: string;
  /** AcquisitionDate (0008,0022), DICOM DA. */
  readonly acquisitionDate: string;
  /** AcquisitionTime (0008,0032), DICOM TM. */
  readonly acquisitionTime: string;
  readonly institutionName: string;
  /** InstitutionAddress (0008,0081), in one line. */
  readonly institutionAddress: string;
  readonly stationName: string;
  /** DeviceSerialNumber (0018,1000). */
  readonly deviceSerialNumber: string;
  /** GantryID (0018,1008): of the stand, where cassettes of others are exposed in it. */
  readonly gantryId: string;
  /** DetectorID (0018,700A). */
  readonly detectorId: string;
  readonly softwareVersions: readonly string[];
  /** OperatorsName (0008,1070): names for people. */
  readonly operators: readonly string[];
  /** KVP (0018,0060). */
  readonly kilovolts: number | undefined;
  /** ExposureInuAs (0018,1153), which is finer, else Exposure (0018,1152). */
  readonly mAs: number | undefined;
  /** ExposureTimeInuS (0018,8150), else ExposureTime (0018,1150). */
  readonly exposureMs: number | undefined;
  /** AnodeTargetMaterial (0018,1191). */
  readonly anode: string;
  /** FilterMaterial (0018,7050). */
  readonly filters: readonly string[];
  /** FocalSpots (0018,1190). */
  readonly focalSpotsMm: readonly number[];
  /** Grid (0018,1166): "RECIPROCATING", "NONE". */
  readonly grid: readonly string[];
  /** RelativeXRayExposure (0018,1405), in the maker's own unit. */
  readonly relativeExposure: number | undefined;
  /** BodyPartThickness (0018,11A0): of the compressed breast. */
  readonly thicknessMm: number | undefined;
  /** CompressionForce (0018,11A2). */
  readonly forceNewton: number | undefined;
  /** PositionerPrimaryAngle (0018,1510). */
  readonly angleDegrees: number | undefined;
  /** EntranceDoseInmGy (0040,8302), else EntranceDose (0040,0302), which is in dGy. */
  readonly entranceDoseMGy: number | undefined;
  /** OrganDose (0040,0316), which is in dGy: the mean glandular dose. */
  readonly organDoseMGy: number | undefined;
  /** What of the breast a partial view shows: PartialViewCodeSequence (0028,1352), PartialViewDescription (0028,1351). */
  readonly partialViewParts: readonly string[];
  /** LossyImageCompressionRatio (0028,2112), one for each compression that the image went through. */
  readonly lossyRatios: readonly number[];
}

/** An age in the unit that it is given in. */
export interface Age {
  readonly value: number;
  readonly unit: 'years' | 'months' | 'weeks' | 'days';
}

const UNITS = { Y: 'years', M: 'months', W: 'weeks', D: 'days' } as const;

const partsOf = (da: string): readonly number[] | undefined => {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(da)?.slice(1).map(Number);
  const [, month = 0, day = 0] = parts ?? [];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? parts : undefined;
};

/**
 * The age at the examination: as stated (DICOM AS), else the whole years between two dates (DICOM
 * DA). Undefined where neither makes sense.
 */
export const ageOf = (stated: string, born: string, on: string): Age | undefined => {
  const [, value = '', unit = ''] = /^(\d{3})([YMWD])$/.exec(stated) ?? [];
  if (unit !== '') return { value: Number(value), unit: UNITS[unit as keyof typeof UNITS] };
  const [from, to] = [partsOf(born), partsOf(on)];
  if (!from || !to) return undefined;
  const [year = 0, month = 0, day = 0] = from;
  const [nowYear = 0, nowMonth = 0, nowDay = 0] = to;
  const isBefore = nowMonth < month || (nowMonth === month && nowDay < day);
  const years = nowYear - year - (isBefore ? 1 : 0);
  return years >= 0 && years < 150 ? { value: years, unit: 'years' } : undefined;
};
