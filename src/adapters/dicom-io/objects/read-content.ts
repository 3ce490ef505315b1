import type { DataSet } from 'dicom-parser';
import type { ImagePoint } from '../../../core/geometry/point.ts';
import type { SrNode } from '../../../core/foreign/sr-node.ts';
import { encodingOf, items, numbers, text, type TextDecoding } from '../read/values.ts';
import { readCode } from './read-code.ts';

/** Where the value of a text-like value type stands (PS3.3 table C.17-5). */
const TEXT_VALUES: Readonly<Record<string, string>> = {
  TEXT: 'x0040a160',
  PNAME: 'x0040a123',
  DATE: 'x0040a121',
  TIME: 'x0040a122',
  DATETIME: 'x0040a120',
  UIDREF: 'x0040a124',
};

const floats = (dataSet: DataSet, tag: string): readonly number[] => {
  const element = dataSet.elements[tag];
  if (!element || element.hadUndefinedLength) return [];
  const count = Math.floor(element.length / 4);
  return Array.from({ length: count }, (_, i) => dataSet.float(tag, i) ?? Number.NaN);
};

/** Pairs of GraphicData; [] where one is not finite. */
export const readPoints = (dataSet: DataSet): readonly ImagePoint[] => {
  const values = floats(dataSet, 'x00700022');
  if (!values.every(Number.isFinite)) return [];
  return Array.from({ length: Math.floor(values.length / 2) }, (_, i) => ({
    x: values[2 * i] as number,
    y: values[2 * i + 1] as number,
  }));
};

/** Triples of GraphicData; none where one is not finite. */
const readRegion = (dataSet: DataSet): Partial<SrNode> => {
  const values = floats(dataSet, 'x00700022');
  if (!values.every(Number.isFinite)) return {};
  const points = Array.from({ length: Math.floor(values.length / 3) }, (_, i) => ({
    x: values[3 * i] as number,
    y: values[3 * i + 1] as number,
    z: values[3 * i + 2] as number,
  }));
  const type = text(dataSet, 'x00700023').toUpperCase();
  return { region: { frameOfReference: text(dataSet, 'x30060024'), type, points } };
};

const unsignedLongs = (dataSet: DataSet, tag: string): readonly number[] => {
  const element = dataSet.elements[tag];
  if (!element) return [];
  const count = Math.floor(element.length / 4);
  return Array.from({ length: count }, (_, i) => dataSet.uint32(tag, i) ?? 0);
};

/** A NUM: the double where it is given, else the decimal string, whose digits are kept as they are. */
const readNumber = (node: DataSet, decode: TextDecoding): Partial<SrNode> => {
  const [measured] = items(node, 'x0040a300');
  const qualifier = readCode(node, 'x0040a301', decode);
  if (!measured) return qualifier ? { qualifier } : {};
  const exact = measured.elements['x0040a161']?.length
    ? measured.double('x0040a161', 0)
    : undefined;
  const value = exact ?? numbers(measured, 'x0040a30a')[0];
  const unit = readCode(measured, 'x004008ea', decode);
  const digits = text(measured, 'x0040a30a') || (exact === undefined ? '' : String(exact));
  return {
    text: digits,
    ...(value !== undefined && Number.isFinite(value) ? { number: value } : {}),
    ...(unit && { unit }),
    ...(qualifier && { qualifier }),
  };
};

const readReference = (node: DataSet): Partial<SrNode> => {
  const [item] = items(node, 'x00081199');
  const sopInstanceUid = item ? text(item, 'x00081155') : '';
  if (!item || sopInstanceUid === '') return {};
  const frames = numbers(item, 'x00081160').filter((n) => n !== undefined && n >= 1);
  return {
    reference: {
      ...{ sopClassUid: text(item, 'x00081150'), sopInstanceUid },
      ...(frames.length > 0 && { frames: frames as readonly number[] }),
    },
  };
};

const readValue = (node: DataSet, type: string, decode: TextDecoding): Partial<SrNode> => {
  const tag = TEXT_VALUES[type];
  if (tag) return { text: text(node, tag, decode) };
  switch (type) {
    case 'CODE': {
      const code = readCode(node, 'x0040a168', decode);
      return code ? { code } : {};
    }
    case 'NUM':
      return readNumber(node, decode);
    case 'SCOORD':
      return {
        graphic: { type: text(node, 'x00700023').toUpperCase(), points: readPoints(node) },
      };
    case 'SCOORD3D':
      return readRegion(node);
    default:
      return readReference(node);
  }
};

/**
 * The content tree of a structured report from its data set. A part with a character set of its own is
 * read by that. Throws a RangeError where sequences nest deeper than the engine can follow.
 */
export const readContent = (node: DataSet, above?: TextDecoding): SrNode => {
  const decode = !above || node.elements['x00080005'] ? encodingOf(node) : above;
  const type = text(node, 'x0040a040').toUpperCase();
  const concept = readCode(node, 'x0040a043', decode);
  const target = unsignedLongs(node, 'x0040db73');
  return {
    type,
    ...(concept && { concept }),
    ...readValue(node, type, decode),
    ...(target.length > 0 && { target }),
    children: items(node, 'x0040a730').map((child) => readContent(child, decode)),
  };
};
