import type { Code } from '../../core/dicom/codes.ts';
import { isBlank } from './clean-value.ts';
import { decimalString, type Attributes } from './data-set.ts';

/** RelationshipType (0040,A010), PS3.3 C.17.3.2.4. */
export type Relation =
  | 'CONTAINS'
  | 'HAS PROPERTIES'
  | 'HAS CONCEPT MOD'
  | 'HAS ACQ CONTEXT'
  | 'HAS OBS CONTEXT'
  | 'INFERRED FROM'
  | 'SELECTED FROM';

/** One node of an SR tree (PS3.3 C.17.3), without its relation to the node above. */
export type ContentItem = Attributes;
export type Point = readonly [x: number, y: number];

/** Schemes whose codes need the edition they are of (PS3.3 8.2). BI-RADS: the one that CID 6027 cites. */
const SCHEME_VERSIONS: Readonly<Record<string, string>> = { BI: '4.0' };

export const codeItem = ({ value, scheme, meaning }: Code): Attributes => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodingSchemeVersion: SCHEME_VERSIONS[scheme],
  CodeMeaning: meaning,
});

/** A text of blanks would be an empty value, which none may be. */
const isEmpty = ({ TextValue }: ContentItem): boolean =>
  typeof TextValue === 'string' && isBlank(TextValue);

const children = (items: readonly ContentItem[]): Attributes => {
  const filled = items.filter((each) => !isEmpty(each));
  return filled.length > 0 ? { ContentSequence: filled } : {};
};

const item = (
  type: string,
  concept: Code | undefined,
  value: Attributes,
  items: readonly ContentItem[],
): ContentItem => ({
  ValueType: type,
  ...(concept && { ConceptNameCodeSequence: codeItem(concept) }),
  ...value,
  ...children(items),
});

/** The same items, each with its relation to the node that will hold them. */
export const as = (relation: Relation, ...items: readonly ContentItem[]): ContentItem[] =>
  items.map((content) => ({ RelationshipType: relation, ...content }));

export const container = (concept: Code, items: readonly ContentItem[]): ContentItem =>
  item('CONTAINER', concept, { ContinuityOfContent: 'SEPARATE' }, items);

export const code = (concept: Code, value: Code, items: readonly ContentItem[] = []): ContentItem =>
  item('CODE', concept, { ConceptCodeSequence: codeItem(value) }, items);

export const text = (
  concept: Code,
  value: string,
  items: readonly ContentItem[] = [],
): ContentItem => item('TEXT', concept, { TextValue: value }, items);

export const date = (concept: Code, value: string): ContentItem =>
  item('DATE', concept, { Date: value }, []);

export const time = (concept: Code, value: string): ContentItem =>
  item('TIME', concept, { Time: value }, []);

export const uidref = (concept: Code, value: string): ContentItem =>
  item('UIDREF', concept, { UID: value }, []);

export const personName = (concept: Code, value: string): ContentItem =>
  item('PNAME', concept, { PersonName: value }, []);

/**
 * A number with its unit. Where 16 characters of decimal string lose digits, the double goes along
 * as FloatingPointValue (PS3.3 table C.18.1-1).
 */
export const num = (
  concept: Code,
  value: number,
  unit: Code,
  items: readonly ContentItem[] = [],
): ContentItem => {
  const decimal = decimalString(value);
  return item(
    'NUM',
    concept,
    {
      MeasuredValueSequence: {
        NumericValue: decimal,
        ...(Number(decimal) !== value && { FloatingPointValue: value }),
        MeasurementUnitsCodeSequence: codeItem(unit),
      },
    },
    items,
  );
};

interface ImageUids {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

export const imageReference = ({ sopClassUid, sopInstanceUid }: ImageUids): Attributes => ({
  ReferencedSOPClassUID: sopClassUid,
  ReferencedSOPInstanceUID: sopInstanceUid,
});

export const image = (uids: ImageUids, items: readonly ContentItem[] = []): ContentItem =>
  item('IMAGE', undefined, { ReferencedSOPSequence: imageReference(uids) }, items);

/** One frame of an image of several, from 1 on (PS3.3 table 10-3). */
export const frameOf = (uids: ImageUids, frame: number): ContentItem =>
  item(
    'IMAGE',
    undefined,
    { ReferencedSOPSequence: { ...imageReference(uids), ReferencedFrameNumber: frame } },
    [],
  );

/** A relation by reference to the node at that path from the root, which is 1 (PS3.3 C.17.3.2.5). */
export const reference = (path: readonly number[]): ContentItem => ({
  ReferencedContentItemIdentifier: path,
});

/**
 * Points in stored pixels; (0, 0) is the outer corner of the first pixel, as in our boxes
 * (PS3.3 C.18.6.1.1).
 */
export const scoord = (
  concept: Code,
  type: 'POINT' | 'POLYLINE' | 'ELLIPSE',
  points: readonly Point[],
  from: ContentItem,
): ContentItem =>
  item(
    'SCOORD',
    concept,
    { GraphicData: points.flat(), GraphicType: type },
    as('SELECTED FROM', from),
  );
