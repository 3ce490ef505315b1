import type { StorableObject } from '../adapters/dicomweb/index.ts';
import type { ReportDocument } from '../core/report/report-documents.ts';

/** A report on its way to a server: kept so that a second try sends what is missing under the same UIDs. */
export interface Storing {
  /** What the report says: contentKey. */
  readonly content: string;
  readonly objects: readonly StorableObject[];
  readonly documents: readonly ReportDocument[];
  /** SOP Instance UIDs of those that the server has. */
  readonly stored: Set<string>;
}

/** The stored reports that this page has read or written since it was opened. */
export interface ReportLedger {
  readonly all: () => readonly ReportDocument[];
  /** Whether what the document says was taken in here, so that a new report speaks for it as well. */
  readonly has: (sopInstanceUid: string) => boolean;
  readonly note: (document: ReportDocument) => void;
  /** The storing to a place that is not finished: a form of a report on its studies, at a server. */
  readonly begun: (place: string) => Storing | undefined;
  readonly begin: (place: string, storing: Storing) => void;
  readonly finish: (place: string) => void;
}

export const createReportLedger = (): ReportLedger => {
  const known = new Map<string, ReportDocument>();
  const storings = new Map<string, Storing>();
  return {
    all: () => [...known.values()],
    has: (uid) => known.has(uid),
    note: (document) => void known.set(document.sopInstanceUid, document),
    begun: (place) => storings.get(place),
    begin: (place, storing) => void storings.set(place, storing),
    finish: (place) => void storings.delete(place),
  };
};
