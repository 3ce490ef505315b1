import type { DcmjsDict } from 'dcmjs';
import type { Code } from '../../core/dicom/codes.ts';
import type { Point } from './content.ts';
import { readCode, readItems, readNumbers, readText } from './data-set.ts';
import { toPoints } from './mark-shape.ts';

/** A node of an SR tree as read: an item of a ContentSequence, or the data set as its root. */
export type Node = DcmjsDict;

export const childrenOf = (node: Node): Node[] => readItems(node, 'ContentSequence');

const names = (node: Node, concept: Code): boolean =>
  readCode(node, 'ConceptNameCodeSequence') === `${concept.value} ${concept.scheme}`;

/** The children with that concept name. */
export const named = (node: Node, concept: Code): Node[] =>
  childrenOf(node).filter((child) => names(child, concept));

export const firstNamed = (node: Node, concept: Code): Node | undefined => named(node, concept)[0];

/** Every node below with that concept name that is not below another such. */
export const below = (node: Node, concept: Code): Node[] =>
  childrenOf(node).flatMap((child) => (names(child, concept) ? [child] : below(child, concept)));

/** The node at a path from the root, which is 1 (PS3.3 C.17.3.2.5). */
export const atPath = (root: Node, path: readonly number[]): Node | undefined =>
  path
    .slice(1)
    .reduce<Node | undefined>((node, position) => node && childrenOf(node)[position - 1], root);

/** The text of a named child, '' where there is none. */
export const textOf = (node: Node, concept: Code): string => {
  const child = firstNamed(node, concept);
  return child ? readText(child, 'TextValue') : '';
};

/** The number of a named NUM child: the double where it is given, else the decimal string. */
export const numberOf = (node: Node, concept: Code): number | undefined => {
  const child = firstNamed(node, concept);
  const [measured] = child ? readItems(child, 'MeasuredValueSequence') : [];
  if (!measured) return undefined;
  return readNumbers(measured, 'FloatingPointValue')[0] ?? readNumbers(measured, 'NumericValue')[0];
};

/** The vertices of a SCOORD. */
export const pointsOf = (node: Node): Point[] => toPoints(readNumbers(node, 'GraphicData'));

/** SOP Instance UID of an IMAGE node. */
export const imageUidOf = (node: Node): string => {
  const [reference] = readItems(node, 'ReferencedSOPSequence');
  return reference ? readText(reference, 'ReferencedSOPInstanceUID') : '';
};

/** The image that a SCOORD is selected from, given in place or by reference; '' where unknown. */
export const selectedFrom = (root: Node, scoord: Node): string => {
  for (const child of childrenOf(scoord)) {
    const path = readNumbers(child, 'ReferencedContentItemIdentifier');
    const target = path.length > 0 ? atPath(root, path) : child;
    const uid = target && imageUidOf(target);
    if (uid) return uid;
  }
  return '';
};
