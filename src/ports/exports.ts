import type { Message } from '../core/message/message.ts';
import type { CaseReport } from '../core/report/case-report.ts';
import type { ExportFormat, StoredFormat } from '../core/report/export-format.ts';
import type { Result } from '../core/message/result.ts';

/** How a form is offered. */
export interface Offer {
  /** A string where every language calls it the same. */
  readonly name: Message | string;
  readonly what: Message;
}
export interface StoredOffer extends Offer {
  /** On the button that stores it on a server. */
  readonly store: Message;
}

/** What the interface asks of the export; the app builds it. */
export interface ExportPort {
  /** As they are listed. */
  readonly offers: Readonly<
    Record<Exclude<ExportFormat, StoredFormat>, Offer> & Record<StoredFormat, StoredOffer>
  >;
  /** The report of a patient whose images are open, checked against its own schema; in English unless `say` words it. */
  report(patientKey: string, say?: (said: Message) => string): Promise<Result<CaseReport, Message>>;
  /** Saves as a file, or as several, by the browser's own download. */
  save(patientKey: string, format: ExportFormat): Promise<Result<readonly string[], Message>>;
}
