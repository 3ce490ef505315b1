import type { DcmjsDict } from 'dcmjs';
import dcmjs from 'dcmjs';
import { describe, expect, it } from 'vitest';
import type { CaseReport } from '../../core/report/case-report.ts';
import {
  SAMPLE_UIDS,
  sampleReport,
  secondLookReport,
} from '../../core/report/testing/sample-report.ts';
import { writeCadSr } from './cad-sr.ts';
import { C } from './concepts.ts';
import { readCode, readNumbers } from './data-set.ts';
import { writeMeasurementReport } from './measurement-report.ts';
import { readPart10 } from './part10.ts';
import { readDicomReport } from './read-report.ts';
import { countingUuids, valueOf } from './testing/written.ts';
import { below, childrenOf, firstNamed, numberOf, textOf, type Node } from './tree.ts';

const parse = (bytes: Uint8Array): DcmjsDict => valueOf(readPart10(bytes)).dict;
const cadOf = (report: CaseReport) => parse(valueOf(writeCadSr(report, countingUuids())).bytes);
const measuredOf = (report: CaseReport) =>
  parse(valueOf(writeMeasurementReport(report, countingUuids())).bytes);
const codeOf = (node: Node | undefined, concept: (typeof C)['findingsSummary']) => {
  const child = node && firstNamed(node, concept);
  return child && readCode(child, 'ConceptCodeSequence');
};
const answered = (answer: 'open' | 'dismissed'): CaseReport => {
  const report = secondLookReport();
  const looks = report.secondLooks ?? [];
  return {
    ...report,
    lesions: [],
    secondLooks: looks.map((look) => ({
      ...look,
      findings: look.findings.filter((finding) => finding.answer === answer),
    })),
  };
};

const REQUIRED = '111150 DCM';
const OPTIONAL = '111151 DCM';
const NOT_SHOWN = '111152 DCM';

describe('the second look in a CAD SR', () => {
  const cad = cadOf(secondLookReport());

  it('lists the detections that succeeded and failed, each with its images and the finder', () => {
    const summary = firstNamed(cad, C.summaryOfDetections);
    expect(summary && readCode(summary, 'ConceptCodeSequence')).toBe('111223 DCM');
    const imagesOf = (concept: (typeof C)['findingsSummary']) =>
      below(summary ?? {}, concept)
        .flatMap(childrenOf)
        .flatMap(childrenOf)
        .map((child) => readNumbers(child, 'ReferencedContentItemIdentifier'))
        .filter((path) => path.length > 0)
        .map((path) => path.at(-1));
    // Places in the image library: RCC, LCC, RMLO, LMLO.
    expect(imagesOf(C.successfulDetections)).toEqual([2, 1, 4]);
    expect(imagesOf(C.failedDetections)).toEqual([3]);
    const [failed] = below(summary ?? {}, C.detectionPerformed).slice(-1);
    expect(textOf(failed ?? {}, C.algorithmName)).toBe('tandem-m2 0.4.0, finder 1');
    const said = JSON.stringify(below(summary ?? {}, C.algorithmParameters));
    expect(said).toContain('RMLO: A magnification view.');
    expect(said).toContain('calcifications are not looked for');
    expect(said).toContain('0.25 marks an image');
  });

  it('has lesions to be presented, open findings optional and dismissed ones not presented', () => {
    const impressions = below(cad, C.individualImpression);
    expect(impressions.map((each) => codeOf(each, C.renderingIntent))).toEqual([
      REQUIRED,
      REQUIRED,
      NOT_SHOWN,
      OPTIONAL,
    ]);
    const texts = impressions.map((each) => textOf(each, C.impressionDescription));
    expect(texts[0]).toContain('Marked by the reader too.');
    expect(texts[1]).toContain('Accepted by the reader as a lesion, 2026-01-31T11:59:20+01:00.');
    expect(texts[2]).toContain('Dismissed by the reader (vessel)');
    expect(texts[3]).toContain('Not answered by the reader.');
  });

  it('joins the views of a finding, and gives no probability of cancer', () => {
    const [, , dismissed, open] = below(cad, C.individualImpression);
    expect(below(dismissed ?? {}, C.compositeFeature)).toEqual([]);
    const [feature] = below(open ?? {}, C.compositeFeature);
    expect(numberOf(feature ?? {}, C.certaintyOfFeature)).toBeCloseTo(100 * (4 / 15), 10);
    const views = below(feature ?? {}, C.singleImageFinding);
    expect(views.map((view) => numberOf(view, C.certaintyOfFinding))).toEqual([
      expect.closeTo(100 / 3, 10),
      20,
    ]);
    for (const each of [dismissed, open])
      expect(below(each ?? {}, C.probabilityOfCancer)).toEqual([]);
  });

  it('says of the whole whether there are findings, and never of a look that nobody asked for', () => {
    expect(codeOf(cadOf(answered('dismissed')), C.findingsSummary)).toBe('111244 DCM');
    const none = { ...answered('open') };
    none.secondLooks = none.secondLooks?.map((look) => ({
      ...look,
      findings: [],
      notLookedAt: [],
    }));
    expect(codeOf(cadOf(none), C.findingsSummary)).toBe('111241 DCM');
    const without = cadOf(sampleReport());
    expect(codeOf(without, C.summaryOfDetections)).toBe('111225 DCM');
    expect(JSON.stringify(without)).not.toMatch(/finder|second look/i);
  });
});

describe('the second look in a measurement report', () => {
  const groups = below(measuredOf(secondLookReport()), C.measurementGroup);

  it('has a group a view of each finding that is no lesion, with its answer', () => {
    expect(groups.map((group) => codeOf(group, C.readersAnswer))).toEqual([
      undefined,
      undefined,
      undefined,
      'DISMISSED 99TANDEM',
      'OPEN 99TANDEM',
      'OPEN 99TANDEM',
    ]);
    expect(numberOf(groups[3] ?? {}, C.massProbability)).toBe(31);
    expect(codeOf(groups[4], C.quadrantLocation)).toBe('19100000 SCT');
    expect(groups.slice(3).map((group) => numberOf(group, C.probabilityOfCancer))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('read again', () => {
  const written = (report: CaseReport) => [
    valueOf(writeCadSr(report, countingUuids())).bytes,
    valueOf(writeMeasurementReport(report, countingUuids())).bytes,
  ];
  const withoutPrivate = (bytes: Uint8Array): Uint8Array => {
    const file = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer);
    delete file.dict['00790010'];
    delete file.dict['00791001'];
    return new Uint8Array(file.write());
  };

  it('comes back whole, and its findings are no lesions with the private block or without', () => {
    for (const bytes of written(secondLookReport())) {
      const whole = valueOf(readDicomReport(bytes));
      expect(whole.exact).toBe(true);
      expect(whole.report).toEqual(secondLookReport());
      for (const each of [bytes, withoutPrivate(bytes)])
        expect(valueOf(readDicomReport(each)).lesions.map(({ number }) => number)).toEqual([1, 3]);
    }
  });

  it('is a report also where the reader made none of it a lesion', () => {
    for (const bytes of written(answered('dismissed'))) {
      expect(valueOf(readDicomReport(bytes))).toMatchObject({ exact: true, lesions: [] });
      expect(readDicomReport(withoutPrivate(bytes))).toMatchObject({
        ok: false,
        error: { code: 'report.no-lesions' },
      });
    }
  });

  it('belongs to the study that was looked at', () => {
    const { studyInstanceUid } = valueOf(writeCadSr(answered('open'), countingUuids()));
    expect(SAMPLE_UIDS.rcc.startsWith(`${studyInstanceUid}.`)).toBe(true);
  });
});
