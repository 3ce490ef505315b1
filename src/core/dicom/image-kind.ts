/**
 * What kind of picture of the breast an image is.
 *
 * - mammogram: a two-dimensional exposure.
 * - low-energy: of contrast mammography; it is the mammogram.
 * - high-energy, recombined: of contrast mammography; they show iodine, not tissue.
 * - contrast: of contrast mammography, and the file does not say which.
 * - synthesized: computed from tomosynthesis to look like a mammogram.
 * - tomosynthesis: a slice or a projection of tomosynthesis.
 * - stereotactic: a tilted exposure of a biopsy, or its scout.
 * - cropped: a part cut out of a mammogram.
 * - mask: the outline of something as a picture.
 */
export type ImageKind =
  | 'mammogram'
  | 'low-energy'
  | 'high-energy'
  | 'recombined'
  | 'contrast'
  | 'synthesized'
  | 'tomosynthesis'
  | 'stereotactic'
  | 'cropped'
  | 'mask';

/** The attributes that say what kind an image is; '' or [] where absent. */
export interface KindAttributes {
  readonly sopClassUid: string;
  /** Upper case. */
  readonly imageType: readonly string[];
  readonly seriesDescription: string;
  /** Protocol and acquisition processing, which all images of an examination may share. */
  readonly protocols: readonly string[];
  /** ContrastBolusAgent (0018,0010), or that its sequence (0018,0012) is filled. */
  readonly contrastAgent: string;
  /** KVP (0018,0060). */
  readonly kvp: number | undefined;
  /** FilterMaterial (0018,7050), upper case. */
  readonly filterMaterial: string;
  /** NumberOfFrames (0028,0008). */
  readonly frames: number;
}

const TOMOSYNTHESIS_CLASSES = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.13\.1\.[345]$/;
/** Multi-frame Grayscale Byte and Word Secondary Capture: volumes that were stored as what they are not. */
const SEVERAL_FRAMES_CLASS = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7\.[23]$/;
const CT_CLASS = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.2(?:\.1)?$/;

/** Upper case without accents, each run of other than letters and digits one space. */
const plain = (texts: readonly string[]): string =>
  ` ${texts
    .join(' | ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9|]+/g, ' ')} `;

const words = (pattern: string): RegExp => new RegExp(` (?:${pattern})(?= )`);

/** Values of ImageType; the third and later ones are the vendors' own. */
const IN_TYPE = {
  low: /^(?:LOW_?ENERGY|LE|LOW)$|LOW_ENERGY/,
  high: /^(?:HIGH_?ENERGY|HE)$|HIGH_ENERGY/,
  recombined: /RECOMB|SUBTRACT|^(?:RC|DES|CESM|CEM|CEDM|DUAL_?ENERGY)$|IODINE/,
  synthesized:
    /GENERATED_2D|TOMO_?2D|(?<!TOMO_?)SYNTH|[CGS]_?VIEW|V_?PREVIEW|^(?:MIP|2D_?SYN)$|INSIGHT/,
  tomosynthesis: /TOMO|^(?:DBT|BTO)$/,
  stereotactic: /STEREO|^SCOUT$|BIOPSY|NEEDLE_?LOC/,
  mask: /^(?:MASK|SEGMENTATION|BINARY)$/,
};

const VIEW = '(?:CC|MLO|ML|LM)';
/** An abbreviation that is none but beside a view or the name of contrast mammography. */
const abbreviated = (short: string): string =>
  `${short} (?=[RL]? ?${VIEW} )[RL]? ?${VIEW}|[RL]?${VIEW} ${short}|(?:CESM|CEM|CEDM|I ?VIEW|IVIEW) ${short}`;

const ENERGY = '(?:ENERGY|ENERGIE|ENERGIA|ENER)';
const IN_WORDS = {
  low: words(
    // Not "LE" alone, which is a word of French.
    `LOW ?${ENERGY}|${abbreviated('LE')}|BASSE ${ENERGY}|BASSA ${ENERGY}|BAJA ${ENERGY}|BAIXA ${ENERGY}|NIEDRIGENERGIE|NIEDRIGE ${ENERGY}|NIEDERENERGIE|LAGE ENERGIE`,
  ),
  high: words(
    `HIGH ?${ENERGY}|${abbreviated('HE')}|HAUTE ${ENERGY}|ALTA ${ENERGY}|HOCHENERGIE|HOHE ${ENERGY}|HOGE ENERGIE`,
  ),
  recombined: words(
    `${abbreviated('(?:RC|SUBT?R?)')}|RECOMB(?:INED?|INEE?S?|INADA|INADO|INATION)?|RICOMBINATA|REKOMB(?:INIERT(?:ES)?|INATION)?|GERECOMBINEERD|SUBTRACT(?:ED|ION)|SUBTRAKTION|SUBTRAHIERT|SOUSTRACTION|SUSTRACCION|SUBSTRACCION|SUBTRACAO|SOTTRAZIONE|IODINE(?: MAP)?|I ?VIEW|IVIEW`,
  ),
  contrast: words(
    'CESM|CEM|CEDM|CEDEM|CE2D|SENOBRIGHT|TICEM|DUAL ?ENERGY|CONTRAST (?:ENHANCED|MAMMO[A-Z]*)|ANGIOMAMMOGRAPHIE|KONTRASTMITTEL[A-Z]*|MAMMOGRAPHIE DE CONTRASTE|ANGIOMAMOGRAFIA',
  ),
  synthesized: words(
    'C ?VIEW|S ?VIEW|G ?VIEW|V ?PREVIEW|INSIGHT(?: 2D)?|INTELLIGENT 2D|SYNTHESI[SZ]ED|SYNTH(?:ETIC|ETIQUE|ETISCH|ETISCHE[SR]?)? ?(?:2D|MAMMO[A-Z]*|MG|VIEWS?|MIP|IMAGE|BILD)|2D ?(?:SYNTH[A-Z]*|SYN)|SINTETI[CZ][AO]|SYNTHETISIERT|GENERATED 2D|VIRTUAL 2D|SM2D|SDM',
  ),
  slice: words(
    '(?:TOMO[A-Z]*|DBT|BTO) (?:SLICES?|RECON[A-Z]*|PROJ[A-Z]*|PLANES?|SCHICHT[A-Z]*|COUPES?)|(?:SLICES?|PROJECTIONS?|SCHICHT|COUPE) (?:OF |DE )?(?:TOMO[A-Z]*|DBT)|(?:\\d+ ?MM |TOMO[A-Z]* |DBT |SMART ?)SLABS?|SMART ?SLICES?',
  ),
  stereotactic: words(
    'STEREO(?:TAX[A-Z]*|TACT[A-Z]*|TAKT[A-Z]*|TASSI[A-Z]*)?|ESTEREO[A-Z]*|STX|BIOPS[A-Z]*|VACUUM ASSISTED|VAB|SCOUT|PRE ?FIRE|POST ?FIRE|NEEDLE LOC[A-Z]*|WIRE LOC[A-Z]*',
  ),
  cropped: words('CROPPED(?: IMAGES?)?'),
  mask: words('(?<!UNSHARP )(?:ROI )?MASKS?|MASQUE|MASKE|SEGMENTATION|BINARY(?: IMAGE)?'),
};

/** Pictures after a biopsy are mammograms again. */
const AFTER_BIOPSY =
  / (?:(?:STATUS )?POST|S P|AFTER|HX|HX OF|H O|HISTORY OF|PRIOR|PREVIOUS|NACH|Z N|ZUSTAND NACH|APRES|DOPO|TRAS|APOS) (?:(?:STEREO[A-Z]*|CORE|NEEDLE|VACUUM|SURGICAL|EXCISIONAL|BREAST|US|MRI?) ){0,2}(?:BIOPS|CLIP|BX)\w*/g;

/** Contrast mammography exposes above the K-edge of iodine with copper or titanium in the beam. */
const HIGH_KVP = 40;
const HIGH_FILTER = /COPPER|TITANIUM|^(?:CU|TI)$/;

/**
 * The kind of an image by its class, its ImageType, its descriptions and its beam: what is most
 * unlike a mammogram first.
 */
export const recogniseKind = (of: KindAttributes): ImageKind => {
  const series = plain([of.seriesDescription]);
  const text = plain([of.seriesDescription, ...of.protocols]).replace(AFTER_BIOPSY, ' ');
  const inType = (pattern: RegExp) => of.imageType.slice(2).some((value) => pattern.test(value));
  const inWords = (pattern: RegExp) => pattern.test(text);
  if (inType(IN_TYPE.mask) || IN_WORDS.mask.test(series)) return 'mask';
  if (IN_WORDS.cropped.test(series)) return 'cropped';
  const isTomosynthesis =
    TOMOSYNTHESIS_CLASSES.test(of.sopClassUid) ||
    CT_CLASS.test(of.sopClassUid) ||
    inType(IN_TYPE.tomosynthesis) ||
    (of.frames > 1 && (SEVERAL_FRAMES_CLASS.test(of.sopClassUid) || /TOMO| DBT /.test(text)));
  if (inType(IN_TYPE.synthesized) || inWords(IN_WORDS.synthesized)) return 'synthesized';
  if (isTomosynthesis) return 'tomosynthesis';
  if (inType(IN_TYPE.low)) return 'low-energy';
  if (inType(IN_TYPE.recombined)) return 'recombined';
  if (inType(IN_TYPE.high)) return 'high-energy';
  // "I-View LE": the low-energy image of what is otherwise the name of the recombined one.
  if (inWords(IN_WORDS.low)) return 'low-energy';
  if (inWords(IN_WORDS.recombined)) return 'recombined';
  const isBeamHigh =
    of.kvp !== undefined && of.kvp >= HIGH_KVP && HIGH_FILTER.test(of.filterMaterial);
  if (inWords(IN_WORDS.high) || isBeamHigh) return 'high-energy';
  if (inType(IN_TYPE.stereotactic) || inWords(IN_WORDS.stereotactic)) return 'stereotactic';
  if (inWords(IN_WORDS.contrast) || of.contrastAgent !== '') return 'contrast';
  if (IN_WORDS.slice.test(series)) return 'tomosynthesis';
  return 'mammogram';
};
