import { describe, expect, it } from 'vitest';
import type { CaseReport } from '../../core/report/case-report.ts';
import {
  SAMPLE_UIDS,
  sampleReport,
  secondLookReport,
} from '../../core/report/testing/sample-report.ts';
import { CAD_SR, writeCadSr } from './cad-sr.ts';
import { KEY_OBJECT_SELECTION } from './evidence.ts';
import { writeKeyObjects } from './key-objects.ts';
import { MEASUREMENT_REPORT, writeMeasurementReport } from './measurement-report.ts';
import { PRESENTATION_STATE, writePresentationStates } from './presentation-state.ts';
import type { DicomObject } from './sr-document.ts';
import {
  dciodvfy,
  dcmpschk,
  dsr2html,
  hasDciodvfy,
  hasDcmtk,
  hasPixelmed,
  hasPydicom,
  nodesNamed,
  pydicom,
  srTemplateProblems,
  unless,
} from './testing/tools.ts';
import { countingUuids, valueOf } from './testing/written.ts';

const objectsOf = (report: CaseReport): DicomObject[] => {
  const ports = countingUuids();
  return [
    valueOf(writeCadSr(report, ports)),
    valueOf(writeMeasurementReport(report, ports)),
    ...valueOf(writePresentationStates(report, ports)),
    ...valueOf(writeKeyObjects(report, ports)),
  ];
};

/** What dciodvfy calls the objects of each SOP class. */
const IODS: Readonly<Record<string, string>> = {
  [CAD_SR.sopClassUid]: 'MammographyCADSR',
  [MEASUREMENT_REPORT.sopClassUid]: 'ComprehensiveSR',
  [PRESENTATION_STATE]: 'GrayscaleSoftcopyPresentationState',
  [KEY_OBJECT_SELECTION]: 'KeyObjectSelectionDocument',
};

/** A report of another shape each, so that every branch of the writers is judged. */
const variants: Record<string, (report: CaseReport) => void> = {
  'as it is': () => undefined,
  'with nothing scored and no pack': (report) => {
    delete report.pack;
    for (const lesion of report.lesions) {
      delete lesion.score;
      delete lesion.scoreProblem;
    }
  },
  'with an uncalibrated score and no operating point': (report) => {
    const score = report.lesions[0]?.score;
    if (!score) throw new Error('the sample has a score');
    score.calibrated = false;
    delete score.operatingPoint;
  },
  'with bare images of unknown view and side': (report) => {
    report.images = report.images.map(
      ({
        laterality: _l,
        view: _v,
        patientOrientation: _o,
        spacing: _s,
        display: _d,
        ...image
      }) => ({
        ...image,
        contentDate: '',
        contentTime: '',
        viewModifiers: [],
      }),
    );
    report.patient = { id: '', name: '', birthDate: '', sex: '' };
    report.studies = report.studies.map(({ studyInstanceUid }) => ({
      studyInstanceUid,
      date: '',
      time: '',
      id: '',
      accessionNumber: '',
      referringPhysicianName: '',
      description: '',
    }));
  },
  'with long and odd names and texts': (report) => {
    const [study] = report.studies;
    const [lesion] = report.lesions;
    const [image] = report.images;
    if (!study || !lesion || !image) throw new Error('the sample has all of them');
    report.patient.name = `${'N'.repeat(70)}^J\\M`;
    Object.assign(study, {
      referringPhysicianName: 'R^'.repeat(60),
      accessionNumber: 'A\n',
      description: `MG\\bilat ${'D'.repeat(80)}`,
      reading: { categories: {}, conclusion: ' \u0000' },
    });
    image.patientOrientation = ['', ''];
    lesion.notes = 'first\u000bsecond\u0000\u001b[0m\u0085\tthird\r\n';
    report.lesions = report.lesions.concat(
      ['  ', 'Dr A\\B=C=D=E', `Dr ${'A'.repeat(80)}`, 'A^B^C^D^E^F^G'].map((reader, i) => ({
        ...lesion,
        id: `odd ${i}`,
        number: 10 + i,
        notes: ' \u000b ',
        assessments: lesion.assessments.map((assessment) => ({ ...assessment, reader })),
      })),
    );
  },
  'with a second look': (report) => void Object.assign(report, secondLookReport()),
  'with a second look that failed': (report) => {
    const [look] = secondLookReport().secondLooks ?? [];
    if (!look) throw new Error('the sample has a second look');
    const uids = [...look.lookedAt, ...look.notLookedAt.map((view) => view.sopInstanceUid)];
    report.secondLooks = [
      {
        ...look,
        lookedAt: [],
        notLookedAt: uids.map((sopInstanceUid) => ({ sopInstanceUid, reason: 'No pixels.' })),
        breasts: [],
        findings: [],
      },
    ];
  },
  'with a prior study, inverted and rescaled images': (report) => {
    const [study] = report.studies;
    if (!study) throw new Error('the sample has a study');
    report.patient.issuer = 'HOSP-A';
    report.studies.push({
      ...study,
      studyInstanceUid: '1.2.3',
      date: '20240101',
      patient: { ...report.patient, name: 'MAIDEN^JANE' },
    });
    report.images = report.images.map((image) => ({
      ...image,
      studyInstanceUid: image.laterality === 'R' ? '1.2.3' : image.studyInstanceUid,
      display: {
        photometric: 'MONOCHROME1',
        rescale: { slope: 2.5, intercept: -100 },
        window: { center: 1 / 3, width: 1234.56789012345, function: 'SIGMOID' },
      },
    }));
  },
};

const replacing = (report: CaseReport): CaseReport => ({
  ...report,
  program: { ...report.program, installation: '2b1f0c1e-7c1d-4a55-8f0e-0a4b6f1d2c3e' },
  predecessors: ['88.50', '88.33', '11.1'].map((storage, i) => ({
    sopClassUid: `1.2.840.10008.5.1.4.1.1.${storage}`,
    sopInstanceUid: `1.9.${i + 1}`,
    seriesInstanceUid: `1.8.${i + 1}`,
    studyInstanceUid: report.studies[0]?.studyInstanceUid ?? '',
  })),
});

describe.skipIf(!hasDciodvfy)(`dciodvfy${unless(hasDciodvfy, 'dicom3tools')}`, () => {
  it.each(Object.entries(variants))('finds no error in the objects of a report %s', (_, change) => {
    const report = sampleReport();
    change(report);
    for (const { fileName, sopClassUid, bytes } of objectsOf(report)) {
      const lines = dciodvfy(bytes);
      expect(
        lines.filter((line) => line.startsWith('Error')),
        fileName,
      ).toEqual([]);
      expect(lines).toContain(IODS[sopClassUid]);
    }
  });

  it.each([
    ['PatientID', 'A\\B'],
    ['PatientID', '1'.repeat(70)],
    ['AccessionNumber', 'A\\B'],
    ['AccessionNumber', '1'.repeat(20)],
    ['StudyID', 'A\\B'],
    ['StudyID', '1'.repeat(20)],
  ])('finds none but what the images break too, by which they are filed: %s %s', (of, value) => {
    const report = sampleReport();
    if (of === 'PatientID') report.patient.id = value;
    else
      for (const study of report.studies)
        study[of === 'StudyID' ? 'id' : 'accessionNumber'] = value;
    const [element] = { PatientID: ['0010,0x0020'], AccessionNumber: ['0008,0x0050'] }[of] ?? [];
    for (const { fileName, bytes } of objectsOf(report)) {
      const errors = dciodvfy(bytes).filter((line) => /^Error(?! - Dicom dataset)/.test(line));
      expect(errors.length > 0, fileName).toBe(element !== undefined);
      const others = errors.filter(
        (line) => !line.includes(`<${of}>`) && !line.includes(`${element}`),
      );
      expect(others, fileName).toEqual([]);
    }
  });

  it('finds none in reports of a second look without a lesion', () => {
    const [look] = secondLookReport().secondLooks ?? [];
    if (!look) throw new Error('the sample has a second look');
    const findings = look.findings.filter(({ answer }) => answer === 'open');
    for (const secondLooks of [[{ ...look, findings }], [{ ...look, findings: [] }]]) {
      const report = { ...sampleReport(), lesions: [], secondLooks };
      const objects = [valueOf(writeCadSr(report, countingUuids()))];
      const measured = writeMeasurementReport(report, countingUuids());
      if (measured.ok) objects.push(measured.value);
      expect(objects).toHaveLength(secondLooks[0]?.findings.length === 0 ? 1 : 2);
      for (const { fileName, bytes } of objects)
        expect(
          dciodvfy(bytes).filter((line) => line.startsWith('Error')),
          fileName,
        ).toEqual([]);
    }
  });

  it('finds none in a measurement report and key images of an exam without a lesion', () => {
    const report: CaseReport = { ...sampleReport(), lesions: [] };
    report.images = report.images.map((image) => ({
      ...image,
      nipple: { x: 1700, y: 1500, source: 'reader' },
      measurements: [
        {
          id: image.sopInstanceUid,
          kind: 'distance',
          value: 475,
          calibration: 'none',
          points: [
            [10, 20],
            [300, 400],
          ],
        },
      ],
    }));
    report.studies = report.studies.map((study) => ({
      ...study,
      reading: { density: 'c', categories: { R: '1', L: '2' }, conclusion: 'Nothing new.' },
    }));
    const objects = [
      valueOf(writeMeasurementReport(report, countingUuids())),
      ...valueOf(writeKeyObjects(report, countingUuids())),
    ];
    expect(objects).toHaveLength(4);
    for (const { fileName, bytes } of objects)
      expect(
        dciodvfy(bytes).filter((line) => line.startsWith('Error')),
        fileName,
      ).toEqual([]);
  });

  it('finds none in reports that stand in the place of others, with lesions and without', () => {
    const report = replacing(sampleReport());
    const empty = valueOf(writeCadSr({ ...report, lesions: [] }, countingUuids()));
    for (const { fileName, bytes } of [...objectsOf(report), empty])
      expect(
        dciodvfy(bytes).filter((line) => line.startsWith('Error')),
        fileName,
      ).toEqual([]);
  });
});

describe.skipIf(!hasDcmtk)(`dcmtk${unless(hasDcmtk, 'dcmtk')}`, () => {
  it('renders the reports with their lesions, sides and likelihoods', () => {
    const [cad, measurements] = objectsOf(sampleReport());
    for (const object of [cad, measurements]) {
      const html = dsr2html(object?.bytes ?? new Uint8Array());
      expect(html).toContain('Lesion 1, marked by the reader. Likelihood of malignancy 14.9 %');
      expect(html).toContain('Lesion 3, marked by the reader. Not scored');
      expect(html).toContain('Research use only');
      expect(html).toContain('Left breast');
      expect(html).toContain('14.8769640124863');
      expect(html).toContain('Location: left breast, upper outer quadrant, 2 o');
      expect(html).toContain('irregular, spiculated, high density, calcifications within the mass');
      expect(html).toContain('suspicion 40 of 100, before the score was seen');
      expect(html).toContain('BI-RADS 4B, suspicion 62.5 of 100, after the score was seen');
    }
  });
});

describe.skipIf(!hasDcmtk)(`dcmtk on presentation states${unless(hasDcmtk, 'dcmtk')}`, () => {
  it('passes them', () => {
    // dcmpschk knows no UTF-8: it takes every accented letter for an error.
    const report = sampleReport();
    report.patient.name = 'SYNTHETIC^DEMO';
    const states = objectsOf(report).filter(
      ({ sopClassUid }) => sopClassUid === PRESENTATION_STATE,
    );
    expect(states).toHaveLength(4);
    for (const { bytes } of states) {
      const lines = dcmpschk(bytes);
      expect(lines).toContain('W: Test passed.');
      expect(lines.filter((line) => /^[EF]:/.test(line))).toEqual([]);
    }
  });
});

describe.skipIf(!hasPydicom)(`pydicom${unless(hasPydicom, 'python3-pydicom')}`, () => {
  const [cad, measurements, ...others] = hasPydicom ? objectsOf(sampleReport()) : [];
  const states = others.filter(({ fileName }) => fileName.startsWith('presentation-state'));

  it('reads lesions, likelihoods, views and places from the CAD report', () => {
    const { sopClass, patient, tree } = pydicom(cad?.bytes ?? new Uint8Array());
    expect(sopClass).toBe('1.2.840.10008.5.1.4.1.1.88.50');
    expect(patient).toBe('SYNTHETIC^DÉMO');
    const [first, ...more] = nodesNamed(tree, '111015 DCM');
    expect(more).toEqual([]);
    const fused = first?.children.find((child) => child.name === '111047 DCM')?.value;
    expect(fused).toMatchObject({ decimal: '14.8769640124863', unit: '% UCUM' });
    // The second lesion is marked on one view and not scored: a finding without a number.
    const alone = nodesNamed(tree, '111059 DCM').at(-1);
    expect(alone?.children.some((child) => child.name === '111041 DCM')).toBe(true);
    expect(alone?.children.some((child) => child.name === '111047 DCM')).toBe(false);
    const library = nodesNamed(tree, '111028 DCM')[0]?.children ?? [];
    const outlines = nodesNamed(first ?? tree, '111041 DCM');
    const on = outlines.map((outline) => {
      const [, , position] = outline.children[0]?.reference ?? [];
      return library[(position ?? 0) - 1];
    });
    expect(on.map((entry) => entry?.value)).toEqual([SAMPLE_UIDS.lcc, SAMPLE_UIDS.lmlo]);
    const context = (name: string) =>
      on.map((entry) => entry?.children.find((child) => child.name === name)?.value);
    expect(context('111027 DCM')).toEqual(['80248007 SCT', '80248007 SCT']);
    expect(context('111031 DCM')).toEqual(['399162004 SCT', '399368009 SCT']);
    expect(nodesNamed(first ?? tree, '111010 DCM')[0]?.value).toEqual({
      type: 'POINT',
      points: [Math.fround(1110.45), Math.fround(790.75)],
    });
  });

  it('reads a group a lesion-view from the measurement report, with exact decision values', () => {
    const { tree } = pydicom(measurements?.bytes ?? new Uint8Array());
    const groups = nodesNamed(tree, '125007 DCM');
    const valueIn = (name: string) =>
      groups.map((group) => group.children.find((child) => child.name === name)?.value);
    expect(valueIn('112039 DCM')).toEqual([
      'Lesion 1 (research use only)',
      'Lesion 1 (research use only)',
      'Lesion 3 (research use only)',
    ]);
    // The standard code holds the fused number, a private one that of the view.
    for (const fused of valueIn('111047 DCM').slice(0, 2))
      expect(fused).toMatchObject({ double: expect.closeTo(14.8769640124863, 12) as number });
    expect(valueIn('VIEW-P 99TANDEM')[0]).toMatchObject({
      double: expect.closeTo(19.548532731377, 11) as number,
    });
    expect(valueIn('363698007 SCT')).toEqual(['80248007 SCT', '80248007 SCT', '73056007 SCT']);
    expect(valueIn('SVM-CNN 99TANDEM')[0]).toMatchObject({ double: 0.5363457957142561 });
    expect(valueIn('SVM-ANALYTIC 99TANDEM')[1]).toMatchObject({ double: -2 / 3 });
    expect(valueIn('111005 DCM')[0]).toBe('MA.II.A.5.4B BI');
    expect(valueIn('121106 DCM')[1]).toContain('très dense');
    expect(valueIn('107644003 SCT')[0]).toBe('49608001 SCT');
    expect(valueIn('111037 DCM')[0]).toBe('129742005 SCT');
    expect(valueIn('111035 DCM')[0]).toBe('129744006 SCT');
    expect(valueIn('111008 DCM')).toEqual(['111346 DCM', '111346 DCM', undefined]);
    expect(valueIn('111048 DCM')).toEqual(['76365002 SCT', '76365002 SCT', undefined]);
    expect(valueIn('111014 DCM')[0]).toBe('129773009 SCT');
    expect(valueIn('111020 DCM')[0]).toBe('C25569 NCIt');
  });

  it('reads boxes, outlines and labels from the presentation states', () => {
    const graphics = states.flatMap((state) => pydicom(state.bytes).graphics);
    expect(graphics.map(({ layer, image }) => [layer, image])).toEqual([
      ['BOXES', SAMPLE_UIDS.rcc],
      ['BOXES', SAMPLE_UIDS.lcc],
      ['OUTLINES', SAMPLE_UIDS.lcc],
      ['BOXES', SAMPLE_UIDS.lmlo],
    ]);
    expect(graphics.every(({ units }) => units === 'PIXEL')).toBe(true);
    expect(graphics[0]?.points).toEqual([10, 20, 40, 20, 40, 60, 10, 60, 10, 20]);
    expect(graphics[1]?.text).toEqual(['Lesion 1: 15 %, research use only']);
  });
});

/** Only the capitals of a code's meaning differ from those of an older edition of the standard. */
const isWording = (line: string) => line.includes('has different code meaning');

/**
 * The texts of an impression: the template wants HAS PROPERTIES, the IOD allows a container CONTAINS
 * only, and dcmtk refuses to read the other (PS3.3 A.35.5.3.1).
 */
const isForbiddenByIod = (line: string) =>
  /Template (4002|4019HasProperties) .*expected HAS PROPERTIES - found CONTAINS/.test(line);

/**
 * What TID 1500 leaves open and the validator does not: CID 100 and TID 1410 are extensible, and the
 * observer of a statement (TID 1003) may stand on any of them.
 */
const isExtension = (line: string) =>
  /CID 7021.*"Procedure reported".*context group 100/.test(line) ||
  line.includes('Content Item not in template') ||
  /"Observer Type".*expected HAS CONCEPT MOD - found HAS OBS CONTEXT/.test(line);

describe.skipIf(!hasPixelmed)(
  `the templates of PS3.16${unless(hasPixelmed, 'libpixelmed-java')}`,
  () => {
    it('are kept row by row by the CAD report', { timeout: 600_000 }, () => {
      const { bytes } = valueOf(writeCadSr(secondLookReport(), countingUuids()));
      const problems = srTemplateProblems(bytes);
      expect(problems.filter((line) => !isWording(line) && !isForbiddenByIod(line))).toEqual([]);
    });

    it('are kept by the key object selection', { timeout: 600_000 }, () => {
      const objects = valueOf(writeKeyObjects(sampleReport(), countingUuids()));
      const selections = objects.filter(({ sopClassUid }) => sopClassUid === KEY_OBJECT_SELECTION);
      expect(selections).toHaveLength(1);
      for (const { bytes } of selections)
        expect(srTemplateProblems(bytes).filter((line) => !isWording(line))).toEqual([]);
    });

    it(
      'are kept by the measurement report, which adds items of its own',
      { timeout: 600_000 },
      () => {
        const report = secondLookReport();
        const [study] = report.studies;
        if (!study) throw new Error('the sample has a study');
        study.reading = { density: 'c', categories: { R: '1', L: '4B' }, conclusion: 'Biopsy.' };
        report.studies.push({ ...study, studyInstanceUid: '1.9', date: '20200101' });
        const { bytes } = valueOf(writeMeasurementReport(report, countingUuids()));
        const problems = srTemplateProblems(bytes);
        expect(problems.filter((line) => !isWording(line) && !isExtension(line))).toEqual([]);
      },
    );
  },
);
