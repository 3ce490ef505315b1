import type { DemoImage } from './demo-case.ts';
import { writeCompressedFile } from './dicom-writer.ts';
import type { Dataset, Element, Value, Vr } from './dicom-writer.ts';
import { WHITE } from './detector.ts';
import { encodeJpegLs } from './jpeg-ls.ts';
import { createRandom } from './random.ts';

const MG_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.2';
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80';
const NOTICE = 'SYNTHETIC: computed digital phantom, not a patient. For demonstration only.';

/** Source to detector and source to patient in mm; their ratio is the magnification factor. */
const SOURCE_TO_DETECTOR = 660;
const SOURCE_TO_PATIENT = 625;

/** Window presets in stored values: normal, harder, softer. White is reached before WHITE. */
const WINDOW = {
  center: Math.round(0.45 * WHITE),
  widths: [0.9, 0.675, 1.14].map((share) => Math.round(share * WHITE)),
} as const;

const el = (tag: number, vr: Vr, value: Value): Element => ({ tag, vr, value });

const code = (value: string, scheme: string, meaning: string): Dataset => [
  el(0x00080100, 'SH', value),
  el(0x00080102, 'SH', scheme),
  el(0x00080104, 'LO', meaning),
];

/** A UID of the form 2.25.<128-bit integer> (PS3.5 annex B.2), the same for the same words. */
export const derivedUid = (...words: readonly (string | number)[]): string => {
  let hash = 2166136261;
  for (const ch of words.join('/')) hash = Math.imul(hash ^ ch.charCodeAt(0), 16777619);
  const random = createRandom(hash);
  let value = 0n;
  for (let i = 0; i < 4; i++) value = (value << 32n) | BigInt(Math.floor(random.next() * 2 ** 32));
  // Version 4, variant 10, as a UUID has them.
  value = (value & ~(0xfn << 76n)) | (4n << 76n);
  value = (value & ~(3n << 62n)) | (2n << 62n);
  return `2.25.${value}`;
};

/** Rows then columns, PS3.3 C.7.6.1.1.1; the chest wall is right on R images, left on L images. */
const orientation = ({ side, view }: DemoImage): string => {
  if (view === 'CC') return side === 'R' ? 'P\\L' : 'A\\R';
  return side === 'R' ? 'P\\FL' : 'A\\FR';
};

const VIEW_CODES = {
  CC: code('399162004', 'SCT', 'cranio-caudal'),
  MLO: code('399368009', 'SCT', 'medio-lateral oblique'),
} as const;

const subject = ({ patient, study }: DemoImage): Element[] => [
  el(0x00100010, 'PN', patient.name),
  el(0x00100020, 'LO', patient.id.toUpperCase()),
  el(0x00100030, 'DA', patient.birthDate),
  el(0x00100040, 'CS', 'F'),
  el(0x00101010, 'AS', study.age),
  el(0x00104000, 'LT', NOTICE),
];

/** Words that name one file; the UIDs come from them, so that they are the same on every run. */
const instanceOf = ({ patient, study, side, view }: DemoImage): string =>
  [patient.seed, patient.id, study.date, side, view].join('/');

const studyElements = (image: DemoImage): Element[] => {
  const { patient, study, side, view, number } = image;
  return [
    el(0x00080016, 'UI', MG_FOR_PRESENTATION),
    el(0x00080018, 'UI', derivedUid('instance', instanceOf(image))),
    el(0x00080020, 'DA', study.date),
    el(0x00080021, 'DA', study.date),
    el(0x00080022, 'DA', study.date),
    el(0x00080023, 'DA', study.date),
    el(0x00080030, 'TM', '120000'),
    el(0x00080031, 'TM', `12000${number}`),
    el(0x00080032, 'TM', `12000${number}`),
    el(0x00080033, 'TM', `12000${number}`),
    el(0x00080050, 'SH', ''),
    el(0x00080060, 'CS', 'MG'),
    el(0x00080068, 'CS', 'FOR PRESENTATION'),
    el(0x00080070, 'LO', 'Tandem CADx'),
    el(0x00080090, 'PN', ''),
    el(0x00081030, 'LO', 'SYNTHETIC demo mammogram'),
    el(0x0008103e, 'LO', `SYNTHETIC ${side} ${view}`),
    el(0x00081090, 'LO', 'Digital breast phantom'),
    el(0x00181000, 'LO', 'SYNTHETIC'),
    el(0x00181020, 'LO', '2'),
    el(0x0020000d, 'UI', derivedUid(patient.seed, patient.id, study.date, 'study')),
    el(0x0020000e, 'UI', derivedUid('series', instanceOf(image))),
    el(0x00200010, 'SH', `${patient.id}-${study.role}`.toUpperCase()),
    el(0x00200011, 'IS', String(number)),
    el(0x00200013, 'IS', '1'),
  ];
};

const acquisition = (image: DemoImage): Element[] => [
  el(0x00180015, 'CS', 'BREAST'),
  el(0x00180060, 'DS', '29'),
  el(0x00181110, 'DS', String(SOURCE_TO_DETECTOR)),
  el(0x00181111, 'DS', String(SOURCE_TO_PATIENT)),
  el(0x00181114, 'DS', String(SOURCE_TO_DETECTOR / SOURCE_TO_PATIENT)),
  el(0x00181147, 'CS', 'RECTANGLE'),
  el(
    0x00181149,
    'IS',
    `${Math.round(image.rows * image.pixel)}\\${Math.round(image.columns * image.pixel)}`,
  ),
  el(0x00181164, 'DS', `${image.pixel}\\${image.pixel}`),
  el(0x00181191, 'CS', 'TUNGSTEN'),
  el(0x001811a0, 'DS', String(image.thickness)),
  el(0x00181405, 'IS', '1'),
  el(0x00181508, 'CS', 'MAMMOGRAPHIC'),
  el(0x00181510, 'DS', image.view === 'CC' ? '0' : image.side === 'R' ? '-45' : '45'),
  el(0x00187004, 'CS', 'SCINTILLATOR'),
  el(0x00187050, 'CS', 'RHODIUM'),
];

const anatomy = (image: DemoImage): Element[] => [
  el(0x00082218, 'SQ', [code('76752008', 'SCT', 'Breast')]),
  el(0x00200020, 'CS', orientation(image)),
  el(0x00200062, 'CS', image.side),
  el(0x00281300, 'CS', 'NO'),
  el(0x00281350, 'CS', 'NO'),
  el(0x00400318, 'CS', 'BREAST'),
  el(0x00400555, 'SQ', []),
  el(0x00540220, 'SQ', [[...VIEW_CODES[image.view], el(0x00540222, 'SQ', [])]]),
];

const picture = (image: DemoImage): Element[] => [
  el(0x00080008, 'CS', 'DERIVED\\PRIMARY'),
  el(0x00082111, 'ST', NOTICE),
  el(0x00189004, 'CS', 'RESEARCH'),
  el(0x00204000, 'LT', NOTICE),
  el(0x00280002, 'US', [1]),
  el(0x00280004, 'CS', 'MONOCHROME2'),
  el(0x00280010, 'US', [image.rows]),
  el(0x00280011, 'US', [image.columns]),
  el(0x00280100, 'US', [16]),
  el(0x00280101, 'US', [12]),
  el(0x00280102, 'US', [11]),
  el(0x00280103, 'US', [0]),
  el(0x00280301, 'CS', 'NO'),
  el(0x00281040, 'CS', 'LOG'),
  el(0x00281041, 'SS', [1]),
  el(0x00281050, 'DS', WINDOW.widths.map(() => WINDOW.center).join('\\')),
  el(0x00281051, 'DS', WINDOW.widths.join('\\')),
  el(0x00281052, 'DS', '0'),
  el(0x00281053, 'DS', '1'),
  el(0x00281054, 'LO', 'US'),
  el(0x00281055, 'LO', 'NORMAL\\HARDER\\SOFTER'),
  el(0x00281056, 'CS', 'LINEAR'),
  el(0x00282110, 'CS', '00'),
  el(0x20500020, 'CS', 'IDENTITY'),
];

/** A complete DICOM file of one view, JPEG-LS lossless. */
export const writeMgFile = async (image: DemoImage): Promise<Uint8Array> => {
  const frame = await encodeJpegLs(image.pixels, image.columns, image.rows, 12);
  const meta: Dataset = [
    el(0x00020001, 'OB', Uint8Array.of(0, 1)),
    el(0x00020002, 'UI', MG_FOR_PRESENTATION),
    el(0x00020003, 'UI', derivedUid('instance', instanceOf(image))),
    el(0x00020010, 'UI', JPEG_LS_LOSSLESS),
    el(0x00020012, 'UI', derivedUid('implementation')),
    el(0x00020013, 'SH', 'TANDEM_DEMO_2'),
  ];
  const dataset: Dataset = [
    ...subject(image),
    ...studyElements(image),
    ...acquisition(image),
    ...anatomy(image),
    ...picture(image),
  ];
  return writeCompressedFile(meta, dataset, frame);
};
