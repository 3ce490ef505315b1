import { closeSync, existsSync, openSync, rmSync } from 'node:fs';

/** Ends a verb that can do nothing, with the reason. */
export const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

/** Throws the system's reason where a file cannot be written: before the work, not after it. */
export const tryWriting = (file: string): void => {
  const isNew = !existsSync(file);
  closeSync(openSync(file, 'a'));
  if (isNew) rmSync(file);
};
