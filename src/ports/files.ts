import type { Message } from '../core/message/message.ts';
import type { Result } from '../core/message/result.ts';

/** The browser's own pickers, whose choice can be found again later. */
export interface PickerPort {
  files(): void;
  folder(): void;
}

/** Something opened lately that can be opened again. */
export interface RecentItem {
  readonly id: string;
  /** Of the folder or file; of the first where several were picked together. */
  readonly name: string;
  /** How many more were picked with it. */
  readonly others: number;
  /** ISO 8601. */
  readonly openedAt: string;
}

/** What a copy of the local data came to. */
export interface Brought {
  /** Records that came. */
  readonly brought: number;
  /** Records that say something else than what is here, which was left as it is. */
  readonly left: number;
}

/** What is kept in this browser, as one thing. */
export interface LocalDataPort {
  /** Saves a copy of it as a file. */
  save(): Promise<Result<string, Message>>;
  /** Adds a copy to what is here, in all tabs. */
  bringBack(file: File): Promise<Result<Brought, Message>>;
  /** Deletes all of it and loads the page again. */
  deleteAll(): Promise<Result<undefined, Message>>;
}
