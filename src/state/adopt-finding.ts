import { patientKeyIn } from '../core/dicom/grouping.ts';
import type { FindingMark } from '../core/foreign/finding.ts';
import type { PlacedFinding } from '../core/foreign/placed.ts';
import { boundsOf } from '../core/foreign/shape.ts';
import { type Box, clipBox, isBoxInside } from '../core/geometry/box.ts';
import type { ImagePoint } from '../core/geometry/point.ts';
import { joinViews, originOf } from '../core/lesion/joining.ts';
import { refusalOfMarks } from '../core/lesion/markable.ts';
import { message, type Message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { FoundMark, LesionsStore } from './lesions-store.ts';
import type { Placement } from './place-mark.ts';

interface Sources {
  readonly lesions: LesionsStore;
  /** The images that are open at the moment. */
  images(): readonly OpenImage[];
  /** Proposes the box of the lesion at a point, where one can be outlined. */
  outlineAt(sopInstanceUid: string, point: ImagePoint): Promise<Box | undefined>;
}

/** Side of the box about a bare centre that cannot be outlined, as a share of the image's width. */
const SHARE = 0.06;

const squareAbout = ({ x, y }: ImagePoint, side: number): Box => ({
  x: x - side / 2,
  y: y - side / 2,
  width: side,
  height: side,
});

/** The box of a finding on one image: around what is drawn, else what can be outlined at its centre. */
const boxOf = async (
  marks: readonly FindingMark[],
  { header, columns, rows }: OpenImage,
  { outlineAt }: Sources,
): Promise<Box | undefined> => {
  const points = marks.flatMap(({ shapes }) => shapes.flatMap((shape) => shape.points));
  const drawn = points.length > 2 ? clipBox(boundsOf(points), columns, rows) : undefined;
  if (drawn && isBoxInside(drawn, columns, rows)) return drawn;
  const centre = marks.find((mark) => mark.centre)?.centre;
  if (!centre) return undefined;
  const found = await outlineAt(header.sopInstanceUid, centre);
  const box = found ?? clipBox(squareAbout(centre, columns * SHARE), columns, rows);
  return isBoxInside(box, columns, rows) ? box : undefined;
};

/** The images of a finding that one lesion may be marked on: all, or the first of several breasts or exams. */
const joinable = (images: readonly OpenImage[], all: readonly OpenImage[]) => {
  const origins = images.map(({ header }) => originOf(header, all));
  return images.length < 2 || joinViews(origins).ok ? images : images.slice(0, 1);
};

/** Why a finding makes no lesion, by the images that it is on. */
const whyNone = ([image]: readonly OpenImage[]): Message => {
  if (!image) return message('mark.image-closed');
  return refusalOfMarks(image.header) ?? message('mark.unfit');
};

/**
 * Makes the reader's lesion of a finding of another program, in one step that can be undone, on those of
 * its images that take marks; says why where there is none.
 */
export const adoptFinding = async (
  { marks }: PlacedFinding,
  sources: Sources,
): Promise<Exclude<Placement, { kind: 'new lesion' }>> => {
  const named = () => sources.images().filter(({ header }) => marks[header.sopInstanceUid]);
  const markable = () => {
    const shown = named().filter(({ header }) => !refusalOfMarks(header));
    return joinable(shown, sources.images());
  };
  const boxes = new Map<string, FoundMark>();
  for (const image of markable()) {
    const { columns, rows, digest } = image;
    const { sopInstanceUid } = image.header;
    const box = await boxOf(marks[sopInstanceUid] ?? [], image, sources);
    if (box) boxes.set(sopInstanceUid, { sopInstanceUid, box, pixels: { columns, rows, digest } });
  }
  // An outline takes its time: what was closed or set to another side meanwhile is marked no more.
  const found = markable().flatMap(({ header, digest }) => {
    const mark = boxes.get(header.sopInstanceUid);
    return mark?.pixels.digest === digest ? [mark] : [];
  });
  const patientKey = found[0] && patientKeyIn(sources.images(), found[0].sopInstanceUid);
  if (patientKey === undefined) return { kind: 'refused', text: whyNone(named()) };
  const { id } = sources.lesions.getState().createFound(patientKey, found);
  return { kind: 'placed', lesionId: id };
};
