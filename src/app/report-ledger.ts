import type { ReportDocument } from '../core/report/report-documents.ts';

/** The stored reports that this page has read or written since it was opened. */
export interface ReportLedger {
  readonly all: () => readonly ReportDocument[];
  /** Whether what the document says was taken in here, so that a new report speaks for it as well. */
  readonly has: (sopInstanceUid: string) => boolean;
  readonly note: (document: ReportDocument) => void;
}

export const createReportLedger = (): ReportLedger => {
  const known = new Map<string, ReportDocument>();
  return {
    all: () => [...known.values()],
    has: (uid) => known.has(uid),
    note: (document) => void known.set(document.sopInstanceUid, document),
  };
};
