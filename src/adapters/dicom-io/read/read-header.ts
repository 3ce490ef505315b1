import type { DataSet } from 'dicom-parser';
import type { Code } from '../../../core/dicom/codes.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { plainDate } from '../../../core/dicom/iso-date.ts';
import { recogniseKind, type KindAttributes } from '../../../core/dicom/image-kind.ts';
import { formatPersonName } from '../../../core/dicom/person-name.ts';
import { hasUnseen, plainText } from '../../../core/dicom/plain-text.ts';
import {
  namesBreast,
  recogniseModifiers,
  recogniseSide,
  recogniseView,
  type ViewAttributes,
} from '../../../core/dicom/view-and-side.ts';
import { readMagnification } from './geometry.ts';
import { readTechnique } from './read-technique.ts';
import type { TransferSyntax } from './transfer-syntax.ts';
import { encodingOf, items, number, strings, text, type TextDecoding } from './values.ts';

const codes = (dataSet: DataSet, tag: string): Code[] =>
  items(dataSet, tag).map((item) => ({
    value: text(item, 'x00080100'),
    scheme: text(item, 'x00080102'),
    meaning: text(item, 'x00080104'),
  }));

const orientationOf = (dataSet: DataSet): readonly [string, string] | undefined => {
  const [row, column] = strings(dataSet, 'x00200020').map((s) => s.toUpperCase());
  const valid = /^[APLRHF]{1,3}$/;
  return row && column && valid.test(row) && valid.test(column) ? [row, column] : undefined;
};

/** ViewModifierCodeSequence belongs inside the view's item; some devices put it beside. */
const modifierCodes = (dataSet: DataSet): Code[] => [
  ...items(dataSet, 'x00540220').flatMap((item) => codes(item, 'x00540222')),
  ...codes(dataSet, 'x00540222'),
];

const viewAttributes = (dataSet: DataSet, encoding: TextDecoding): ViewAttributes => ({
  viewCodes: codes(dataSet, 'x00540220'),
  viewModifierCodes: modifierCodes(dataSet),
  viewPosition: text(dataSet, 'x00185101'),
  imageLaterality: text(dataSet, 'x00200062'),
  frameLaterality: text(dataSet, 'x00209072'),
  laterality: text(dataSet, 'x00200060'),
  patientOrientation: orientationOf(dataSet),
  seriesDescription: text(dataSet, 'x0008103e', encoding),
  protocolName: text(dataSet, 'x00181030', encoding),
  processingDescription: text(dataSet, 'x00181400', encoding),
  bodyPart: text(dataSet, 'x00180015', encoding),
  anatomy: codes(dataSet, 'x00082218'),
  organExposed: text(dataSet, 'x00400318'),
  positionerType: text(dataSet, 'x00181508'),
});

const kindAttributes = (dataSet: DataSet, view: ViewAttributes): KindAttributes => ({
  sopClassUid: text(dataSet, 'x00080016'),
  imageType: imageTypeOf(dataSet),
  seriesDescription: view.seriesDescription,
  protocols: [view.protocolName, view.processingDescription],
  contrastAgent:
    text(dataSet, 'x00180010') ||
    codes(dataSet, 'x00180012')
      .map((c) => c.meaning)
      .join(' '),
  kvp: number(dataSet, 'x00180060'),
  filterMaterial: text(dataSet, 'x00187050').toUpperCase(),
  frames: number(dataSet, 'x00280008') ?? 1,
});

const imageTypeOf = (dataSet: DataSet): string[] =>
  strings(dataSet, 'x00080008').map((s) => s.toUpperCase());

/** The images that this one was made of. */
const sourcesOf = (dataSet: DataSet): Pick<MammogramHeader, 'sources'> => {
  const sources = items(dataSet, 'x00082112')
    .map((item) => text(item, 'x00081155'))
    .filter((uid) => uid !== '');
  return sources.length > 0 ? { sources } : {};
};

const yesNo = (value: string): boolean | undefined => {
  if (value === 'YES') return true;
  return value === 'NO' ? false : undefined;
};

/** LossyImageCompression, where '01' also tells of an earlier compression; else the transfer syntax. */
const isLossy = (stated: string, syntax: TransferSyntax | undefined): boolean =>
  stated === '01' || syntax?.lossy === 'always' || (syntax?.lossy === 'maybe' && stated !== '00');

/** Whether a description or the body part speaks of the breast, where the class does not. */
export const speaksOfBreast = (dataSet: DataSet): boolean =>
  namesBreast(viewAttributes(dataSet, encodingOf(dataSet)));

/** Everything of a parsed data set that the program keeps besides pixels. */
export const readHeader = (
  dataSet: DataSet,
  syntax: TransferSyntax | undefined,
  transferSyntaxUid: string,
): MammogramHeader => {
  const encoding = encodingOf(dataSet);
  const plain = (tag: string) => text(dataSet, tag);
  const worded = (tag: string) => plainText(text(dataSet, tag, encoding));
  const view = viewAttributes(dataSet, encoding);
  const personName = worded('x00100010');
  return {
    sopInstanceUid: plain('x00080018'),
    sopClassUid: plain('x00080016'),
    studyInstanceUid: plain('x0020000d'),
    seriesInstanceUid: plain('x0020000e'),
    patientId: worded('x00100020'),
    issuerOfPatientId: worded('x00100021'),
    patientName: formatPersonName(personName),
    unseenCharacters: ['x00100010', 'x00100020'].some((tag) =>
      hasUnseen(text(dataSet, tag, encoding)),
    ),
    personName,
    patientBirthDate: plain('x00100030'),
    patientSex: plain('x00100040').toUpperCase(),
    studyDate: plainDate(plain('x00080020')),
    studyTime: plain('x00080030'),
    studyDescription: worded('x00081030'),
    seriesDescription: plainText(view.seriesDescription),
    accessionNumber: worded('x00080050'),
    studyId: worded('x00200010'),
    referringPhysicianName: worded('x00080090'),
    instanceNumber: number(dataSet, 'x00200013'),
    contentDate: plainDate(plain('x00080023')),
    contentTime: plain('x00080033'),
    modality: plain('x00080060').toUpperCase(),
    presentationIntentType: plain('x00080068').toUpperCase(),
    imageType: imageTypeOf(dataSet),
    manufacturer: worded('x00080070'),
    manufacturerModelName: worded('x00081090'),
    transferSyntaxUid,
    laterality: recogniseSide(view),
    view: recogniseView(view),
    viewModifiers: recogniseModifiers(view),
    kind: recogniseKind(kindAttributes(dataSet, view)),
    patientOrientation: view.patientOrientation,
    breastImplantPresent: yesNo(plain('x00281300').toUpperCase()),
    partialView: plain('x00281350').toUpperCase() === 'YES',
    magnification: readMagnification(dataSet),
    lossy: isLossy(plain('x00282110'), syntax),
    technique: readTechnique(dataSet, encoding),
    burnedInAnnotation: plain('x00280301').toUpperCase() === 'YES',
    numberOfFrames: number(dataSet, 'x00280008') ?? 1,
    ...sourcesOf(dataSet),
  };
};
