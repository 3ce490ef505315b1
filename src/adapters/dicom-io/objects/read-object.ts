import type { DataSet } from 'dicom-parser';
import { readCadReport } from '../../../core/foreign/cad-report.ts';
import { type ForeignDocument, PDF, readKeyObjects } from '../../../core/foreign/document.ts';
import { srLines } from '../../../core/foreign/sr-lines.ts';
import { referencesIn, type SrNode } from '../../../core/foreign/sr-node.ts';
import { readRegions } from '../../../core/foreign/sr-regions.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { parseDataSet } from '../read/data-set.ts';
import { readFileMeta } from '../read/file-meta.ts';
import { encodingOf, items, text } from '../read/values.ts';
import { readCode } from './read-code.ts';
import { readContent } from './read-content.ts';
import { readPresentation } from './read-presentation.ts';

/** Families of classes that are read here: structured reports, presentation states, documents. */
const ROOT = '1.2.840.10008.5.1.4.1.1';
const REPORTS = `${ROOT}.88.`;
const STATES = `${ROOT}.11.`;
const DOCUMENTS = `${ROOT}.104.`;
const CAD_REPORT = `${ROOT}.88.50`;
const KEY_OBJECTS = `${ROOT}.88.59`;

/** Classes that are known to be met; others of the families are read alike. */
export const DOCUMENT_CLASSES: readonly string[] = [
  CAD_REPORT,
  KEY_OBJECTS,
  ...['11', '22', '33', '34', '67'].map((number) => REPORTS + number),
  ...['1', '2'].map((number) => STATES + number),
  `${DOCUMENTS}1`,
];

/** Bytes of a report or state that are parsed on the page's own thread; documents may be longer. */
const LARGEST = 2 ** 22;

export interface ReadObject {
  readonly document: ForeignDocument;
  /** Whether the program that is named `own` wrote it. */
  readonly isOwn: boolean;
  /** The bytes of an encapsulated document: a view of the file's. */
  readonly paper?: Uint8Array;
}

/** SOP class of a file by its first bytes; '' where they do not say. */
export const sopClassOf = (start: Uint8Array): string => {
  const meta = readFileMeta(start);
  if (!meta.ok) return '';
  if (meta.value.mediaStorageSopClassUid !== '') return meta.value.mediaStorageSopClassUid;
  const parsed = parseDataSet(start, meta.value, LARGEST, 'x00080018');
  return parsed.ok ? text(parsed.value.dataSet, 'x00080016') : '';
};

/** Whether a SOP class is one of what is no picture and is read here. */
export const isDocumentClass = (sopClassUid: string): boolean =>
  [REPORTS, STATES, DOCUMENTS].some((family) => sopClassUid.startsWith(family));

/** "%PDF-" may stand behind a few bytes that mailers and scanners put before it. */
const LATEST_PDF_SIGN = 1024;

const isPdf = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, LATEST_PDF_SIGN)).includes('%PDF-');

/** The document inside, without the byte that pads it. */
const readPaper = (dataSet: DataSet): Uint8Array | undefined => {
  const element = dataSet.elements['x00420011'];
  if (!element || element.length === 0) return undefined;
  const stated = dataSet.elements['x00420015'] ? dataSet.uint32('x00420015') : undefined;
  const length = Math.min(stated ?? element.length, element.length);
  return (dataSet.byteArray as Uint8Array).subarray(
    element.dataOffset,
    element.dataOffset + length,
  );
};

const sourcesOf = (dataSet: DataSet): readonly string[] =>
  ['x00420013', 'x00082112']
    .flatMap((tag) => items(dataSet, tag))
    .map((item) => text(item, 'x00081155'))
    .filter((uid) => uid !== '');

const CREATORS = Array.from({ length: 0xf0 }, (_, i) => (i + 0x10).toString(16));
const ALGORITHM_PARAMETERS = '111002';

const hasText = (node: SrNode, begins: string): boolean =>
  (node.concept?.value === ALGORITHM_PARAMETERS && (node.text ?? '').startsWith(begins)) ||
  node.children.some((child) => hasText(child, begins));

/** By the maker, by the private block, or by what the algorithm says of itself. */
const isOwnObject = (dataSet: DataSet, root: SrNode, own: string): boolean =>
  text(dataSet, 'x00080070').toUpperCase() === own.toUpperCase() ||
  CREATORS.some((block) => text(dataSet, `x007900${block}`) === own.toUpperCase()) ||
  hasText(root, `${own} `);

const contentOf = (
  dataSet: DataSet,
  sopClassUid: string,
  root: SrNode,
): ForeignDocument['content'] => {
  if (sopClassUid.startsWith(STATES)) return readPresentation(dataSet);
  if (sopClassUid.startsWith(DOCUMENTS))
    return {
      kind: 'document',
      mimeType: text(dataSet, 'x00420012').toLowerCase(),
      images: sourcesOf(dataSet),
    };
  if (sopClassUid === CAD_REPORT) return readCadReport(root);
  if (sopClassUid === KEY_OBJECTS) return readKeyObjects(root);
  const images = referencesIn(root).map(({ sopInstanceUid }) => sopInstanceUid);
  return { kind: 'report', images, findings: readRegions(root) };
};

const titleOf = (dataSet: DataSet, root: SrNode): string => {
  const decode = encodingOf(dataSet);
  const worded = (tag: string) => plainText(text(dataSet, tag, decode));
  return (
    worded('x00420010') ||
    (readCode(dataSet, 'x0040a043', decode)?.meaning ?? '') ||
    root.concept?.meaning ||
    worded('x0008103e')
  );
};

const NO_CONTENT: SrNode = { type: '', children: [] };

const readDocument = (
  dataSet: DataSet,
  path: string,
  stated: string,
): { readonly document: ForeignDocument; readonly root: SrNode } => {
  const decode = encodingOf(dataSet);
  const worded = (tag: string) => plainText(text(dataSet, tag, decode));
  const sopClassUid = text(dataSet, 'x00080016') || stated;
  const root = sopClassUid.startsWith(REPORTS) ? readContent(dataSet) : NO_CONTENT;
  const document: ForeignDocument = {
    path,
    sopClassUid,
    sopInstanceUid: text(dataSet, 'x00080018'),
    studyInstanceUid: text(dataSet, 'x0020000d'),
    modality: text(dataSet, 'x00080060').toUpperCase(),
    manufacturer: worded('x00080070'),
    model: worded('x00081090'),
    title: titleOf(dataSet, root),
    patientId: worded('x00100020'),
    personName: worded('x00100010'),
    date: text(dataSet, 'x00080023') || text(dataSet, 'x00700082') || text(dataSet, 'x00080020'),
    time: text(dataSet, 'x00080033') || text(dataSet, 'x00700083'),
    content: contentOf(dataSet, sopClassUid, root),
    lines: srLines(root),
  };
  return { document, root };
};

const problemOf = ({ document }: { document: ForeignDocument }, paper: Uint8Array | undefined) => {
  if (document.sopInstanceUid === '') return message('file.missing-identifier');
  const { content } = document;
  if (content.kind !== 'document') return undefined;
  if (!paper) return message('foreign.no-document');
  return content.mimeType === PDF && !isPdf(paper) ? message('foreign.no-pdf') : undefined;
};

/**
 * Reads a DICOM object that is no picture, of any maker: structured report, presentation state, key
 * object selection or encapsulated document. `own` is how this program names itself. Never throws.
 */
export const readObject = (
  bytes: Uint8Array,
  path: string,
  own: string,
): Result<ReadObject, Message> => {
  const meta = readFileMeta(bytes);
  if (!meta.ok) return meta;
  const isDocument = meta.value.mediaStorageSopClassUid.startsWith(DOCUMENTS);
  if (bytes.length > LARGEST && !isDocument) return err(message('part10.too-large'));
  const parsed = parseDataSet(bytes, meta.value, isDocument ? undefined : LARGEST);
  if (!parsed.ok) return parsed;
  const { dataSet } = parsed.value;
  try {
    const read = readDocument(dataSet, path, meta.value.mediaStorageSopClassUid);
    const paper = read.document.content.kind === 'document' ? readPaper(dataSet) : undefined;
    const problem = problemOf(read, paper);
    if (problem) return err(problem);
    const isOwn = isOwnObject(dataSet, read.root, own);
    return ok({ document: read.document, isOwn, ...(paper && { paper }) });
  } catch (error) {
    if (error instanceof RangeError) return err(message('part10.too-deep'));
    throw error;
  }
};
