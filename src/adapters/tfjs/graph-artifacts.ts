import { io } from '@tensorflow/tfjs-core';

const dirname = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * The graph and weights of a tfjs graph model held in memory: `path` is its model.json among
 * `files`; weight shards lie beside it. Throws with the name of a file that is missing or not JSON.
 */
export const graphArtifacts = async (
  files: ReadonlyMap<string, ArrayBuffer>,
  path: string,
): Promise<io.ModelArtifacts> => {
  const take = (name: string): ArrayBuffer => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`${name} is missing from the pack`);
    return bytes;
  };
  const json = JSON.parse(new TextDecoder().decode(take(path))) as io.ModelJSON;
  return io.getModelArtifactsForJSON(json, async (groups) => [
    groups.flatMap((group) => group.weights),
    groups.flatMap((group) => group.paths).map((shard) => take(dirname(path) + shard)),
  ]);
};
