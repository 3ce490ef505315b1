import type { CadReport } from './cad-report.ts';
import type { ForeignFinding } from './finding.ts';
import type { PresentationState } from './presentation-state.ts';
import type { SrLine } from './sr-lines.ts';
import { referencesIn, type SrNode } from './sr-node.ts';

/** A Key Object Selection (PS3.16 TID 2010). */
export interface KeyObjects {
  readonly kind: 'key objects';
  /** Why they were chosen, as the file has it: "For Teaching". */
  readonly reason: string;
  /** KeyObjectDescription, free text. */
  readonly description: string;
  readonly images: readonly string[];
}

/** A structured report that is no CAD report: text, and what it draws. */
export interface TextReport {
  readonly kind: 'report';
  readonly images: readonly string[];
  readonly findings: readonly ForeignFinding[];
}

export const PDF = 'application/pdf';

/** An encapsulated document; its bytes are where the file is. */
export interface PaperDocument {
  readonly kind: 'document';
  readonly mimeType: string;
  readonly images: readonly string[];
}

/** What another program said of images, whatever form it has. */
export interface ForeignDocument {
  readonly path: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: string;
  readonly manufacturer: string;
  readonly model: string;
  /** What it is called, as the file has it: the concept of the root, or the document's title. */
  readonly title: string;
  readonly patientId: string;
  /** As a person name of DICOM. */
  readonly personName: string;
  /** YYYYMMDD and HHMMSS; '' where absent. */
  readonly date: string;
  readonly time: string;
  readonly content: CadReport | PresentationState | KeyObjects | TextReport | PaperDocument;
  /** The document as text; none where it has no content tree. */
  readonly lines: readonly SrLine[];
}

const KEY_DESCRIPTION = '113012';

const namedText = (root: SrNode, value: string): string =>
  root.children.find(({ concept }) => concept?.value === value)?.text ?? '';

export const readKeyObjects = (root: SrNode): KeyObjects => ({
  kind: 'key objects',
  reason: root.concept?.meaning ?? '',
  description: namedText(root, KEY_DESCRIPTION),
  images: referencesIn(root).map(({ sopInstanceUid }) => sopInstanceUid),
});

/** SOP Instance UIDs of the images that a document speaks of. */
export const imagesOf = ({ content }: ForeignDocument): readonly string[] =>
  content.kind === 'cad'
    ? [
        ...new Set([
          ...content.images.map(({ sopInstanceUid }) => sopInstanceUid),
          ...content.findings.flatMap(({ marks }) => marks.map((mark) => mark.sopInstanceUid)),
        ]),
      ]
    : content.images;

/** What a document marks on images. */
export const findingsOf = ({ content }: ForeignDocument): readonly ForeignFinding[] =>
  content.kind === 'cad' || content.kind === 'report' ? content.findings : [];

/** Whether a document can be opened by the browser: no other kind is safe to hand to it. */
export const isOpenable = ({ content }: ForeignDocument): boolean =>
  content.kind === 'document' && content.mimeType === PDF;
