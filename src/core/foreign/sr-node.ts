import type { Code } from '../dicom/codes.ts';
import type { SpaceRegion } from './in-space.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** An object that a content item names. */
export interface SrReference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** ReferencedFrameNumber (0008,1160), counted from 1; absent: all frames. */
  readonly frames?: readonly number[];
}

/**
 * A node of the content tree of a structured report (PS3.3 C.17.3), whatever program wrote it. What a
 * node does not carry is absent.
 */
export interface SrNode {
  /** ValueType (0040,A040), upper case; '' in a node that only refers to another. */
  readonly type: string;
  /** ConceptNameCodeSequence. */
  readonly concept?: Code;
  /** The value of a CODE. */
  readonly code?: Code;
  /** The value of TEXT, PNAME, DATE, TIME, DATETIME and UIDREF, as in the file. */
  readonly text?: string;
  /** The value of a NUM; `text` has its digits as in the file. */
  readonly number?: number;
  readonly unit?: Code;
  /** Why a NUM has no value (NumericValueQualifierCodeSequence). */
  readonly qualifier?: Code;
  /** What IMAGE, COMPOSITE and WAVEFORM name. */
  readonly reference?: SrReference;
  /** GraphicType (0070,0023) and GraphicData of a SCOORD, in stored pixels, (0, 0) the outer corner. */
  readonly graphic?: { readonly type: string; readonly points: readonly ImagePoint[] };
  /** The region of an SCOORD3D. */
  readonly region?: SpaceRegion;
  /** ReferencedContentItemIdentifier (0040,DB73): the path of another node from the root, which is 1. */
  readonly target?: readonly number[];
  readonly children: readonly SrNode[];
}

/** Whether the node has that concept name of DICOM's own terms; a scheme that was left out is forgiven. */
export const isNamed = ({ concept }: SrNode, value: string): boolean =>
  concept?.value === value && (concept.scheme === 'DCM' || concept.scheme === '');

export const named = (node: SrNode, value: string): readonly SrNode[] =>
  node.children.filter((child) => isNamed(child, value));

export const firstNamed = (node: SrNode, value: string): SrNode | undefined =>
  node.children.find((child) => isNamed(child, value));

/** Every node below with one of these concept names, the nearer ones first. */
export const below = (node: SrNode, ...values: readonly string[]): readonly SrNode[] =>
  node.children.flatMap((child) => [
    ...(values.some((value) => isNamed(child, value)) ? [child] : []),
    ...below(child, ...values),
  ]);

/** The node at a path from the root, which is 1 (PS3.3 C.17.3.2.5). */
export const atPath = (root: SrNode, path: readonly number[]): SrNode | undefined =>
  path.slice(1).reduce<SrNode | undefined>((node, position) => node?.children[position - 1], root);

/** The node itself, or the one that it refers to. */
export const resolved = (root: SrNode, node: SrNode): SrNode =>
  (node.target && atPath(root, node.target)) ?? node;

export const textOf = (node: SrNode, value: string): string => firstNamed(node, value)?.text ?? '';

/** The image that a SCOORD was drawn on, given in place or by reference; undefined where it does not say. */
export const imageOf = (root: SrNode, node: SrNode): SrReference | undefined => {
  for (const child of node.children) {
    const { reference } = resolved(root, child);
    if (reference) return reference;
  }
  return undefined;
};

/** SOP Instance UIDs of all images and objects that the tree names, each once, in its order. */
export const referencesIn = (root: SrNode): readonly SrReference[] => {
  const found = new Map<string, SrReference>();
  const visit = (node: SrNode): void => {
    if (node.reference) found.set(node.reference.sopInstanceUid, node.reference);
    node.children.forEach(visit);
  };
  visit(root);
  return [...found.values()];
};
