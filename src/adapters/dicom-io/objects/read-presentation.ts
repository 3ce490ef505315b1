import type { DataSet } from 'dicom-parser';
import { formatPersonName } from '../../../core/dicom/person-name.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';
import type { Voi } from '../../../core/image/mammogram-image.ts';
import {
  fromDisplay,
  type PresentationState,
  type StateAnnotation,
  type StateArea,
  type StateText,
  turnOf,
} from '../../../core/foreign/presentation-state.ts';
import { compoundShapes } from '../../../core/foreign/compound-shape.ts';
import { type Shape, shapesOf } from '../../../core/foreign/shape.ts';
import { readWindows } from '../read/grey-rules.ts';
import { lookupTables } from '../read/lookup-tables.ts';
import {
  encodingOf,
  items,
  number,
  numbers,
  short,
  strings,
  text,
  type TextDecoding,
} from '../read/values.ts';
import { readPoints } from './read-content.ts';

const referenced = (dataSet: DataSet): readonly string[] =>
  items(dataSet, 'x00081140')
    .map((item) => text(item, 'x00081155'))
    .filter((uid) => uid !== '');

/** What a part applies to: all images where it names none, all frames of one where it names none of it. */
const scopeOf = (dataSet: DataSet): Pick<StateAnnotation, 'images' | 'frames'> => {
  const images = referenced(dataSet);
  if (images.length === 0) return {};
  const named = items(dataSet, 'x00081140').flatMap((item) => {
    const frames = numbers(item, 'x00081160').filter((n) => n !== undefined);
    return frames.length > 0 ? [[text(item, 'x00081155'), frames] as const] : [];
  });
  return { images, ...(named.length > 0 && { frames: Object.fromEntries(named) }) };
};

/** Any output of a modality step: what the inputs of a table may be. */
const INPUTS = { low: -(2 ** 15), high: 2 ** 16 - 1, signed: false };

/** Softcopy VOI LUT module (PS3.3 C.11.8). */
const voiOf = (dataSet: DataSet, decode: TextDecoding): PresentationState['voi'] =>
  items(dataSet, 'x00283110').flatMap((item) => {
    const [window] = readWindows(item, decode).value;
    const [lut] = lookupTables(item, 'x00283010', INPUTS, decode).tables;
    const voi: Voi | undefined = lut ? { kind: 'lut', lut } : window;
    return voi ? [{ ...scopeOf(item), voi }] : [];
  });

const signedPair = (dataSet: DataSet, tag: string): ImagePoint | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length < 8) return undefined;
  return { x: dataSet.int32(tag, 0) ?? 0, y: dataSet.int32(tag, 1) ?? 0 };
};

/** Displayed Area module (PS3.3 C.10.4): corners are pixels, counted from 1. */
const areasOf = (dataSet: DataSet): readonly StateArea[] =>
  items(dataSet, 'x0070005a').flatMap((item) => {
    const from = signedPair(item, 'x00700052');
    const to = signedPair(item, 'x00700053');
    if (!from || !to) return [];
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return [{ ...scopeOf(item), from: { x: left - 1, y: top - 1 }, to: { x: right, y: bottom } }];
  });

const rectangle = (left: number, top: number, right: number, bottom: number): Shape => ({
  kind: 'outline',
  points: [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ],
});

/** Display Shutter module (PS3.3 C.7.6.11): edges are pixels, counted from 1; places are row, column. */
const shutterOf = (dataSet: DataSet, name: string): readonly Shape[] => {
  const all = (tag: string) => numbers(dataSet, tag).filter((n) => n !== undefined);
  if (name === 'RECTANGULAR') {
    const edges = ['x00181602', 'x00181606', 'x00181604', 'x00181608'].map((tag) => all(tag)[0]);
    const [left, top, right, bottom] = edges;
    return left === undefined || top === undefined || right === undefined || bottom === undefined
      ? []
      : [rectangle(left - 1, top - 1, right, bottom)];
  }
  if (name === 'CIRCULAR') {
    const [row, column] = all('x00181610');
    const [radius] = all('x00181612');
    if (row === undefined || column === undefined || radius === undefined) return [];
    const centre = { x: column - 0.5, y: row - 0.5 };
    return shapesOf('CIRCLE', [centre, { x: centre.x + radius, y: centre.y }]);
  }
  if (name === 'POLYGONAL') {
    const flat = all('x00181620');
    const points = Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => ({
      x: (flat[2 * i + 1] as number) - 0.5,
      y: (flat[2 * i] as number) - 0.5,
    }));
    return shapesOf('POLYGON', points);
  }
  return [];
};

type Place = (point: ImagePoint, units: string) => ImagePoint | undefined;

const floatPair = (dataSet: DataSet, tag: string): ImagePoint | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length < 8) return undefined;
  const [x, y] = [dataSet.float(tag, 0), dataSet.float(tag, 1)];
  return x !== undefined && y !== undefined && Number.isFinite(x + y) ? { x, y } : undefined;
};

const wordsOf = (dataSet: DataSet, decode: TextDecoding): string =>
  text(dataSet, 'x00700006', decode)
    .split(/\r\n|\r|\n/)
    .map(plainText)
    .join('\n')
    .trim();

/** A text beside its box or, where it has none, at its anchor. */
const textOf = (item: DataSet, place: Place, decode: TextDecoding): readonly StateText[] => {
  const words = wordsOf(item, decode);
  const corner = floatPair(item, 'x00700010');
  const point = floatPair(item, 'x00700014');
  const box = corner && place(corner, text(item, 'x00700003').toUpperCase());
  const anchor = point && place(point, text(item, 'x00700004').toUpperCase());
  const at = box ?? anchor;
  if (words === '' || !at) return [];
  const isDrawn = box && anchor && text(item, 'x00700015').toUpperCase() === 'Y';
  return [{ text: words, at, ...(isDrawn && { anchor }) }];
};

const graphicsOf = (item: DataSet, place: Place): StateAnnotation['graphics'] => {
  const units = text(item, 'x00700005').toUpperCase();
  const points = readPoints(item).map((point) => place(point, units));
  if (points.some((point) => point === undefined)) return [];
  const type = text(item, 'x00700023').toUpperCase();
  const filled = text(item, 'x00700024').toUpperCase() === 'Y';
  return shapesOf(type, points as readonly ImagePoint[]).map((shape) => ({ shape, filled }));
};

const float = (dataSet: DataSet, tag: string): number | undefined => {
  const value = dataSet.elements[tag]?.length === 4 ? dataSet.float(tag, 0) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
};

/** Compound Graphic Instance ID (0070,0226): of a compound graphic and of its parts. */
const instanceOf = (item: DataSet): number | undefined =>
  item.elements['x00700226']?.length === 4 ? item.uint32('x00700226', 0) : undefined;

type Left = PresentationState['left'][number];

interface Drawn {
  readonly graphics: StateAnnotation['graphics'];
  readonly left: readonly Left[];
}

/** One item of the Compound Graphic Sequence (0070,0209). */
const compoundOf = (item: DataSet, place: Place): Drawn => {
  const units = text(item, 'x00700282').toUpperCase();
  const points = readPoints(item).map((point) => place(point, units));
  const turnedAbout = floatPair(item, 'x00700273');
  const about = turnedAbout && place(turnedAbout, units);
  const rotation = float(item, 'x00700230');
  const { shapes, whole } = points.some((point) => point === undefined)
    ? { shapes: [], whole: false }
    : compoundShapes({
        type: text(item, 'x00700294').toUpperCase(),
        points: points as readonly ImagePoint[],
        ...(rotation !== undefined && { rotation }),
        ...(about && { about }),
      });
  const filled = text(item, 'x00700024').toUpperCase() === 'Y';
  const graphics = shapes.map((shape) => ({ shape, filled }));
  if (shapes.length === 0) return { graphics, left: ['graphics'] };
  return { graphics, left: whole ? [] : ['ornaments'] };
};

/**
 * The compound graphics of an annotation but for those that are there as simple ones too, for programs
 * that know no others (PS3.3 C.10.5.1.3.1): these are drawn by their parts.
 */
const compoundsOf = (annotation: DataSet, place: Place): Drawn => {
  const parts = new Set(items(annotation, 'x00700009').map(instanceOf));
  const drawn = items(annotation, 'x00700209')
    .filter((item) => {
      const id = instanceOf(item);
      return id === undefined || !parts.has(id);
    })
    .map((item) => compoundOf(item, place));
  return {
    graphics: drawn.flatMap(({ graphics }) => graphics),
    left: drawn.flatMap(({ left }) => left),
  };
};

/** Units PIXEL are stored pixels already; DISPLAY are fractions of what is shown. */
const placeIn =
  (area: StateArea | undefined, turn: PresentationState['turn']): Place =>
  (point, units) => {
    if (units === 'PIXEL' || units === 'MATRIX' || units === '') return point;
    return units === 'DISPLAY' && area ? fromDisplay(point, area, turn) : undefined;
  };

/** Graphic Annotation module (PS3.3 C.10.5). */
const annotationsOf = (
  dataSet: DataSet,
  areas: readonly StateArea[],
  turn: PresentationState['turn'],
  decode: TextDecoding,
): readonly { readonly annotation: StateAnnotation; readonly left: readonly Left[] }[] =>
  items(dataSet, 'x00700001').map((item) => {
    const scope = scopeOf(item);
    const [first] = scope.images ?? [];
    const area = areas.find(({ images }) => !images || !first || images.includes(first));
    const place = placeIn(area, turn);
    const simple = items(item, 'x00700009').flatMap((graphic) => graphicsOf(graphic, place));
    const { graphics, left } = compoundsOf(item, place);
    const annotation = {
      ...scope,
      layer: text(item, 'x00700002'),
      graphics: [...simple, ...graphics],
      texts: items(item, 'x00700008').flatMap((object) => textOf(object, place, decode)),
    };
    return { annotation, left };
  });

/** Modality LUT module (PS3.3 C.11.1) that changes values; the images keep their own. */
const hasOwnRescale = (dataSet: DataSet): boolean =>
  items(dataSet, 'x00283000').length > 0 ||
  (number(dataSet, 'x00281053') ?? 1) !== 1 ||
  (number(dataSet, 'x00281052') ?? 0) !== 0;

const shapeOfLut = (dataSet: DataSet): PresentationState['lutShape'] => {
  const shape = text(dataSet, 'x20500020').toUpperCase();
  return shape === 'IDENTITY' || shape === 'INVERSE' ? shape : undefined;
};

/** Reads a softcopy presentation state (PS3.3 A.33) from its data set. */
export const readPresentation = (dataSet: DataSet): PresentationState => {
  const decode = encodingOf(dataSet);
  const worded = (tag: string) => plainText(text(dataSet, tag, decode));
  const areas = areasOf(dataSet);
  const isFlipped = text(dataSet, 'x00700041').toUpperCase() === 'Y';
  const turn = turnOf(short(dataSet, 'x00700042') ?? 0, isFlipped);
  const shutters = strings(dataSet, 'x00181600').map((name) => name.toUpperCase());
  const images = items(dataSet, 'x00081115').flatMap(referenced);
  const annotations = annotationsOf(dataSet, areas, turn, decode);
  return {
    kind: 'presentation',
    label: worded('x00700080'),
    description: worded('x00700081'),
    creator: formatPersonName(worded('x00700084')),
    images: [...new Set(images)],
    voi: voiOf(dataSet, decode),
    lutShape: shapeOfLut(dataSet),
    turn,
    areas,
    shutters: shutters.flatMap((name) => shutterOf(dataSet, name)),
    annotations: annotations.map(({ annotation }) => annotation),
    left: [
      ...(hasOwnRescale(dataSet) ? (['rescale'] as const) : []),
      ...(items(dataSet, 'x20500010').length > 0 ? (['presentation LUT'] as const) : []),
      ...(shutters.includes('BITMAP') ? (['bitmap shutter'] as const) : []),
      ...(items(dataSet, 'x00286100').length > 0 ? (['mask'] as const) : []),
      ...new Set(annotations.flatMap(({ left }) => left)),
    ],
  };
};
