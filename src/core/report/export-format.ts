/** The forms in which the results of a patient leave the page as files. */
export type ExportFormat =
  'json' | 'csv' | 'cad-sr' | 'measurement-report' | 'presentation-state' | 'key-images';

/** Those that an archive takes. */
export type StoredFormat = Exclude<ExportFormat, 'json' | 'csv'>;

/** Those that come back. */
export type RestoredFormat = Exclude<ExportFormat, 'csv'>;
