import type { Message } from '../core/message/message.ts';
import type { CaseReport } from '../core/report/case-report.ts';
import type { Result } from '../core/message/result.ts';

/** The forms in which the results of a patient leave the page as files. */
export type ExportFormat =
  'json' | 'csv' | 'cad-sr' | 'measurement-report' | 'presentation-state' | 'key-images';

/** What the interface asks of the export; the app builds it. */
export interface ExportPort {
  /** The report of a patient whose images are open, checked against its own schema; in English unless `say` words it. */
  report(patientKey: string, say?: (said: Message) => string): Promise<Result<CaseReport, Message>>;
  /** Saves as a file, or as several, by the browser's own download. */
  save(patientKey: string, format: ExportFormat): Promise<Result<readonly string[], Message>>;
}
