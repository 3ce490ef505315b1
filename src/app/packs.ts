import { z } from 'zod';
import { manifestSchema, type PackManifest } from '../core/pack/manifest.ts';
import type { WorkingRule } from '../core/image/working-image.ts';
import { err, ok, type Result } from '../core/result.ts';
import { schemaProblems } from '../core/schema-problems.ts';

const indexSchema = z.object({ packs: z.array(z.string()).min(1) });

/** How images are prepared where no pack says otherwise: the viewer works without one. */
export const DEFAULT_WORKING_RULE: WorkingRule = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 1360,
  lowPercentile: 2,
  highPercentile: 99.5,
};

export interface ChosenPack {
  readonly url: string;
  readonly manifest: PackManifest;
}

const readJson = async (url: URL): Promise<unknown> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return response.json();
};

/** The pack named in the address (`?pack=`), else the first of models/index.json. */
export const choosePack = async (wanted: string | null): Promise<Result<ChosenPack, string>> => {
  const models = new URL('models/', document.baseURI);
  try {
    const { packs } = indexSchema.parse(await readJson(new URL('index.json', models)));
    const id = wanted ?? packs[0];
    if (!id || !packs.includes(id))
      return err(`there is no model pack named ${id}; there are ${packs.join(', ')}`);
    const url = new URL(`${id}/`, models);
    const parsed = manifestSchema.safeParse(await readJson(new URL('manifest.json', url)));
    if (!parsed.success)
      return err(`models/${id}/manifest.json is not valid: ${schemaProblems(parsed.error)}`);
    return ok({ url: url.href, manifest: parsed.data });
  } catch (error) {
    return err(`the model pack could not be read: ${(error as Error).message}`);
  }
};
