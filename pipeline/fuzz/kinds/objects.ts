import { readObject } from '../../../src/adapters/dicom-io/objects/read-object.ts';
import { dicomFile, type Item } from '../../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import {
  writeCadSr,
  writeMeasurementReport,
  writePresentationStates,
} from '../../../src/adapters/dicom-sr/index.ts';
import { countingUuids, valueOf } from '../../../src/adapters/dicom-sr/testing/written.ts';
import type { ForeignDocument } from '../../../src/core/foreign/document.ts';
import { placedFindings } from '../../../src/core/foreign/placed.ts';
import { stateFor } from '../../../src/core/foreign/presentation-state.ts';
import { testHeader } from '../../../src/core/dicom/test-header.ts';
import { sampleReport } from '../../../src/core/report/testing/sample-report.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { createDice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Kind } from '../kind.ts';
import { mutateRepeatedly } from '../mutate-bytes.ts';
import { mutateDicom } from '../mutate-dicom.ts';

const ROOT = '1.2.840.10008.5.1.4.1.1';
const code = (value: string): readonly Item[] => [
  { '00080100': ['SH', value], '00080102': ['SH', 'DCM'], '00080104': ['LO', value] },
];
const node = (type: string, concept: string, more: Item): Item => ({
  '0040a010': ['CS', 'CONTAINS'],
  '0040a040': ['CS', type],
  '0040a043': ['SQ', code(concept)],
  ...more,
});
const head = (sopClass: string): Item => ({
  '00080005': ['CS', '\\ISO 2022 IR 87'],
  '00080016': ['UI', `${ROOT}.${sopClass}`],
  '00080018': ['UI', '1.2.3'],
  '0020000d': ['UI', '1.2.4'],
});
const point = node('SCOORD', '111010', {
  '00700022': ['FL', [10, 20]],
  '00700023': ['CS', 'POINT'],
  '0040a730': ['SQ', [{ '0040db73': ['UL', [1, 1, 1]] }]],
});
/** A finding that refers to another and to itself. */
const finding = node('CODE', '111059', {
  '0040a168': ['SQ', code('F-01775')],
  '0040a730': ['SQ', [point, { '0040db73': ['UL', [1, 2]] }]],
});
const library = node('CONTAINER', '111028', {
  '0040a730': ['SQ', [node('IMAGE', '1', { '00081199': ['SQ', [{ '00081155': ['UI', '1.1'] }]] })]],
});
const report = (sopClass: string): Uint8Array =>
  dicomFile({
    ...head(sopClass),
    '0040a040': ['CS', 'CONTAINER'],
    '0040a730': [
      'SQ',
      [library, finding, node('CODE', '111015', { '0040a730': ['SQ', [finding]] })],
    ],
  });

const written = [
  valueOf(writeCadSr(sampleReport(), countingUuids())),
  valueOf(writeMeasurementReport(sampleReport(), countingUuids())),
  ...valueOf(writePresentationStates(sampleReport(), countingUuids())),
].map(({ bytes }) => bytes);
const seeds = [
  ...written,
  ...['88.50', '88.33', '88.59', '88.67'].map(report),
  dicomFile({
    ...head('104.1'),
    '00420011': ['OB', new TextEncoder().encode('%PDF-1.4 letter')],
    '00420012': ['LO', 'application/pdf'],
  }),
];

const isFinite = ({ x, y }: { readonly x: number; readonly y: number }) => Number.isFinite(x + y);

/** What the page does with it: places marks, and draws a state. */
const use = (document: ForeignDocument): void => {
  const open = [{ header: testHeader({ sopInstanceUid: '1.1' }), columns: 100, rows: 100 }];
  for (const { marks } of placedFindings([document], open))
    for (const { centre, shapes } of Object.values(marks).flat())
      if ((centre && !isFinite(centre)) || !shapes.every(({ points }) => points.every(isFinite)))
        throw new Error('a mark without a place');
  if (document.content.kind === 'presentation') stateFor(document.content, '1.1');
};

/** Reports, states, key objects and letters of other programs. */
export const objects: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    return oneFile('hostile.dcm', mutateRepeatedly(dice.pick(seeds), dice, mutateDicom));
  },
  run: async (input) => {
    const read = readObject(onlyFile(input)[1], 'hostile.dcm', 'Another Program');
    if (!read.ok) return refused(sayIn('en', read.error));
    use(read.value.document);
    return accepted;
  },
};
