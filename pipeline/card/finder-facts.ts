import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinderFile } from '../../src/core/pack/finder-file.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import type { FinderFacts } from './model-card.ts';

/** What the card of the pack in a folder says of its finder; undefined where it has none. */
export const finderFacts = (
  folder: string,
  { finder }: Pick<PackManifest, 'finder'>,
): FinderFacts | undefined => {
  if (!finder) return undefined;
  const rules = JSON.parse(readFileSync(join(folder, finder.rules), 'utf8')) as FinderFile;
  const { operatingPoints, defaultFalseMarks, limits } = rules;
  return { multiplyAdds: finder.multiplyAdds, operatingPoints, defaultFalseMarks, limits };
};
