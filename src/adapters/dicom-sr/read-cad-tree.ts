import type { ReportMark } from '../../core/report/report-lesion.ts';
import type { RestoredLesion } from '../../core/report/restored.ts';
import { C, V } from './concepts.ts';
import { readCode } from './data-set.ts';
import { markOfPolygon } from './mark-shape.ts';
import {
  below,
  childrenOf,
  firstNamed,
  imageUidOf,
  named,
  numberOf,
  pointsOf,
  selectedFrom,
  textOf,
  type Node,
} from './tree.ts';

export interface TreeContent {
  readonly images: readonly string[];
  readonly lesions: readonly RestoredLesion[];
}

const likelihoodOf = (node: Node): number | undefined => {
  const percent =
    numberOf(node, C.probabilityOfCancer) ??
    numberOf(node, C.certaintyOfFeature) ??
    numberOf(node, C.certaintyOfFinding);
  return percent === undefined ? undefined : percent / 100;
};

interface View {
  readonly mark: ReportMark;
  readonly likelihood: number | undefined;
}

/** One TID 4006 finding; [] where it has no outline on an image. */
const viewOf = (root: Node, finding: Node): View[] => {
  const outline = firstNamed(finding, C.outline);
  const uid = outline ? selectedFrom(root, outline) : '';
  const mark = outline && uid ? markOfPolygon(uid, pointsOf(outline)) : undefined;
  return mark ? [{ mark, likelihood: likelihoodOf(finding) }] : [];
};

/** "Lesion 3, ..." as we write it; otherwise its place in the report. */
const numberIn = (impression: Node, place: number): number =>
  Number(/^Lesion (\d+)\b/.exec(textOf(impression, C.impressionDescription))?.[1] ?? place);

const lesionOf = (root: Node, impression: Node, place: number): RestoredLesion[] => {
  const [feature] = below(impression, C.compositeFeature);
  const views = below(impression, C.singleImageFinding).flatMap((f) => viewOf(root, f));
  if (views.length === 0) return [];
  return [
    {
      id: undefined,
      number: numberIn(impression, place),
      marks: views.map((view) => view.mark),
      words: {},
      score: undefined,
      // A lesion of one view has no composite feature: its finding says it all.
      likelihood: feature ? likelihoodOf(feature) : views[0]?.likelihood,
      viewLikelihoods: Object.fromEntries(
        views.flatMap(({ mark, likelihood }) =>
          likelihood === undefined ? [] : [[mark.sopInstanceUid, likelihood]],
        ),
      ),
    },
  ];
};

/** Optional or not for presentation is what the finder found and the reader did not make a lesion. */
const isOfReader = (impression: Node): boolean => {
  const intent = firstNamed(impression, C.renderingIntent);
  const { scheme, value } = V.presentationRequired;
  return !intent || readCode(intent, 'ConceptCodeSequence') === `${value} ${scheme}`;
};

/** What the standard part of a Mammography CAD SR says (TID 4000): coordinates are 32-bit floats. */
export const readCadTree = (root: Node): TreeContent => ({
  images: named(root, C.imageLibrary).flatMap(childrenOf).map(imageUidOf).filter(Boolean),
  lesions: below(root, C.individualImpression)
    .filter(isOfReader)
    .flatMap((impression, i) => lesionOf(root, impression, i + 1)),
});
