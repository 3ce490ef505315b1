import type { DcmjsDict } from 'dcmjs';
import { describe, expect, it } from 'vitest';
import { message } from '../../core/message/message.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { modifierFromCode, viewFromCode } from '../../core/dicom/codes.ts';
import {
  correctedReport,
  SAMPLE_UIDS,
  sampleReport,
} from '../../core/report/testing/sample-report.ts';
import { uuidFromUid } from '../../core/report/uid.ts';
import { writeCadSr } from './cad-sr.ts';
import { MODIFIERS, VIEWS } from './codes.ts';
import { C } from './concepts.ts';
import { decimalString, readCode, readItems, readNumbers, readText } from './data-set.ts';
import { writeMeasurementReport } from './measurement-report.ts';
import { momentOf } from './moment.ts';
import { readPart10 } from './part10.ts';
import { writePresentationStates } from './presentation-state.ts';
import { readDicomReport } from './read-report.ts';
import { countingUuids, valueOf } from './testing/written.ts';
import { below, childrenOf, firstNamed, numberOf, textOf } from './tree.ts';

const parse = (bytes: Uint8Array): DcmjsDict => valueOf(readPart10(bytes)).dict;
const cadOf = (report = sampleReport()) =>
  parse(valueOf(writeCadSr(report, countingUuids())).bytes);

describe('writeCadSr', () => {
  it('has the five parts of TID 4000 in order', () => {
    const cad = cadOf();
    expect(readCode(cad, 'ConceptNameCodeSequence')).toBe('111036 DCM');
    expect(childrenOf(cad).map((child) => readCode(child, 'ConceptNameCodeSequence'))).toEqual([
      '121049 DCM',
      '111028 DCM',
      '111017 DCM',
      '111064 DCM',
      '111065 DCM',
    ]);
    const [template] = readItems(cad, 'ContentTemplateSequence');
    expect(template && readText(template, 'TemplateIdentifier')).toBe('4000');
  });

  it('says the fused likelihood at the assumed prevalence, and each view alone', () => {
    const [first] = below(cadOf(), C.compositeFeature);
    expect(first && numberOf(first, C.probabilityOfCancer)).toBeCloseTo(14.8769640124863, 12);
    const views = below(first ?? {}, C.singleImageFinding);
    expect(views.map((view) => numberOf(view, C.probabilityOfCancer))).toEqual([
      expect.closeTo(19.548532731377, 11),
      expect.closeTo(7.855254992917, 11),
    ]);
  });

  it('calls an uncalibrated number a certainty', () => {
    const report = sampleReport();
    const score = report.lesions[0]?.score;
    if (score) score.calibrated = false;
    const [first] = below(cadOf(report), C.compositeFeature);
    expect(first && numberOf(first, C.probabilityOfCancer)).toBeUndefined();
    expect(first && numberOf(first, C.certaintyOfFeature)).toBeCloseTo(14.877, 3);
    const [view] = below(first ?? {}, C.singleImageFinding);
    expect(view && numberOf(view, C.certaintyOfFinding)).toBeCloseTo(19.549, 3);
  });

  it('has no composite feature for a lesion of one view, whose finding says it all', () => {
    const report = sampleReport();
    const [lesion] = report.lesions;
    if (!lesion?.score) throw new Error('the sample has a score');
    lesion.marks = lesion.marks.slice(0, 1);
    lesion.score.views = lesion.score.views.slice(0, 1);
    lesion.score.viewLikelihoods = [lesion.score.likelihood.value];
    report.lesions = [lesion];
    const cad = cadOf(report);
    expect(below(cad, C.compositeFeature)).toEqual([]);
    const [finding] = below(cad, C.singleImageFinding);
    expect(finding && numberOf(finding, C.probabilityOfCancer)).toBeCloseTo(14.8769640124863, 12);
  });

  it('names algorithm, version, pack hash, prevalence and operating point', () => {
    const [impression] = below(cadOf(), C.individualImpression);
    expect(textOf(impression ?? {}, C.algorithmName)).toBe('Tandem M1');
    expect(textOf(impression ?? {}, C.algorithmVersion)).toBe('0.1.0');
    const parameters = below(impression ?? {}, C.algorithmParameters)
      .map((node) => readText(node, 'TextValue'))
      .join('\n');
    expect(parameters).toContain('ab'.repeat(32));
    expect(parameters).toContain('assumed prevalence of malignancy: 0.1');
    expect(parameters).toContain('specificity 0.9; likelihood threshold 0.6123');
    expect(parameters).toContain('research use only');
  });

  it('has what speaks against a score in its impression', () => {
    const [impression] = below(cadOf(), C.individualImpression);
    expect(textOf(impression ?? {}, C.impressionDescription)).toContain(
      'Limits of this score: The two arms disagree.',
    );
  });

  it('reports which analyses failed, and that nothing was detected by the program', () => {
    const cad = cadOf();
    const codeOf = (name: (typeof C)['findingsSummary']) => {
      const node = firstNamed(cad, name);
      return node && readCode(node, 'ConceptCodeSequence');
    };
    expect(codeOf(C.findingsSummary)).toBe('111244 DCM');
    expect(codeOf(C.summaryOfDetections)).toBe('111225 DCM');
    expect(codeOf(C.summaryOfAnalyses)).toBe('111223 DCM');
    const [failed] = below(cad, C.failedAnalyses);
    const references = below(failed ?? {}, C.analysisPerformed)
      .flatMap(childrenOf)
      .map((child) => readNumbers(child, 'ReferencedContentItemIdentifier'))
      .filter((path) => path.length > 0);
    expect(references).toEqual([[1, 2, 1]]);
  });

  it('takes patient and study from the images and lists all of them as evidence', () => {
    const cad = cadOf();
    expect(readText(cad, 'PatientName')).toBe('SYNTHETIC^DÉMO');
    expect(readText(cad, 'AccessionNumber')).toBe('ACC-7');
    expect(readText(cad, 'ContentDate')).toBe('20260131');
    expect(readText(cad, 'TimezoneOffsetFromUTC')).toBe('+0100');
    const [evidence] = readItems(cad, 'CurrentRequestedProcedureEvidenceSequence');
    const uids = readItems(evidence ?? {}, 'ReferencedSeriesSequence')
      .flatMap((series) => readItems(series, 'ReferencedSOPSequence'))
      .map((reference) => readText(reference, 'ReferencedSOPInstanceUID'));
    expect(uids).toEqual(Object.values(SAMPLE_UIDS));
  });

  it('is the same for the same input, and new with every export', () => {
    const [a, b] = [1, 2].map(() => valueOf(writeCadSr(sampleReport(), countingUuids())));
    expect(a).toEqual(b);
    const ports = countingUuids();
    const [c, d] = [1, 2].map(() => valueOf(writeCadSr(sampleReport(), ports)));
    expect(c?.sopInstanceUid).not.toBe(d?.sopInstanceUid);
    expect(c?.sopInstanceUid).toMatch(/^2\.25\.\d+$/);
  });
});

describe('every writer', () => {
  it('refuses a report without a lesion', () => {
    const report = { ...sampleReport(), lesions: [] };
    for (const write of [writeCadSr, writeMeasurementReport, writePresentationStates])
      expect(write(report, countingUuids())).toMatchObject({
        ok: false,
        error: { code: 'export.nothing' },
      });
  });

  it('names the patient as the images of its own study do', () => {
    const report = sampleReport();
    const [study] = report.studies;
    if (!study) throw new Error('the sample has a study');
    report.patient.issuer = 'HOSP-A';
    const maiden = { ...report.patient, name: 'MAIDEN^JANE', issuer: 'HOSP-B' };
    report.studies.push({ ...study, studyInstanceUid: '1.9', date: '20200101', patient: maiden });
    report.images = report.images.map((image) =>
      image.laterality === 'R' ? { ...image, studyInstanceUid: '1.9' } : image,
    );
    const namedIn = (bytes: Uint8Array) => {
      const dict = parse(bytes);
      return [readText(dict, 'PatientName'), readText(dict, 'IssuerOfPatientID')];
    };
    const states = valueOf(writePresentationStates(report, countingUuids()));
    expect(states.map(({ bytes }) => namedIn(bytes))).toEqual([
      ['MAIDEN^JANE', 'HOSP-B'],
      ['SYNTHETIC^DÉMO', 'HOSP-A'],
    ]);
    const { bytes } = valueOf(writeCadSr(report, countingUuids()));
    expect(namedIn(bytes)).toEqual(['SYNTHETIC^DÉMO', 'HOSP-A']);
    expect(new TextDecoder().decode(bytes)).not.toContain('MAIDEN');
    expect(valueOf(readDicomReport(bytes)).report?.patient).toEqual(report.patient);
  });

  it('writes identifiers as they are in the images, a backslash between several values too', () => {
    const report = sampleReport();
    Object.assign(report.patient, { id: 'A\\B', issuer: 'C\\' });
    Object.assign(report.studies[0] ?? {}, { accessionNumber: 'ACC\\7' });
    const { bytes } = valueOf(writeCadSr(report, countingUuids()));
    const cad = parse(bytes);
    expect(cad['00100020']?.Value).toEqual(['A', 'B']);
    expect(valueOf(readDicomReport(bytes)).report).toEqual(report);
  });

  it('says in its own words that a UID of the images is too long for any object', () => {
    const [{ sopInstanceUid = '' } = {}] = sampleReport().images;
    const long = `1.2.${'3'.repeat(70)}`;
    const text = JSON.stringify(sampleReport()).replaceAll(`"${sopInstanceUid}"`, `"${long}"`);
    expect(writeCadSr(JSON.parse(text) as CaseReport, countingUuids())).toEqual({
      ok: false,
      error: message('export.long-uid', { uid: `${long.slice(0, 63)}…`, length: 74 }),
    });
  });

  it('says in a presentation state without which tables of the files it is', () => {
    const report = sampleReport();
    for (const image of report.images)
      image.display = {
        photometric: 'MONOCHROME2',
        tables: image.laterality === 'R' ? ['VOI'] : ['Modality', 'VOI'],
      };
    const said = valueOf(writePresentationStates(report, countingUuids())).map(({ bytes }) =>
      readText(parse(bytes), 'ContentDescription'),
    );
    expect(said).toEqual([
      'Lesions marked, without VOI LUT, research use only',
      'Lesions marked, without Modality and VOI LUT, research use only',
    ]);
    expect(said.every(({ length }) => length <= 64)).toBe(true);
  });

  it('tells one installation from another by the UID of the observer too', () => {
    const uidIn = (installation?: string) => {
      const report = sampleReport();
      report.program = { name: 'Tandem CADx', version: '1', ...(installation && { installation }) };
      const root = parse(valueOf(writeMeasurementReport(report, countingUuids())).bytes);
      return readText(firstNamed(root, C.deviceObserverUid) ?? {}, 'UID');
    };
    const [one, another] = ['2b1f0c1e-7c1d-4a55-8f0e-0a4b6f1d2c3e', 'batch'];
    expect(uuidFromUid(uidIn(one))).toBe(one);
    expect(uidIn(another)).toMatch(/^2\.25\.\d+$/);
    expect(new Set([uidIn(), uidIn(one), uidIn(another)]).size).toBe(3);
    expect(uidIn()).toBe(uidIn());
  });

  it('says of a lesion whose side the reader set that it is so', () => {
    const words = 'Side of RCC set by the reader; the file says LCC.';
    for (const write of [writeCadSr, writeMeasurementReport]) {
      const textsOf = (report: CaseReport) =>
        [C.impression, C.impressionDescription].flatMap((concept) =>
          below(parse(valueOf(write(report, countingUuids())).bytes), concept).map((node) =>
            readText(node, 'TextValue'),
          ),
        );
      const said = textsOf(correctedReport());
      expect(said.filter((text) => text.includes(words))).toEqual([
        expect.stringMatching(/^Lesion 3,/) as string,
      ]);
      expect(textsOf(sampleReport()).join(' ')).not.toContain('set by the reader');
    }
  });

  it('puts priors into other evidence and their marks into a state of their own study', () => {
    const report = sampleReport();
    const [study] = report.studies;
    if (study) report.studies.push({ ...study, studyInstanceUid: '1.2.3', date: '20240101' });
    report.images = report.images.map((image) =>
      image.laterality === 'R' ? { ...image, studyInstanceUid: '1.2.3' } : image,
    );
    const measurements = valueOf(writeMeasurementReport(report, countingUuids()));
    expect(measurements.studyInstanceUid).toBe(study?.studyInstanceUid);
    const [prior] = readItems(parse(measurements.bytes), 'PertinentOtherEvidenceSequence');
    expect(prior && readText(prior, 'StudyInstanceUID')).toBe('1.2.3');
    const states = valueOf(writePresentationStates(report, countingUuids()));
    expect(states.map((state) => state.studyInstanceUid)).toEqual([
      '1.2.3',
      study?.studyInstanceUid,
    ]);
  });
});

describe('a report in the place of earlier ones', () => {
  const earlier = (sopClassUid: string, n: number) => ({
    sopClassUid,
    sopInstanceUid: `1.9.${n}`,
    seriesInstanceUid: '1.8',
    studyInstanceUid: sampleReport().studies[0]?.studyInstanceUid ?? '',
  });
  const replacing = () => ({
    ...sampleReport(),
    program: { name: 'Tandem CADx', version: '0.1.0', installation: 'an-id' },
    predecessors: [
      earlier('1.2.840.10008.5.1.4.1.1.88.50', 1),
      earlier('1.2.840.10008.5.1.4.1.1.11.1', 2),
    ],
  });

  it('names the documents among them as predecessors, and all of them where it is read', () => {
    for (const write of [writeCadSr, writeMeasurementReport]) {
      const { bytes } = valueOf(write(replacing(), countingUuids()));
      const [study] = readItems(parse(bytes), 'PredecessorDocumentsSequence');
      const uids = readItems(study ?? {}, 'ReferencedSeriesSequence')
        .flatMap((series) => readItems(series, 'ReferencedSOPSequence'))
        .map((reference) => readText(reference, 'ReferencedSOPInstanceUID'));
      expect(uids).toEqual(['1.9.1']);
      expect(readText(parse(bytes), 'DeviceSerialNumber')).toBe('an-id');
      expect(valueOf(readDicomReport(bytes)).document).toMatchObject({
        replaces: ['1.9.1', '1.9.2'],
        writer: 'Tandem CADx an-id',
        writtenAt: Date.parse(sampleReport().createdAt),
      });
    }
    const [state] = valueOf(writePresentationStates(replacing(), countingUuids()));
    expect(valueOf(readDicomReport(state?.bytes ?? new Uint8Array())).document?.replaces).toEqual([
      '1.9.1',
      '1.9.2',
    ]);
  });

  it('may be without a lesion, and does not look like one that found nothing', () => {
    const empty = { ...replacing(), lesions: [] };
    const { bytes, studyInstanceUid } = valueOf(writeCadSr(empty, countingUuids()));
    expect(studyInstanceUid).toBe(sampleReport().studies[0]?.studyInstanceUid);
    const summary = firstNamed(parse(bytes), C.findingsSummary);
    expect(summary && readCode(summary, 'ConceptCodeSequence')).toBe('111245 DCM');
    expect(valueOf(readDicomReport(bytes))).toMatchObject({ exact: true, lesions: [] });
  });
});

describe('writePresentationStates', () => {
  it('makes one state a side, with area, window and polarity of its images', () => {
    const report = sampleReport();
    report.images = report.images.map((image) => ({
      ...image,
      display: { ...image.display, photometric: 'MONOCHROME1' },
    }));
    const states = valueOf(writePresentationStates(report, countingUuids())).map((state) =>
      parse(state.bytes),
    );
    expect(states.map((state) => readText(state, 'Laterality'))).toEqual(['R', 'L']);
    const [, left = {}] = states;
    expect(readText(left, 'PresentationLUTShape')).toBe('INVERSE');
    const [area = {}] = readItems(left, 'DisplayedAreaSelectionSequence');
    expect(readNumbers(area, 'DisplayedAreaBottomRightHandCorner')).toEqual([2560, 3328]);
    expect(readNumbers(area, 'PresentationPixelSpacing')).toEqual([0.07, 0.07]);
    const windows = readItems(left, 'SoftcopyVOILUTSequence');
    expect(windows.map((item) => readNumbers(item, 'WindowWidth'))).toEqual([[4096], [4096]]);
  });
});

describe('readNumbers', () => {
  it.each([
    ['0.07\\0.07 ', [0.07, 0.07]],
    ['0,07\\.07e0', [0.07, 0.07]],
    ['0x07\\0.07 ', [0.07]],
    ['1_00\\1e308', []],
    ['0.07mm\\7  ', [7]],
  ])('of the decimal strings %j are %j', (text, numbers) => {
    const [state] = valueOf(writePresentationStates(sampleReport(), countingUuids()));
    const bytes = Buffer.from(state?.bytes ?? []);
    const at = bytes.indexOf('0.07\\0.07');
    expect(at).toBeGreaterThan(0);
    bytes.write(text, at, 'latin1');
    const [area = {}] = readItems(parse(bytes), 'DisplayedAreaSelectionSequence');
    expect(readNumbers(area, 'PresentationPixelSpacing')).toEqual(numbers);
  });
});

describe('codes', () => {
  it('are those that the reader of images knows', () => {
    for (const [view, code] of Object.entries(VIEWS)) expect(viewFromCode(code)).toBe(view);
    for (const [name, code] of Object.entries(MODIFIERS)) expect(modifierFromCode(code)).toBe(name);
  });
});

describe('decimalString', () => {
  it('keeps as many digits as 16 characters hold', () => {
    expect(decimalString(0.07)).toBe('0.07');
    expect(decimalString(-2 / 3)).toBe('-0.6666666666667');
    for (const value of [Math.PI * 1e-12, -Math.PI * 1e-300, Math.E * 1e200, 1 / 3, 123456.789012])
      expect(decimalString(value).length).toBeLessThanOrEqual(16);
    expect(Number(decimalString(Math.PI * 1e-12))).toBeCloseTo(Math.PI * 1e-12, 18);
  });
});

describe('momentOf', () => {
  it('splits an instant into the forms of DICOM', () => {
    expect(momentOf('2026-01-31T12:00:00.123Z')).toEqual({
      date: '20260131',
      time: '120000.123',
      offset: '+0000',
    });
    expect(momentOf('2026-01-31T12:00:00-05:30').offset).toBe('-0530');
  });
});
