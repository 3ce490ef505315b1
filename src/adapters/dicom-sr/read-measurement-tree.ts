import type { ReportMark } from '../../core/report/report-lesion.ts';
import type { RestoredLesion } from '../../core/report/restored.ts';
import { uuidFromUid } from '../../core/report/uid.ts';
import { C } from './concepts.ts';
import { readText } from './data-set.ts';
import { groupBy } from '../../core/units/group-by.ts';
import { markOfPolygon } from './mark-shape.ts';
import type { TreeContent } from './read-cad-tree.ts';
import {
  below,
  childrenOf,
  firstNamed,
  imageUidOf,
  numberOf,
  pointsOf,
  selectedFrom,
  textOf,
  type Node,
} from './tree.ts';

interface Group {
  readonly tracking: string;
  readonly name: string;
  readonly mark: ReportMark;
  readonly likelihood: number | undefined;
  readonly viewLikelihood: number | undefined;
}

const fraction = (percent: number | undefined): number | undefined =>
  percent === undefined ? undefined : percent / 100;

/** One TID 1410 group; [] where it outlines nothing on an image. */
const groupOf = (root: Node, group: Node, place: number): Group[] => {
  const region = firstNamed(group, C.imageRegion);
  const uid = region ? selectedFrom(root, region) : '';
  const mark = region && uid ? markOfPolygon(uid, pointsOf(region)) : undefined;
  if (!mark) return [];
  const tracked = firstNamed(group, C.trackingUniqueIdentifier);
  const standard = numberOf(group, C.probabilityOfCancer) ?? numberOf(group, C.certaintyOfFinding);
  const former = numberOf(group, C.formerLesionLikelihood);
  return [
    {
      tracking: (tracked && readText(tracked, 'UID')) || `group ${place}`,
      name: textOf(group, C.trackingIdentifier),
      mark,
      likelihood: fraction(former ?? standard),
      viewLikelihood: fraction(former === undefined ? numberOf(group, C.viewLikelihood) : standard),
    },
  ];
};

/** "Lesion 3 (research use only)" as we write it; otherwise its place in the report. */
export const lesionNumber = (name: string, place: number): number =>
  Number(/^Lesion (\d+)(?: \(.*\))?$/.exec(name)?.[1] ?? place);

const lesionOf = (groups: readonly Group[], place: number): RestoredLesion => ({
  id: uuidFromUid(groups[0]?.tracking ?? ''),
  number: lesionNumber(groups[0]?.name ?? '', place),
  marks: groups.map((group) => group.mark),
  words: {},
  score: undefined,
  likelihood: groups[0]?.likelihood,
  viewLikelihoods: Object.fromEntries(
    groups.flatMap(({ mark, viewLikelihood }) =>
      viewLikelihood === undefined ? [] : [[mark.sopInstanceUid, viewLikelihood]],
    ),
  ),
});

/** What the standard part of a measurement report says (TID 1500). */
export const readMeasurementTree = (root: Node): TreeContent => {
  const groups = below(root, C.measurementGroup)
    // What the finder found and the reader did not make a lesion.
    .filter((group) => !firstNamed(group, C.readersAnswer))
    .flatMap((group, i) => groupOf(root, group, i));
  return {
    images: below(root, C.libraryGroup).flatMap(childrenOf).map(imageUidOf).filter(Boolean),
    lesions: groupBy(groups, (group) => group.tracking).map((of, i) => lesionOf(of, i + 1)),
  };
};
