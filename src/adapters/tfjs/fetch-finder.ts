import type { Message } from '../../core/message/message.ts';
import { message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { FinderFile } from '../../core/pack/finder-file.ts';
import { parseFinder } from '../../core/pack/parse-pack.ts';
import { type FinderNetwork, loadFinder } from './finder.ts';
import type { Lane } from './lanes.ts';
import { fetchPack, type FetchPackOptions } from './load-pack.ts';

/** The finder of a pack whose files are verified. */
export interface FetchedFinder {
  readonly rules: FinderFile;
  /**
   * Loads the network on the current backend; it is not checked yet. The mirror image, where the pack
   * asks for one, is looked at in `lane` at the same time.
   */
  load(lane?: Promise<Lane | undefined>): Promise<FinderNetwork>;
}

/** Fetches the finder of the pack at `packUrl`, and nothing else of it. The error names the file. */
export const fetchFinder = async (
  packUrl: string,
  options: Omit<FetchPackOptions, 'part'>,
): Promise<Result<FetchedFinder, Message>> => {
  const fetched = await fetchPack(packUrl, { ...options, part: 'finder' });
  if (!fetched.ok) return fetched;
  const { manifest, files } = fetched.value;
  const text = (path: string) => {
    const bytes = files.get(path);
    return bytes && new TextDecoder().decode(bytes);
  };
  const rules = parseFinder(manifest, text);
  if (!rules.ok) return rules;
  const { finder } = manifest;
  if (!finder || !rules.value) return err(message('look.no-finder', { pack: manifest.name }));
  const { file, input } = finder;
  const { mirror } = rules.value;
  const graph = { file, input };
  const inLane = async (lane: Promise<Lane | undefined>) =>
    (await lane)?.openFinder(graph, files).catch(() => undefined);
  return ok({
    rules: rules.value,
    load: (lane) =>
      loadFinder({ ...graph, mirror }, files, mirror && lane ? inLane(lane) : undefined),
  });
};
