import type { Code } from '../dicom/codes.ts';
import type { ForeignDocument } from './document.ts';
import type { SrNode } from './sr-node.ts';

/** Small content trees for tests. */
const code = (value: string, meaning: string, scheme = 'DCM'): Code => ({ value, scheme, meaning });
const named = (value: string): Pick<SrNode, 'concept'> => ({
  concept: code(value, `name ${value}`),
});

export const container = (concept: string, ...children: readonly SrNode[]): SrNode => ({
  type: 'CONTAINER',
  ...named(concept),
  children,
});
export const coded = (concept: string, value: Code, ...children: readonly SrNode[]): SrNode => ({
  type: 'CODE',
  ...named(concept),
  code: value,
  children,
});
export const text = (concept: string, value: string): SrNode => ({
  type: 'TEXT',
  ...named(concept),
  text: value,
  children: [],
});
export const num = (
  concept: string,
  value: number,
  unit: Code = code('%', 'Percent', 'UCUM'),
  ...children: readonly SrNode[]
): SrNode => ({
  type: 'NUM',
  ...named(concept),
  number: value,
  text: String(value),
  unit,
  children,
});
export const image = (sopInstanceUid: string, ...children: readonly SrNode[]): SrNode => ({
  type: 'IMAGE',
  reference: { sopClassUid: '1.2.840.10008.5.1.4.1.1.1.2', sopInstanceUid },
  children,
});
/** A relation by reference to the node at that path. */
export const link = (...target: readonly number[]): SrNode => ({ type: '', target, children: [] });
export const scoord = (
  concept: string,
  type: string,
  flat: readonly number[],
  from: SrNode | undefined,
): SrNode => ({
  type: 'SCOORD',
  ...named(concept),
  graphic: {
    type,
    points: Array.from({ length: flat.length / 2 }, (_, i) => ({
      x: flat[2 * i] as number,
      y: flat[2 * i + 1] as number,
    })),
  },
  children: from ? [from] : [],
});

export const INTENT = {
  required: code('111150', 'Presentation Required'),
  optional: code('111151', 'Presentation Optional'),
  not: code('111152', 'Not for Presentation'),
};
export const intent = (of: keyof typeof INTENT): SrNode => coded('111056', INTENT[of]);
export const by = (name: string, version: string): readonly SrNode[] => [
  text('111001', name),
  text('111003', version),
];
export const MASS = code('129788004', 'Mammographic breast mass', 'SCT');
export const DENSITY = code('F-01796', 'Mammography breast density', 'SRT');
export const CLUSTER = code('F-01775', 'Calcification Cluster', 'SNM3');
export const CALCIFICATION = code('129770007', 'Individual Calcification', 'SCT');

/** A Mammography CAD report about the images `sops`, at the paths 1.1.1, 1.1.2 ... */
export const cadTree = (sops: readonly string[], ...below: readonly SrNode[]): SrNode => ({
  type: 'CONTAINER',
  concept: code('111036', 'Mammography CAD Report'),
  children: [container('111028', ...sops.map((sop) => image(sop))), ...below],
});

export const testDocument = (changes: Partial<ForeignDocument> = {}): ForeignDocument => ({
  path: 'report.dcm',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.50',
  sopInstanceUid: '9.1',
  studyInstanceUid: '9.2',
  modality: 'SR',
  manufacturer: 'OtherCAD Inc',
  model: '',
  title: 'Mammography CAD Report',
  patientId: '',
  personName: '',
  date: '20260101',
  time: '120000',
  content: { kind: 'report', images: [], findings: [] },
  lines: [],
  ...changes,
});
