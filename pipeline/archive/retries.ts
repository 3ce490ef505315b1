/** Tries of a study before it counts as failed. */
export const TRIES = 3;

/** When a study that failed is tried again. */
export interface Retries {
  /** After the first failure, s; each further wait is four times as long. */
  readonly delay: number;
}

/** Wait before the next try, ms. `attempt`: tries so far. */
export const waitAfter = ({ delay }: Retries, attempt: number): number =>
  delay * 1000 * 4 ** (attempt - 1);
