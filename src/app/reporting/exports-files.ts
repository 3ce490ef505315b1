import { message, type Message } from '../../core/message/message.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { fileStem } from '../../core/report/file-stem.ts';
import { formatCsv } from '../../core/report/report-csv.ts';
import { formatCaseReport } from '../../core/report/report-json.ts';
import { ok, type Result } from '../../core/message/result.ts';
import type { ExportFormat, StoredFormat } from '../../core/report/export-format.ts';
import type { DicomObject, ExportPorts } from '../../adapters/dicom-sr/sr-document.ts';
import type { ExportPort, Offer, StoredOffer } from '../../ports/exports.ts';
import { newUuid } from '../new-uuid.ts';

/** The reader and the writers come with dcmjs, which is large and needed by few: loaded when first used. */
export const loadDicomReports = () => import('../../adapters/dicom-sr/index.ts');

interface TextForm extends Offer {
  readonly write: (report: CaseReport) => string;
  readonly ending: string;
  readonly type: string;
}

interface DicomForm extends StoredOffer {
  readonly write: (
    report: CaseReport,
    ports: ExportPorts,
  ) => Promise<Result<readonly DicomObject[], Message>>;
}

const alone = <T>(written: Result<T, Message>): Result<readonly T[], Message> =>
  written.ok ? ok([written.value]) : written;

const TEXTS: Readonly<Record<Exclude<ExportFormat, StoredFormat>, TextForm>> = {
  json: {
    name: 'JSON',
    what: message('export.what.json'),
    write: formatCaseReport,
    ending: 'report.json',
    type: 'application/json',
  },
  csv: {
    name: 'CSV',
    what: message('export.what.csv'),
    write: (report) => formatCsv([report]),
    ending: 'lesions.csv',
    type: 'text/csv',
  },
};

const OBJECTS: Readonly<Record<StoredFormat, DicomForm>> = {
  'cad-sr': {
    name: 'DICOM CAD SR',
    what: message('export.what.cad-sr'),
    store: message('export.store.cad-sr'),
    write: async (...of) =>
      alone((await import('../../adapters/dicom-sr/cad-sr.ts')).writeCadSr(...of)),
  },
  'measurement-report': {
    name: 'DICOM TID 1500',
    what: message('export.what.measurement-report'),
    store: message('export.store.measurement-report'),
    write: async (...of) =>
      alone(
        (await import('../../adapters/dicom-sr/measurement-report.ts')).writeMeasurementReport(
          ...of,
        ),
      ),
  },
  'presentation-state': {
    name: message('export.name.presentation-state'),
    what: message('export.what.presentation-state'),
    store: message('export.store.presentation-state'),
    write: async (...of) =>
      (await import('../../adapters/dicom-sr/presentation-state.ts')).writePresentationStates(
        ...of,
      ),
  },
  'key-images': {
    name: message('export.name.key-images'),
    what: message('export.what.key-images'),
    store: message('export.store.key-images'),
    write: async (...of) =>
      (await import('../../adapters/dicom-sr/key-objects.ts')).writeKeyObjects(...of),
  },
};

export const OFFERS: ExportPort['offers'] = { ...TEXTS, ...OBJECTS };

/** The DICOM objects of a report. The error can be shown. */
export const dicomObjects = (report: CaseReport, format: StoredFormat) =>
  OBJECTS[format].write(report, { newUuid });

/** A report as files, called after its patient where it names one. */
export const filesOf = async (
  report: CaseReport,
  format: ExportFormat,
): Promise<Result<readonly File[], Message>> => {
  const stem = fileStem(report);
  if (format === 'json' || format === 'csv') {
    const { write, ending, type } = TEXTS[format];
    return ok([new File([write(report)], `${stem}-${ending}`, { type })]);
  }
  const objects = await dicomObjects(report, format);
  if (!objects.ok) return objects;
  return ok(
    objects.value.map(
      ({ bytes, fileName }) =>
        new File([bytes.slice()], `${stem}-${fileName}`, { type: 'application/dicom' }),
    ),
  );
};

/** Time for the browser to take hold of a download before its address is withdrawn, ms. */
const KEEP = 60_000;

/** Hands a file to the browser's download; nothing is sent anywhere. */
export const download = (file: File): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP);
};
