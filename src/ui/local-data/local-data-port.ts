import type { Result } from '../../core/result.ts';

/** What is kept in this browser, as one thing. Errors can be shown. */
export interface LocalDataPort {
  /** Saves a copy of it as a file. */
  save(): Promise<Result<string, string>>;
  /** Adds a copy to what is here; the number of records that came. */
  bringBack(file: File): Promise<Result<number, string>>;
  /** Deletes all of it and loads the page again. */
  deleteAll(): Promise<Result<undefined, string>>;
}
