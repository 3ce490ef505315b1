import type { DcmjsDict } from 'dcmjs';
import { decimalValue } from '../../core/dicom/decimal-string.ts';
import { cleanValue } from './clean-value.ts';
import { TAGS, type Keyword } from './tags.ts';

type Single = string | number | Attributes;
/** Attributes by keyword; `undefined` leaves one out, `[]` or '' writes it empty (type 2). */
export type Attributes = {
  readonly [K in Keyword]?: Single | readonly Single[] | undefined;
};

const isAttributes = (value: Single): value is Attributes => typeof value === 'object';

/**
 * What others file and find an object by. One with a backslash is several values in the images, and so it
 * is here, though its attribute is for one (PS3.6): changed, it would be another patient's or order's.
 */
const IDENTIFIERS: ReadonlySet<string> = new Set<Keyword>([
  'PatientID',
  'IssuerOfPatientID',
  'AccessionNumber',
]);

const written = (vr: string, value: Single): unknown => {
  if (isAttributes(value)) return toDict(value);
  const isDecimal = vr === 'DS' || vr === 'IS';
  return typeof value === 'string' || isDecimal ? cleanValue(vr, String(value)) : value;
};

/** Attributes in the form that dcmjs writes: by tag, with the value representation, as lists. */
export const toDict = (attributes: Attributes): DcmjsDict =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([keyword, value]) => {
      if (value === undefined) return [];
      const [tag, vr] = TAGS[keyword as Keyword];
      const values = (Array.isArray(value) ? value : [value]) as readonly Single[];
      const Value = values
        .filter((v) => v !== '')
        .flatMap((v) => (IDENTIFIERS.has(keyword) ? String(v).split('\\') : [v]))
        .map((v) => written(vr, v));
      return [[tag, { vr, Value }]];
    }),
  );

const valuesOf = (dict: DcmjsDict, keyword: Keyword): readonly unknown[] =>
  dict[TAGS[keyword][0]]?.Value ?? [];

/** Component groups of a person name (PS3.5 6.2.1), as dcmjs gives them. */
const NAME_GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;

const isName = (value: unknown): value is Partial<Record<(typeof NAME_GROUPS)[number], string>> =>
  typeof value === 'object' && value !== null && NAME_GROUPS.some((group) => group in value);

const asText = (value: unknown): string =>
  isName(value)
    ? NAME_GROUPS.map((group) => value[group] ?? '')
        .join('=')
        .replace(/=+$/, '')
    : String(value);

/** A text, trimmed, '' where absent. dcmjs splits long texts at backslashes: they are joined again. */
export const readText = (dict: DcmjsDict, keyword: Keyword): string =>
  valuesOf(dict, keyword).map(asText).join('\\').trim();

/**
 * The finite numbers of an attribute. dcmjs reads text leniently: of `0x1` it leaves 01, and of `12,5`
 * 125. So a decimal string is read as it stands in the file.
 */
export const readNumbers = (dict: DcmjsDict, keyword: Keyword): number[] => {
  const raw = dict[TAGS[keyword][0]]?._rawValue;
  return valuesOf(dict, keyword).flatMap((value, i) => {
    const text = raw?.[i] ?? value;
    const number = typeof text === 'string' ? decimalValue(text) : text;
    return typeof number === 'number' && Number.isFinite(number) ? [number] : [];
  });
};

/** The items of a sequence. */
export const readItems = (dict: DcmjsDict, keyword: Keyword): DcmjsDict[] =>
  valuesOf(dict, keyword).filter(
    (item): item is DcmjsDict => typeof item === 'object' && item !== null,
  );

/** The same code again and again costs nothing to compare: its value and scheme in one word. */
export const readCode = (dict: DcmjsDict, keyword: Keyword): string => {
  const [code] = readItems(dict, keyword);
  return code ? `${readText(code, 'CodeValue')} ${readText(code, 'CodingSchemeDesignator')}` : '';
};

/**
 * A number as a decimal string, DICOM DS (PS3.5 6.2: at most 16 characters), with as many digits as
 * fit.
 */
export const decimalString = (value: number): string => {
  const full = String(value);
  if (full.length <= 16) return full;
  for (let digits = 15; digits > 0; digits--) {
    const rounded = String(Number(value.toPrecision(digits)));
    if (rounded.length <= 16) return rounded;
  }
  return value.toExponential(8);
};
