import type { Code } from '../dicom/codes.ts';
import { boxCentre } from '../geometry/box.ts';
import { findingKind } from './finding-kind.ts';
import type { Algorithm, FindingMark, ForeignFinding, RenderingIntent } from './finding.ts';
import { boundsOf, shapesOf } from './shape.ts';
import {
  below,
  firstNamed,
  imageOf,
  isNamed,
  named,
  resolved,
  type SrNode,
  textOf,
} from './sr-node.ts';

/** How far a program came with one kind of its work (CID 6042); 'unsaid' where the report does not say. */
export type CadStatus = 'succeeded' | 'partly' | 'failed' | 'not attempted' | 'unsaid';

/** What a report as a whole comes to. "None" is said only where all that was tried succeeded. */
export type CadOutcome =
  'findings' | 'none' | 'none, in part' | 'failed' | 'not attempted' | 'unsaid';

/** What the image library says of an image (TID 4020), as far as it tells whether marks carry over. */
export interface LibraryImage {
  readonly sopInstanceUid: string;
  /** PatientOrientation of row and column. */
  readonly orientation?: readonly [string, string];
  /** Millimetres between columns and between rows. */
  readonly spacing?: { readonly column: number; readonly row: number };
}

/** A Mammography CAD SR (PS3.16 TID 4000) of any maker. */
export interface CadReport {
  readonly kind: 'cad';
  readonly images: readonly LibraryImage[];
  readonly detections: CadStatus;
  readonly analyses: CadStatus;
  readonly outcome: CadOutcome;
  /** Each once, in the order in which they occur. */
  readonly algorithms: readonly Algorithm[];
  readonly findings: readonly ForeignFinding[];
}

/** PS3.16 annex D. */
const D = {
  imageLibrary: '111028',
  summary: '111017',
  detections: '111064',
  analyses: '111065',
  impression: '111034',
  composite: '111015',
  single: '111059',
  intent: '111056',
  algorithmName: '111001',
  algorithmVersion: '111003',
  certaintyOfFinding: '111012',
  certaintyOfFeature: '111011',
  probability: '111047',
  calcifications: '111038',
  centre: '111010',
  orientationRow: '111044',
  orientationColumn: '111043',
  horizontalSpacing: '111026',
  verticalSpacing: '111066',
} as const;

const STATUS: Readonly<Record<string, CadStatus>> = {
  '111222': 'succeeded',
  '111223': 'partly',
  '111224': 'failed',
  '111225': 'not attempted',
};
const INTENTS: Readonly<Record<string, RenderingIntent>> = {
  '111150': 'required',
  '111151': 'optional',
  '111152': 'not',
};
/** CID 6047: how the algorithms fared as a whole. */
const FARED: Readonly<Record<string, 'all' | 'some' | 'none'>> = {
  '111241': 'all',
  '111242': 'all',
  '111243': 'some',
  '111244': 'some',
  '111245': 'none',
};

const lookUp = <T>(table: Readonly<Record<string, T>>, code: Code | undefined): T | undefined =>
  code && Object.hasOwn(table, code.value) ? table[code.value] : undefined;

const statusOf = (root: SrNode, name: string): CadStatus =>
  lookUp(STATUS, firstNamed(root, name)?.code) ?? 'unsaid';

const percentOf = (node: SrNode, ...names: readonly string[]): number | undefined => {
  for (const name of names) {
    const found = firstNamed(node, name);
    if (found?.number === undefined) continue;
    // "1" is the unit of a share: a few writers give certainties so.
    return found.unit?.value === '1' && found.number <= 1 ? found.number * 100 : found.number;
  }
  return undefined;
};

/** What a node hands down to those below that do not say it themselves. */
interface Inherited {
  readonly intent: RenderingIntent;
  readonly algorithm: Algorithm;
}

const NOTHING: Inherited = { intent: 'unsaid', algorithm: { name: '', version: '' } };

/** A "not" above is not undone below. */
const intentOf = (node: SrNode, above: RenderingIntent): RenderingIntent => {
  const own = lookUp(INTENTS, firstNamed(node, D.intent)?.code);
  return above === 'not' ? 'not' : (own ?? above);
};

const algorithmOf = (node: SrNode, above: Algorithm): Algorithm => {
  const name = textOf(node, D.algorithmName);
  return name === '' ? above : { name, version: textOf(node, D.algorithmVersion) };
};

const inherited = (node: SrNode, above: Inherited): Inherited => ({
  intent: intentOf(node, above.intent),
  algorithm: algorithmOf(node, above.algorithm),
});

type MarkedOn = Pick<FindingMark, 'sopInstanceUid' | 'frames'>;

/** What some SCOORDs draw, image by image and frame by frame; `only`: the one image that there is. */
export const marksOf = (
  root: SrNode,
  coordinates: readonly SrNode[],
  only: string | undefined,
): readonly FindingMark[] => {
  const byImage = new Map<string, { readonly on: MarkedOn; readonly nodes: SrNode[] }>();
  for (const node of coordinates) {
    const named = imageOf(root, node);
    const sopInstanceUid = named?.sopInstanceUid ?? only;
    if (sopInstanceUid === undefined) continue;
    const frames = named?.frames;
    const key = `${sopInstanceUid} ${frames?.join(' ') ?? ''}`;
    const on = { sopInstanceUid, ...(frames && { frames }) };
    byImage.set(key, { on, nodes: [...(byImage.get(key)?.nodes ?? []), node] });
  }
  return [...byImage.values()].flatMap(({ on, nodes }) => {
    const drawn = nodes.map(({ concept, graphic }) => ({
      isCentre: concept?.value === D.centre,
      shapes: graphic ? shapesOf(graphic.type, graphic.points) : [],
    }));
    const stated = drawn.find(({ isCentre }) => isCentre)?.shapes[0]?.points[0];
    const shapes = drawn.flatMap((each) => (each.isCentre ? [] : each.shapes));
    const all = shapes.flatMap(({ points }) => points);
    const centre = stated ?? (all.length > 0 ? boxCentre(boundsOf(all)) : undefined);
    return centre ? [{ ...on, centre, shapes }] : [];
  });
};

const isCoordinate = ({ type }: SrNode): boolean => type === 'SCOORD';

/**
 * The coordinates of a finding: its own, or where it has none those beside it, up to the next finding,
 * as some writers nest them.
 */
const coordinatesOf = (finding: SrNode, siblings: readonly SrNode[]): readonly SrNode[] => {
  const own = finding.children.filter(isCoordinate);
  if (own.length > 0) return own;
  const after = siblings.slice(siblings.indexOf(finding) + 1);
  const end = after.findIndex((node) => isNamed(node, D.single) || isNamed(node, D.composite));
  return after.slice(0, end < 0 ? undefined : end).filter(isCoordinate);
};

interface Walk {
  readonly root: SrNode;
  readonly only: string | undefined;
  /** Findings that belong to a composite or a cluster: they are none beside it. */
  readonly linked: ReadonlySet<SrNode>;
}

type Unnumbered = Omit<ForeignFinding, 'id'>;

const UNNAMED: Code = { value: '', scheme: '', meaning: '' };

const isComposite = (node: SrNode): boolean => isNamed(node, D.composite);
const isFinding = (node: SrNode): boolean => isNamed(node, D.single) || isComposite(node);
const kindOf = ({ code }: SrNode) => findingKind(code ?? UNNAMED);

/** Whether the findings below are parts of this one. */
const hasParts = (node: SrNode): boolean => isComposite(node) || kindOf(node) === 'cluster';

/**
 * The single image findings that a composite links, or the calcifications of a cluster: in place or by
 * reference, through composites that link composites.
 */
const partsOf = (root: SrNode, node: SrNode, seen = new Set<SrNode>()): readonly SrNode[] => {
  seen.add(node);
  return node.children.flatMap((child) => {
    const part = resolved(root, child);
    if (!isFinding(part) || seen.has(part)) return [];
    seen.add(part);
    return isComposite(part) ? partsOf(root, part, seen) : [part];
  });
};

/** All findings that are parts of others, and composites inside composites. */
const linkedIn = (root: SrNode): ReadonlySet<SrNode> =>
  new Set(
    below(root, D.single, D.composite)
      .filter(hasParts)
      .flatMap((node) => {
        const inner = node.children.map((child) => resolved(root, child)).filter(isComposite);
        return [...partsOf(root, node), ...inner.filter((each) => each !== node)];
      }),
  );

/** A Single Image Finding (TID 4006), or a Composite Feature (TID 4004) with those that it links. */
const findingOf = (
  walk: Walk,
  node: SrNode,
  siblings: readonly SrNode[],
  above: Inherited,
): Unnumbered => {
  const from = inherited(node, above);
  const kind = kindOf(node);
  const parts = hasParts(node) ? partsOf(walk.root, node) : [];
  const of = isComposite(node)
    ? parts.map((part) => findingOf(walk, part, node.children, from))
    : [];
  const marks = isComposite(node)
    ? of.flatMap((each) => each.marks)
    : marksOf(walk.root, coordinatesOf(node, siblings), walk.only);
  const stated = firstNamed(node, D.calcifications)?.number;
  const counted = kind === 'cluster' && !isComposite(node) ? parts.length : 0;
  const calcifications = stated ?? (counted > 0 ? counted : undefined);
  const [first] = of;
  const certainty = percentOf(node, D.certaintyOfFinding, D.certaintyOfFeature) ?? first?.certainty;
  const probability = percentOf(node, D.probability) ?? first?.probability;
  // What is no lesion is drawn only where the report asks for it (TID 4006).
  const silent = first?.intent ?? (kind === 'landmark' ? 'not' : 'unsaid');
  return {
    kind,
    name: node.code ?? UNNAMED,
    intent: from.intent === 'unsaid' ? silent : from.intent,
    algorithm: from.algorithm.name === '' && first ? first.algorithm : from.algorithm,
    ...(certainty !== undefined && { certainty }),
    ...(probability !== undefined && { probability }),
    ...(calcifications !== undefined && { calcifications }),
    measures: [],
    marks,
  };
};

/** All findings below a node, however deep they are nested; by reference only where they are parts. */
const findingsBelow = (walk: Walk, node: SrNode, above: Inherited): readonly Unnumbered[] => {
  const from = inherited(node, above);
  return node.children.flatMap((child) => {
    const isOwn = isFinding(child) && !walk.linked.has(child);
    const own = isOwn ? [findingOf(walk, child, node.children, from)] : [];
    return [...own, ...findingsBelow(walk, child, from)];
  });
};

/** The units that TID 4020 allows for spacing, in mm. */
const IN_MM: Readonly<Record<string, number>> = { mm: 1, um: 0.001 };

/** A length in mm; 0 where it is absent, or counted in something else. */
const millimetresOf = (node: SrNode, name: string): number => {
  const { number = 0, unit } = firstNamed(node, name) ?? {};
  return number * (lookUp(IN_MM, unit) ?? 0);
};

const libraryImage = (node: SrNode): readonly LibraryImage[] => {
  if (!node.reference) return [];
  const [row, column] = [textOf(node, D.orientationRow), textOf(node, D.orientationColumn)];
  const spacing = {
    column: millimetresOf(node, D.horizontalSpacing),
    row: millimetresOf(node, D.verticalSpacing),
  };
  return [
    {
      sopInstanceUid: node.reference.sopInstanceUid,
      ...(row && column ? { orientation: [row, column] as const } : {}),
      ...(spacing.column > 0 && spacing.row > 0 ? { spacing } : {}),
    },
  ];
};

/** A report without findings says that there are none only where its algorithms looked and succeeded. */
const outcomeOf = (
  findings: readonly ForeignFinding[],
  overall: Code | undefined,
  detections: CadStatus,
): CadOutcome => {
  if (findings.some(({ kind }) => kind !== 'landmark')) return 'findings';
  if (detections === 'failed') return 'failed';
  if (detections === 'not attempted') return 'not attempted';
  const fared = lookUp(FARED, overall);
  if (fared === 'none') return 'failed';
  if (fared === 'some' || detections === 'partly') return 'none, in part';
  return fared === 'all' || detections === 'succeeded' ? 'none' : 'unsaid';
};

const algorithmsIn = (root: SrNode): readonly Algorithm[] => {
  const found = new Map<string, Algorithm>();
  const visit = (node: SrNode): void => {
    const own = algorithmOf(node, NOTHING.algorithm);
    if (own.name !== '') found.set(`${own.name} ${own.version}`, own);
    node.children.forEach(visit);
  };
  visit(root);
  return [...found.values()];
};

/** Reads the content tree of a Mammography CAD SR (PS3.16 TID 4000 and below). */
export const readCadReport = (root: SrNode): CadReport => {
  const images = named(root, D.imageLibrary).flatMap(({ children }) =>
    children.flatMap(libraryImage),
  );
  const only = images.length === 1 ? images[0]?.sopInstanceUid : undefined;
  const walk: Walk = { root, only, linked: linkedIn(root) };
  const findings = findingsBelow(walk, root, NOTHING).map((finding, i) => ({
    id: String(i + 1),
    ...finding,
  }));
  const detections = statusOf(root, D.detections);
  return {
    kind: 'cad',
    images,
    detections,
    analyses: statusOf(root, D.analyses),
    outcome: outcomeOf(findings, firstNamed(root, D.summary)?.code, detections),
    algorithms: algorithmsIn(root),
    findings,
  };
};
