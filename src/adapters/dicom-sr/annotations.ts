import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { asAssumed } from '../../core/report/prevalence.ts';
import type { ReportLesion, ReportMark } from '../../core/report/report-lesion.ts';
import { trackingUid } from '../../core/report/uid.ts';
import { percentNumber } from '../../core/units/percent.ts';
import { imageReference, type Point } from './content.ts';
import type { Attributes } from './data-set.ts';
import { boxPolygon, markPolygon } from './mark-shape.ts';

/** Layers of a presentation state, bottom first; CS. */
export const BOX_LAYER = 'BOXES';
export const OUTLINE_LAYER = 'OUTLINES';

/** A closed, unfilled polyline in stored pixels (PIXEL, PS3.3 C.10.5.1.2). */
const polyline = (points: readonly Point[], lesion: ReportLesion): Attributes => ({
  GraphicAnnotationUnits: 'PIXEL',
  GraphicDimensions: 2,
  NumberOfGraphicPoints: points.length,
  GraphicData: points.flat(),
  GraphicType: 'POLYLINE',
  GraphicFilled: 'N',
  TrackingID: `Lesion ${lesion.number}`,
  TrackingUID: trackingUid(lesion.id),
});

/** "Lesion 2: 34 %, research use only", as on screen. */
const label = ({ number, score }: ReportLesion): string => {
  const likelihood = score && asAssumed(score, score.likelihood.value);
  const value = likelihood === undefined ? '' : `: ${percentNumber(likelihood)} %`;
  return `Lesion ${number}${value}, research use only`;
};

/** The label hangs on the top left corner of the box. */
const textObject = (lesion: ReportLesion, { box }: ReportMark): Attributes => ({
  AnchorPointAnnotationUnits: 'PIXEL',
  UnformattedTextValue: label(lesion),
  AnchorPoint: [box.x, box.y],
  AnchorPointVisibility: 'N',
});

const annotationOf = (
  image: ReportImage,
  layer: string,
  graphic: Attributes,
  text?: Attributes,
): Attributes => ({
  ReferencedImageSequence: imageReference(image),
  GraphicLayer: layer,
  ...(text && { TextObjectSequence: text }),
  GraphicObjectSequence: graphic,
});

/** Box with its label, and the outline where there is one, of every mark on an image. */
export const annotations = ({ lesions }: CaseReport, image: ReportImage): Attributes[] =>
  lesions.flatMap((lesion) =>
    lesion.marks
      .filter((mark) => mark.sopInstanceUid === image.sopInstanceUid)
      .flatMap((mark) => [
        annotationOf(
          image,
          BOX_LAYER,
          polyline(boxPolygon(mark.box), lesion),
          textObject(lesion, mark),
        ),
        ...(mark.outline
          ? [annotationOf(image, OUTLINE_LAYER, polyline(markPolygon(mark), lesion))]
          : []),
      ]),
  );

/** Graphic Layer module (PS3.3 C.10.7): only layers that are used. */
export const layers = (used: readonly Attributes[]): Attributes[] =>
  [BOX_LAYER, OUTLINE_LAYER]
    .filter((layer) => used.some((annotation) => annotation.GraphicLayer === layer))
    .map((layer, i) => ({
      GraphicLayer: layer,
      GraphicLayerOrder: i + 1,
      GraphicLayerDescription: layer === BOX_LAYER ? 'Marks of the reader' : 'Lesion outlines',
    }));
