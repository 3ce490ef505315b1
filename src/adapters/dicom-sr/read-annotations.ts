import type { DcmjsDict } from 'dcmjs';
import type { ReportMark } from '../../core/report/report-lesion.ts';
import type { RestoredLesion } from '../../core/report/restored.ts';
import { uuidFromUid } from '../../core/report/uid.ts';
import { OUTLINE_LAYER } from './annotations.ts';
import { readItems, readNumbers, readText } from './data-set.ts';
import { groupBy } from '../../core/units/group-by.ts';
import { markOfPolygon, toPoints } from './mark-shape.ts';
import type { TreeContent } from './read-cad-tree.ts';
import { lesionNumber } from './read-measurement-tree.ts';

interface Graphic {
  readonly tracking: string;
  readonly name: string;
  readonly outline: boolean;
  readonly mark: ReportMark;
}

const referencedUids = (item: DcmjsDict): string[] =>
  readItems(item, 'ReferencedImageSequence').map((r) => readText(r, 'ReferencedSOPInstanceUID'));

/** The polylines of one annotation, each on each image that it refers to. */
const graphicsOf = (annotation: DcmjsDict): Graphic[] =>
  readItems(annotation, 'GraphicObjectSequence').flatMap((object) =>
    referencedUids(annotation).flatMap((uid) => {
      const mark = markOfPolygon(uid, toPoints(readNumbers(object, 'GraphicData')));
      const tracking = readText(object, 'TrackingUID');
      if (!mark || !tracking || readText(object, 'GraphicAnnotationUnits') !== 'PIXEL') return [];
      const outline = readText(annotation, 'GraphicLayer') === OUTLINE_LAYER;
      return [{ tracking, name: readText(object, 'TrackingID'), outline, mark }];
    }),
  );

/** Box and outline of one lesion on one image are two graphics. */
const marksOf = (graphics: readonly Graphic[]): ReportMark[] =>
  groupBy(graphics, (graphic) => graphic.mark.sopInstanceUid).flatMap((onImage) => {
    const box = onImage.find((graphic) => !graphic.outline)?.mark;
    const outline = onImage.find((graphic) => graphic.outline)?.mark.outline;
    return box ? [{ ...box, ...(outline && { outline }) }] : [];
  });

const lesionOf = (graphics: readonly Graphic[], place: number): RestoredLesion => ({
  id: uuidFromUid(graphics[0]?.tracking ?? ''),
  number: lesionNumber(graphics[0]?.name ?? '', place),
  marks: marksOf(graphics),
  words: {},
  score: undefined,
  likelihood: undefined,
  viewLikelihoods: {},
});

/** What the graphics of a presentation state of ours say; it carries no scores but in its labels. */
export const readAnnotations = (dict: DcmjsDict): TreeContent => {
  const graphics = readItems(dict, 'GraphicAnnotationSequence').flatMap(graphicsOf);
  return {
    images: readItems(dict, 'ReferencedSeriesSequence').flatMap(referencedUids),
    lesions: groupBy(graphics, (graphic) => graphic.tracking)
      .map((of, i) => lesionOf(of, i + 1))
      .filter((lesion) => lesion.marks.length > 0),
  };
};
