// The model packs that are built in, each by the hash of its manifest, which lists the hashes of the rest.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 in hex of models/<id>/manifest.json below `folder` for each id of models/index.json. */
export const shippedPacks = (folder) => {
  const models = join(folder, 'models');
  if (!existsSync(join(models, 'index.json'))) return {};
  const { packs } = JSON.parse(readFileSync(join(models, 'index.json'), 'utf8'));
  return Object.fromEntries(
    packs.map((id) => {
      const manifest = readFileSync(join(models, id, 'manifest.json'));
      return [id, createHash('sha256').update(manifest).digest('hex')];
    }),
  );
};
