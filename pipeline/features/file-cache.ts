import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Hex SHA-256 of parts, each set off from the next; objects count as their JSON. */
export const hashOf = (...parts: readonly (Uint8Array | string | object)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes =
      part instanceof Uint8Array
        ? part
        : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part));
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
};

/** Float vectors on disk, one file a key, so that an interrupted run goes on where it stopped. */
export interface FileCache {
  get(key: string): Float32Array | undefined;
  put(key: string, values: Float32Array): void;
}

export const fileCache = (folder: string): FileCache => {
  const path = (key: string) => join(folder, key.slice(0, 2), `${key}.f32`);
  return {
    get: (key) => {
      try {
        const bytes = readFileSync(path(key));
        return new Float32Array(
          bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
        );
      } catch {
        return undefined;
      }
    },
    put: (key, values) => {
      const target = path(key);
      mkdirSync(dirname(target), { recursive: true });
      // Written aside and renamed, so that a file is whole or not there.
      const aside = `${target}.${process.pid}`;
      writeFileSync(aside, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      renameSync(aside, target);
    },
  };
};
