import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest, parsePack, type Pack } from '../../src/core/pack/parse-pack.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import { hashOf } from '../features/file-cache.ts';
import type { GraphFiles } from '../node-network.ts';

/** A pack from a folder, with the graph's files; every file's hash is checked. */
export interface DiskPack extends Pack {
  readonly graph: GraphFiles;
}

/** Reads and verifies a pack. The error begins with the file at fault. */
export const readPack = (folder: string): Result<DiskPack, string> => {
  const read = (path: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, path));
    } catch {
      return undefined;
    }
  };
  const text = read('manifest.json');
  if (!text) return err(`manifest.json is missing from ${folder}`);
  const manifest = parseManifest(text.toString('utf8'));
  if (!manifest.ok) return manifest;
  const files = new Map<string, Buffer>();
  for (const [path, wanted] of Object.entries(manifest.value.files)) {
    const bytes = read(path);
    if (!bytes) return err(`${path} is missing from ${folder}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== wanted.sha256)
      return err(`${path} is not the file that the manifest describes (SHA-256 ${sha256})`);
    files.set(path, bytes);
  }
  const pack = parsePack(manifest.value, (path) => files.get(path)?.toString('utf8'));
  if (!pack.ok) return pack;
  const graphFiles = [...files].filter(([path]) => path === 'model.json' || path.endsWith('.bin'));
  const graph = new Map(
    graphFiles.map(([path, b]) => [
      path,
      b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer,
    ]),
  );
  return ok({
    ...pack.value,
    graph: { files: graph, hash: hashOf(...graphFiles.map(([, bytes]) => bytes)) },
  });
};
