import type { CaseReport } from './case-report.ts';

/** How one DICOM object is referred to (PS3.3 table C.17-3). */
export type DocumentReference = NonNullable<CaseReport['predecessors']>[number];

/** A stored report among others: what tells which of them counts. */
export interface ReportDocument extends DocumentReference {
  /** The program and installation that wrote it; '' where it does not say or is another maker's. */
  readonly writer: string;
  /** When its content was made, ms since 1970; 0 where unknown. */
  readonly writtenAt: number;
  /** SOP Instance UIDs of the documents whose content went into it. */
  readonly replaces: readonly string[];
}

/** Every document that `from` replaces, directly or through others that are here. */
const ancestorsOf = (
  from: ReportDocument,
  byUid: ReadonlyMap<string, ReportDocument>,
): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [...from.replaces];
  for (let uid = open.pop(); uid !== undefined; uid = open.pop()) {
    if (found.has(uid)) continue;
    found.add(uid);
    open.push(...(byUid.get(uid)?.replaces ?? []));
  }
  return found;
};

/** By what they replace. Documents that name each other say nothing. */
const replacedByChain = (
  documents: readonly ReportDocument[],
  byUid: ReadonlyMap<string, ReportDocument>,
): ReadonlySet<string> => {
  const ancestors = new Map(documents.map((d) => [d.sopInstanceUid, ancestorsOf(d, byUid)]));
  return new Set(
    documents.flatMap(({ sopInstanceUid }) =>
      [...(ancestors.get(sopInstanceUid) ?? [])].filter(
        (uid) => uid !== sopInstanceUid && !ancestors.get(uid)?.has(sopInstanceUid),
      ),
    ),
  );
};

/**
 * SOP Instance UIDs of the documents that newer ones supersede: by the chain of predecessors (PS3.3
 * C.17.2), then, among what one installation wrote on one study, by the time of their content. Objects
 * of one time are forms of one report. Reports of two installations that do not name each other both
 * count: neither has taken in what the other says.
 */
export const superseded = (documents: readonly ReportDocument[]): ReadonlySet<string> => {
  const byUid = new Map(documents.map((d) => [d.sopInstanceUid, d]));
  const old = new Set(replacedByChain(documents, byUid));
  const newest = new Map<string, number>();
  const groupOf = (d: ReportDocument) => `${d.studyInstanceUid} ${d.writer}`;
  const standing = documents.filter((d) => d.writer && !old.has(d.sopInstanceUid));
  for (const d of standing)
    newest.set(groupOf(d), Math.max(newest.get(groupOf(d)) ?? 0, d.writtenAt));
  for (const d of standing)
    if (d.writtenAt < (newest.get(groupOf(d)) ?? 0)) old.add(d.sopInstanceUid);
  return old;
};

/** With the fields of every object in one order: a report that was read has that of its schema. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** What a report says, without when and in whose place: two alike need not both be stored. */
export const contentKey = (report: CaseReport): string => {
  const { pack, images, lesions, secondLooks, keyImages, studies } = report;
  const readings = studies.map(({ studyInstanceUid, reading }) => [studyInstanceUid, reading]);
  return JSON.stringify([pack, images, lesions, secondLooks, keyImages, readings], inOrder);
};
