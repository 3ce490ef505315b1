import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { FinderFile } from '../../core/pack/finder-file.ts';
import { parseFinder } from '../../core/pack/parse-pack.ts';
import { type ChosenPack, hashOf, readBytes } from './packs.ts';

/** The rules of a pack's finder: a few kB that the page needs before anything is looked at. Checked by hash. */
export const readFinderRules = async ({
  url,
  manifest,
}: ChosenPack): Promise<Result<FinderFile, Message>> => {
  const { finder, files } = manifest;
  if (!finder) return err(message('look.no-finder', { pack: manifest.name }));
  const bytes = await readBytes(new URL(finder.rules, url));
  const [got, wanted] = [await hashOf(bytes), files[finder.rules]?.sha256 ?? ''];
  if (got !== wanted) {
    const reason = got ? message('pack.hash', { got, wanted }) : message('pack.unchecked');
    return err(message('pack.file', { path: finder.rules, reason }));
  }
  const rules = parseFinder(manifest, () => new TextDecoder().decode(bytes));
  if (!rules.ok) return rules;
  return rules.value ? ok(rules.value) : err(message('pack.missing', { path: finder.rules }));
};
