import type { Message } from '../../core/message/message.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { fileStem } from '../../core/report/file-stem.ts';
import { formatCsv } from '../../core/report/report-csv.ts';
import { formatCaseReport } from '../../core/report/report-json.ts';
import { ok, type Result } from '../../core/message/result.ts';
import type { ExportFormat } from '../../ports/exports.ts';
import { newUuid } from '../new-uuid.ts';

type DicomFormat = Exclude<ExportFormat, 'json' | 'csv'>;

/** The writers come with dcmjs, which is large and needed by few: it is loaded when first used. */
export const loadDicomReports = () => import('../../adapters/dicom-sr/index.ts');

/** The DICOM objects of a report. The error can be shown. */
export const dicomObjects = async (report: CaseReport, format: DicomFormat) => {
  const { writeCadSr, writeKeyObjects, writeMeasurementReport, writePresentationStates } =
    await loadDicomReports();
  const ports = { newUuid };
  if (format === 'key-images') return writeKeyObjects(report, ports);
  if (format === 'presentation-state') return writePresentationStates(report, ports);
  const write = format === 'cad-sr' ? writeCadSr : writeMeasurementReport;
  const written = write(report, ports);
  return written.ok ? ok([written.value]) : written;
};

/** A report as files, called after its patient where it names one. */
export const filesOf = async (
  report: CaseReport,
  format: ExportFormat,
): Promise<Result<readonly File[], Message>> => {
  const stem = fileStem(report);
  if (format === 'json')
    return ok([
      new File([formatCaseReport(report)], `${stem}-report.json`, { type: 'application/json' }),
    ]);
  if (format === 'csv')
    return ok([new File([formatCsv([report])], `${stem}-lesions.csv`, { type: 'text/csv' })]);
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
