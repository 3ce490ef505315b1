import type { Code } from '../dicom/codes.ts';
import { marksOf } from './cad-report.ts';
import { findingKind } from './finding-kind.ts';
import type { SpaceRegion } from './in-space.ts';
import type { ForeignFinding, Measure } from './finding.ts';
import { measureOf } from './sr-lines.ts';
import { firstNamed, isNamed, referencesIn, type SrNode, textOf } from './sr-node.ts';

/** PS3.16 annex D; TID 1500 and 1410. */
const D = {
  group: '125007',
  finding: '121071',
  tracking: '112039',
} as const;

const scoordsBelow = (node: SrNode): readonly SrNode[] =>
  node.children.flatMap((child) => (child.type === 'SCOORD' ? [child] : scoordsBelow(child)));

const regionsBelow = (node: SrNode): readonly SpaceRegion[] =>
  node.children.flatMap((child) => (child.region ? [child.region] : regionsBelow(child)));

const measuresBelow = (node: SrNode): readonly Measure[] =>
  node.children.flatMap((child) => [
    ...(child.type === 'NUM' ? [measureOf(child)] : []),
    ...measuresBelow(child),
  ]);

const nameOf = (node: SrNode): Code => {
  const finding = firstNamed(node, D.finding)?.code;
  const tracked = textOf(node, D.tracking);
  if (finding) return finding;
  return tracked === ''
    ? (node.code ?? node.concept ?? { value: '', scheme: '', meaning: '' })
    : { value: '', scheme: '', meaning: tracked };
};

/** Whether a node stands for one thing that is drawn: a measurement group, or what bears coordinates. */
const isRegion = (node: SrNode): boolean =>
  isNamed(node, D.group) ||
  node.children.some(({ type }) => type === 'SCOORD' || type === 'SCOORD3D');

/**
 * What a structured report that is no CAD report draws on images: each measurement group (TID 1410,
 * TID 1501) with its regions and numbers, and elsewhere each item with coordinates below it.
 */
export const readRegions = (root: SrNode): readonly ForeignFinding[] => {
  const images = new Set(referencesIn(root).map(({ sopInstanceUid }) => sopInstanceUid));
  const only = images.size === 1 ? [...images][0] : undefined;
  const regions = (node: SrNode): readonly SrNode[] =>
    node.children.flatMap((child) => (isRegion(child) ? [child] : regions(child)));
  return regions(root).flatMap((node, i) => {
    const marks = marksOf(root, scoordsBelow(node), only);
    const inSpace = regionsBelow(node);
    if (marks.length === 0 && inSpace.length === 0) return [];
    const name = nameOf(node);
    const own = node.type === 'NUM' ? [measureOf(node)] : [];
    return [
      {
        id: String(i + 1),
        kind: findingKind(name),
        name,
        intent: 'unsaid' as const,
        algorithm: { name: '', version: '' },
        measures: [...own, ...measuresBelow(node)],
        marks,
        ...(inSpace.length > 0 && { regions: inSpace }),
      },
    ];
  });
};
