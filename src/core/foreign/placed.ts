import { picturesFor, type OpenPicture } from './carry.ts';
import { findingsOf, type ForeignDocument, imagesOf } from './document.ts';
import type { FindingMark, ForeignFinding } from './finding.ts';
import { markInSpace } from './in-space.ts';

/** A finding with its marks where they belong on the open images, by SOP Instance UID of those. */
export interface PlacedFinding {
  readonly document: ForeignDocument;
  readonly finding: ForeignFinding;
  readonly marks: Readonly<Record<string, readonly FindingMark[]>>;
  /**
   * Marks that are drawn nowhere: their image is not open, or does not hold their place; or they are in
   * the patient, where no open image is known to lie.
   */
  readonly away: readonly ('not open' | 'outside' | 'in space')[];
}

const libraryOf = ({ content }: ForeignDocument) => (content.kind === 'cad' ? content.images : []);

const holds = ({ columns, rows }: OpenPicture, { centre }: FindingMark): boolean =>
  centre !== undefined && centre.x >= 0 && centre.y >= 0 && centre.x <= columns && centre.y <= rows;

const placeOne = (
  document: ForeignDocument,
  finding: ForeignFinding,
  open: readonly OpenPicture[],
): PlacedFinding => {
  const marks: Record<string, FindingMark[]> = {};
  const away: PlacedFinding['away'][number][] = [];
  for (const mark of finding.marks) {
    const sops = picturesFor(mark.sopInstanceUid, libraryOf(document), open);
    const pictures = open.filter(({ header }) => sops.includes(header.sopInstanceUid));
    if (pictures.length === 0) away.push('not open');
    for (const picture of pictures) {
      const sop = picture.header.sopInstanceUid;
      if (holds(picture, mark)) (marks[sop] ??= []).push(mark);
      else away.push('outside');
    }
  }
  for (const region of finding.regions ?? []) {
    let isPlaced = false;
    for (const picture of open) {
      const { sopInstanceUid, planes } = picture.header;
      const mark = markInSpace(region, sopInstanceUid, planes);
      if (!mark || !holds(picture, mark)) continue;
      (marks[sopInstanceUid] ??= []).push(mark);
      isPlaced = true;
    }
    if (!isPlaced) away.push('in space');
  }
  return { document, finding, marks, away };
};

/** All findings of documents with where they are to be drawn. */
export const placedFindings = (
  documents: readonly ForeignDocument[],
  open: readonly OpenPicture[],
): readonly PlacedFinding[] =>
  documents.flatMap((document) =>
    findingsOf(document).map((finding) => placeOne(document, finding, open)),
  );

/** Whether a document is about any of these images, itself or through what they were made of. */
export const isAbout = (
  document: ForeignDocument,
  open: readonly Pick<OpenPicture, 'header'>[],
): boolean => {
  const named = new Set(imagesOf(document));
  return open.some(
    ({ header }) =>
      named.has(header.sopInstanceUid) || header.sources?.some((sop) => named.has(sop)),
  );
};
