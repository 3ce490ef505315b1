import type { MammographyView, Side, ViewModifier } from './mammogram-header.ts';

/** A coded entry (DICOM PS3.3 8.8): scheme SCT, SRT or SNM3 in mammography. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** DICOM PS3.16 CID 4014 "View for Mammography": SNOMED CT, then the retired SNOMED RT value. */
const viewCodes: Readonly<Record<string, MammographyView>> = {
  '399162004': 'CC',
  'R-10242': 'CC',
  '399368009': 'MLO',
  'R-10226': 'MLO',
  '399268006': 'MLO',
  'G-5224': 'MLO',
  '399260004': 'ML',
  'R-10224': 'ML',
  '399352003': 'LM',
  'R-10228': 'LM',
  '399099002': 'LMO',
  'R-10230': 'LMO',
  '399159002': 'LMO',
  'G-5225': 'LMO',
  '399192008': 'XCCL',
  'R-1024A': 'XCCL',
  '399101009': 'XCCM',
  'R-1024B': 'XCCM',
  '399196006': 'FB',
  'R-10244': 'FB',
  '399188001': 'SIO',
  'R-102D0': 'SIO',
  '441555000': 'ISO',
  'R-40AAA': 'ISO',
  '127457009': 'SPECIMEN',
  'G-8310': 'SPECIMEN',
};

/** DICOM PS3.16 CID 4015 "View Modifier for Mammography": SNOMED CT, then the retired SNOMED RT value. */
const modifierCodes: Readonly<Record<string, ViewModifier>> = {
  '399163009': 'magnification',
  'R-102D6': 'magnification',
  '399055006': 'spot compression',
  'R-102D7': 'spot compression',
  '399209000': 'implant displaced',
  'R-102D5': 'implant displaced',
  '399110001': 'tangential',
  'R-102C2': 'tangential',
  '399161006': 'cleavage',
  'R-102D2': 'cleavage',
  '399011000': 'axillary tail',
  'R-102D1': 'axillary tail',
  '442580003': 'axillary tissue',
  'R-40AB2': 'axillary tissue',
  '399197002': 'rolled lateral',
  'R-102D3': 'rolled lateral',
  '399226006': 'rolled medial',
  'R-102D4': 'rolled medial',
  '415670009': 'rolled superior',
  'R-102C9': 'rolled superior',
  '414493004': 'rolled inferior',
  'R-102CA': 'rolled inferior',
  '442581004': 'nipple in profile',
  'R-40AB3': 'nipple in profile',
  '441752004': 'anterior compression',
  'P2-00161': 'anterior compression',
  '442593008': 'infra-mammary fold',
  'R-40ABE': 'infra-mammary fold',
};

/** The breast as an anatomic region, and which of both: SNOMED CT, then the retired SNOMED RT value. */
const breastCodes: Readonly<Record<string, Side | 'either'>> = {
  '76752008': 'either',
  'T-04000': 'either',
  '63762007': 'either',
  'T-04080': 'either',
  '80248007': 'L',
  'T-04030': 'L',
  '73056007': 'R',
  'T-04020': 'R',
};

/** The breast that a code of AnatomicRegionSequence (0008,2218) names; undefined where it is of another region. */
export const breastFromCode = (code: Code): Side | 'either' | undefined =>
  breastCodes[code.value.trim().toUpperCase()];

/** The view that a code of ViewCodeSequence (0054,0220) names, if this program knows it. */
export const viewFromCode = (code: Code): MammographyView | undefined =>
  viewCodes[code.value.trim().toUpperCase()];

/** The meanings that CID 4015 gives, and short forms of them that devices write beside own codes. */
const modifierWords: readonly (readonly [RegExp, ViewModifier])[] = [
  [/^magnif(?:ication|ied)(?: view)?$/, 'magnification'],
  [/^(?:spot|focal) (?:compression|view)$/, 'spot compression'],
  [/^implant[ -]displaced(?: view)?$/, 'implant displaced'],
  [/^tangential(?: view)?$/, 'tangential'],
  [/^cleavage(?: view)?$/, 'cleavage'],
  [/^axillary tail(?: view)?$/, 'axillary tail'],
  [/^axillary tissue(?: view)?$/, 'axillary tissue'],
  [/^roll(?:ed)? lateral$/, 'rolled lateral'],
  [/^roll(?:ed)? medial$/, 'rolled medial'],
  [/^roll(?:ed)? superior$/, 'rolled superior'],
  [/^roll(?:ed)? inferior$/, 'rolled inferior'],
  [/^nipple in profile$/, 'nipple in profile'],
  [/^anterior compression$/, 'anterior compression'],
  [/^infra-?mammary fold$/, 'infra-mammary fold'],
];

const modifierFromMeaning = (meaning: string): ViewModifier | undefined =>
  modifierWords.find(([words]) => words.test(meaning.trim().toLowerCase()))?.[1];

/**
 * The modifier that a code of ViewModifierCodeSequence (0054,0222) names, if known; a code that is
 * not of CID 4015 by its whole meaning.
 */
export const modifierFromCode = (code: Code): ViewModifier | undefined =>
  modifierCodes[code.value.trim().toUpperCase()] ?? modifierFromMeaning(code.meaning);
