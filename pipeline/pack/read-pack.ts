import { sayIn } from '../../src/i18n/say.ts';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest, parsePack, type Pack } from '../../src/core/pack/parse-pack.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';
import { hashOf } from '../features/file-cache.ts';
import type { GraphFiles } from '../network/node-network.ts';

/** A pack from a folder, with the graphs' files; every file's hash is checked. */
export interface DiskPack extends Pack {
  readonly graph: GraphFiles;
  /** The finder's graph, of a pack that has one. */
  readonly finderGraph?: GraphFiles;
}

/** A graph model among a pack's files: `model` and the shards that it names. */
const graphOf = (model: string, files: ReadonlyMap<string, Buffer>): GraphFiles => {
  const { weightsManifest } = JSON.parse(files.get(model)?.toString('utf8') ?? '') as {
    weightsManifest: { paths: string[] }[];
  };
  const paths = [model, ...weightsManifest.flatMap((group) => group.paths)];
  const own = paths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes ? [[path, bytes] as const] : [];
  });
  const buffers = own.map(([path, b]) => {
    const buffer = b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer;
    return [path, buffer] as const;
  });
  return { files: new Map(buffers), hash: hashOf(...own.map(([, bytes]) => bytes)) };
};

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
  if (!manifest.ok) return err(sayIn('en', manifest.error));
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
  if (!pack.ok) return err(sayIn('en', pack.error));
  const { finder } = manifest.value;
  return ok({
    ...pack.value,
    graph: graphOf(manifest.value.backbone.file, files),
    ...(finder ? { finderGraph: graphOf(finder.file, files) } : {}),
  });
};
