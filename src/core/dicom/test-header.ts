import type { MammogramHeader, MammographyView, Side } from './mammogram-header.ts';
import type { Technique } from './technique.ts';

type Changes = Omit<Partial<MammogramHeader>, 'laterality' | 'view'> & {
  readonly side?: Side | undefined;
  readonly view?: MammographyView | undefined;
};

const noTechnique: Technique = {
  patientAge: '',
  acquisitionDate: '',
  acquisitionTime: '',
  institutionName: '',
  institutionAddress: '',
  stationName: '',
  deviceSerialNumber: '',
  gantryId: '',
  detectorId: '',
  softwareVersions: [],
  operators: [],
  kilovolts: undefined,
  mAs: undefined,
  exposureMs: undefined,
  anode: '',
  filters: [],
  focalSpotsMm: [],
  grid: [],
  relativeExposure: undefined,
  thicknessMm: undefined,
  forceNewton: undefined,
  angleDegrees: undefined,
  entranceDoseMGy: undefined,
  organDoseMGy: undefined,
  partialViewParts: [],
  lossyRatios: [],
};

const plain: MammogramHeader = {
  sopInstanceUid: '1.1',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.1.2',
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.3',
  patientId: 'P1',
  issuerOfPatientId: '',
  patientName: 'Doe, Jane',
  unseenCharacters: false,
  personName: 'Doe^Jane',
  patientBirthDate: '19600101',
  patientSex: 'F',
  studyDate: '20240102',
  studyTime: '101112',
  studyDescription: '',
  seriesDescription: '',
  accessionNumber: '',
  studyId: '',
  referringPhysicianName: '',
  instanceNumber: 1,
  contentDate: '20240102',
  contentTime: '101200',
  modality: 'MG',
  presentationIntentType: 'FOR PRESENTATION',
  imageType: ['ORIGINAL', 'PRIMARY'],
  manufacturer: '',
  manufacturerModelName: '',
  kind: 'mammogram',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  laterality: { value: 'L', source: 'ImageLaterality' },
  view: { value: 'CC', source: 'ViewCodeSequence' },
  viewModifiers: [],
  patientOrientation: ['A', 'R'],
  breastImplantPresent: undefined,
  partialView: false,
  magnification: {},
  lossy: false,
  technique: noTechnique,
  burnedInAnnotation: false,
  numberOfFrames: 1,
};

/** A header for tests: a plain left CC with changes; `side` and `view` as bare values. */
export const testHeader = (changes: Changes = {}): MammogramHeader => {
  const { side, view, ...rest } = changes;
  return {
    ...plain,
    ...rest,
    laterality: 'side' in changes ? { value: side, source: 'ImageLaterality' } : plain.laterality,
    view: 'view' in changes ? { value: view, source: 'ViewCodeSequence' } : plain.view,
  };
};
