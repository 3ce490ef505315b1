import type { DcmjsDict } from 'dcmjs';
import type { CaseReport } from '../../core/report/case-report.ts';
import { parseCaseReportValue } from '../../core/report/report-json.ts';

/**
 * The exact numbers. GraphicData is 32-bit floats, and the templates of a CAD report have no place
 * for decision values: so every object carries the report as JSON in a private block (PS3.5 7.8.1),
 * which readers that do not know it skip. Who the patient is stays out of it and is read from the
 * standard attributes, so that a de-identified object hides nothing there.
 */
export const CREATOR = 'TANDEM CADX';
const CREATOR_TAG = '00790010';
const REPORT_TAG = '00791001';
/** Blocks that a private creator may reserve in group 0079. */
const BLOCKS = Array.from({ length: 0xf0 }, (_, i) => (i + 0x10).toString(16).toUpperCase());

const withoutIdentity = (report: CaseReport): CaseReport => ({
  ...report,
  patient: { id: '', name: '', birthDate: '', sex: '' },
  studies: report.studies.map(({ patient: _named, ...study }) => ({
    ...study,
    id: '',
    accessionNumber: '',
    referringPhysicianName: '',
  })),
});

/** The private block. OB survives any change of transfer syntax or character set as it is. */
export const payloadElements = (report: CaseReport): DcmjsDict => {
  const json = new TextEncoder().encode(JSON.stringify(withoutIdentity(report)));
  const even = new Uint8Array(json.length + (json.length % 2)).fill(0x20);
  even.set(json);
  return {
    [CREATOR_TAG]: { vr: 'LO', Value: [CREATOR] },
    [REPORT_TAG]: { vr: 'OB', Value: [even.buffer] },
  };
};

/** Where the block is now: a store may have moved it to another number. */
const blockOf = (dict: DcmjsDict): string | undefined =>
  BLOCKS.find((block) => {
    const [creator] = dict[`007900${block}`]?.Value ?? [];
    return typeof creator === 'string' && creator.trim() === CREATOR;
  });

/** The report of the private block, without identity; undefined where there is none or it is damaged. */
export const readPayload = (dict: DcmjsDict): CaseReport | undefined => {
  const block = blockOf(dict);
  const [value] = (block && dict[`0079${block}01`]?.Value) || [];
  if (!(value instanceof ArrayBuffer)) return undefined;
  try {
    const parsed = parseCaseReportValue(JSON.parse(new TextDecoder().decode(value)));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
};
