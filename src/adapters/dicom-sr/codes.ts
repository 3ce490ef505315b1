import type { Code } from '../../core/dicom/codes.ts';
import type { MammographyView, Side, ViewModifier } from '../../core/dicom/mammogram-header.ts';
import type { ExamReading } from '../../core/lesion/exam-reading.ts';
import type { LesionLocation } from '../../core/lesion/location.ts';
import type { MassDescriptors } from '../../core/lesion/mass-descriptors.ts';
import type { BiRads } from '../../core/lesion/reading.ts';

const coded =
  (scheme: string) =>
  (value: string, meaning: string): Code => ({ value, scheme, meaning });
/** DICOM Controlled Terminology, PS3.16 annex D. */
export const dcm = coded('DCM');
/** SNOMED CT, as PS3.16 has used it since 2019 in the place of SNOMED RT. */
export const sct = coded('SCT');
export const ucum = coded('UCUM');
/** ACR BI-RADS. */
const bi = coded('BI');
/** Our own, for what no standard code names; declared in CodingSchemeIdentificationSequence. */
export const LOCAL_SCHEME = '99TANDEM';
export const local = coded(LOCAL_SCHEME);

export const PERCENT = ucum('%', 'Percent');
export const NO_UNITS = ucum('1', 'no units');
export const MILLIMETER = ucum('mm', 'millimeter');
export const SQUARE_MILLIMETER = ucum('mm2', 'square millimeter');
export const DEGREE = ucum('deg', 'degree');
export const PIXELS = ucum('{pixels}', 'Pixels');

/** CID 6023 "Side from BI-RADS". */
export const SIDES: Readonly<Record<Side, Code>> = {
  L: sct('80248007', 'Left breast'),
  R: sct('73056007', 'Right breast'),
};

/** CID 244 "Laterality", for images of any kind. */
export const LATERALITIES: Readonly<Record<Side, Code>> = {
  L: sct('7771000', 'Left'),
  R: sct('24028007', 'Right'),
};

/** CID 4014 "View for Mammography"; views that it does not name are left out. */
export const VIEWS: Readonly<Partial<Record<MammographyView, Code>>> = {
  CC: sct('399162004', 'cranio-caudal'),
  MLO: sct('399368009', 'medio-lateral oblique'),
  ML: sct('399260004', 'medio-lateral'),
  LM: sct('399352003', 'latero-medial'),
  LMO: sct('399099002', 'latero-medial oblique'),
  XCCL: sct('399192008', 'cranio-caudal exaggerated laterally'),
  XCCM: sct('399101009', 'cranio-caudal exaggerated medially'),
  FB: sct('399196006', 'caudo-cranial (from below)'),
  SIO: sct('399188001', 'superolateral to inferomedial oblique'),
  ISO: sct('441555000', 'inferomedial to superolateral oblique'),
  SPECIMEN: sct('127457009', 'tissue specimen from breast'),
};

/** CID 4015 "View Modifier for Mammography". */
export const MODIFIERS: Readonly<Record<ViewModifier, Code>> = {
  magnification: sct('399163009', 'Magnification'),
  'spot compression': sct('399055006', 'Spot Compression'),
  'implant displaced': sct('399209000', 'Implant Displaced'),
  tangential: sct('399110001', 'Tangential'),
  cleavage: sct('399161006', 'Cleavage'),
  'axillary tail': sct('399011000', 'Axillary Tail'),
  'axillary tissue': sct('442580003', 'Axillary tissue'),
  'rolled lateral': sct('399197002', 'Rolled Lateral'),
  'rolled medial': sct('399226006', 'Rolled Medial'),
  'rolled superior': sct('415670009', 'Rolled Superior'),
  'rolled inferior': sct('414493004', 'Rolled Inferior'),
  'nipple in profile': sct('442581004', 'Nipple in profile'),
  'anterior compression': sct('441752004', 'Anterior compression'),
  'infra-mammary fold': sct('442593008', 'Infra-mammary fold'),
};

/** CID 6027 "Assessment from BI-RADS". */
export const ASSESSMENTS: Readonly<Record<BiRads, Code>> = {
  '0': sct('397138000', '0 - Incomplete - Need additional imaging evaluation'),
  '1': sct('397140005', '1 - Negative'),
  '2': sct('397141009', '2 - Benign'),
  '3': sct('397143007', '3 - Probably Benign'),
  '4': sct('397144001', '4 - Suspicious'),
  '4A': bi('MA.II.A.5.4A', '4A - Low suspicion'),
  '4B': bi('MA.II.A.5.4B', '4B - Intermediate suspicion'),
  '4C': bi('MA.II.A.5.4C', '4C - Moderate suspicion'),
  '5': sct('397145000', '5 - Highly suggestive of malignancy'),
  '6': bi('MA.II.A.5.6', '6 - Known biopsy proven malignancy'),
};

/** CID 6000 "Overall Breast Composition", by the letters of BI-RADS. */
export const DENSITY_CODES: Readonly<Record<NonNullable<ExamReading['density']>, Code>> = {
  a: sct('129716005', 'Almost entirely fat'),
  b: sct('129717001', 'Scattered fibroglandular densities'),
  c: sct('129718006', 'Heterogeneously dense'),
  d: sct('129719003', 'Extremely dense'),
};

type Described<K extends keyof MassDescriptors> = NonNullable<MassDescriptors[K]>;

/** CID 6005 "Characteristics of Shape from BI-RADS". */
export const SHAPES: Readonly<Record<Described<'shape'>, Code>> = {
  oval: sct('84360004', 'Ovoid shape (Oval)'),
  round: sct('42700002', 'Round shape'),
  irregular: sct('49608001', 'Irregular'),
};

/** CID 6007 "Characteristics of Margin from BI-RADS". */
export const MARGINS: Readonly<Record<Described<'margin'>, Code>> = {
  circumscribed: sct('129738007', 'Circumscribed lesion'),
  obscured: sct('129740002', 'Obscured lesion'),
  microlobulated: sct('129739004', 'Microlobulated lesion'),
  indistinct: sct('129741003', 'Indistinct lesion'),
  spiculated: sct('129742005', 'Spiculated lesion'),
};

/** CID 6009 "Density Modifier from BI-RADS". */
export const LESION_DENSITIES: Readonly<Record<Described<'density'>, Code>> = {
  high: sct('129744006', 'High density lesion'),
  equal: sct('129745007', 'Equal density (isodense) lesion'),
  low: sct('129746008', 'Low density (not containing fat) lesion'),
  'fat-containing': sct('129747004', 'Fat containing (radiolucent) lesion'),
};

/** CID 6013 "Calcification Distribution Modifier from BI-RADS", which has no code for none. */
export const CALCIFICATIONS: Readonly<Record<Exclude<Described<'calcifications'>, 'none'>, Code>> =
  {
    within: dcm('111346', 'Calcifications within a mass'),
    outside: dcm('111347', 'Calcifications outside of a mass'),
  };

/** CID 6020 "Quadrant Location", by what is above or below and outside or inside of the nipple. */
export const QUADRANTS: Readonly<Record<string, Code>> = {
  'upper outer': sct('76365002', 'Upper outer quadrant of breast'),
  'upper inner': sct('77831004', 'Upper inner quadrant of breast'),
  'lower outer': sct('33564002', 'Lower outer quadrant of breast'),
  'lower inner': sct('19100000', 'Lower inner quadrant of breast'),
};

/** CID 6018 "Clockface Location or Region": the regions, then the hours from 1. */
export const REGIONS: Readonly<Record<NonNullable<LesionLocation['region']>, Code>> = {
  central: sct('129786000', 'Central region of breast'),
  subareolar: sct('129784002', 'Subareolar region'),
  'axillary tail': sct('129785001', 'Axillary tail region'),
};
const HOURS = [
  '129772004',
  '129773009',
  '129774003',
  '129775002',
  '129776001',
  '129777005',
  '129778000',
  '129779008',
  '129780006',
  '129781005',
  '129782003',
  '129783008',
] as const;
export const clockCode = (hour: number): Code | undefined => {
  const value = HOURS[hour - 1];
  return value && sct(value, `${hour} o'clock position`);
};

/** CID 6024 "Depth". */
export const DEPTHS: Readonly<Record<NonNullable<LesionLocation['depth']>, Code>> = {
  anterior: sct('255549009', 'Anterior'),
  middle: { value: 'C25569', scheme: 'NCIt', meaning: 'Middle' },
  posterior: sct('255551008', 'Posterior'),
};
