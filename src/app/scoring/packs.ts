import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { manifestSchema, type PackManifest } from '../../core/pack/manifest.ts';
import type { WorkingRule } from '../../core/image/working-image.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { namedAsLoaded } from '../../core/pack/shipped.ts';
import { checkedBy } from '../../core/message/schema-problems.ts';
import { buildInfo } from '../build-info.ts';

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
  /** As it was loaded; its version says so where it is not one that was shipped. */
  readonly manifest: PackManifest;
  /** SHA-256 in hex of the manifest that was loaded; undefined over plain http, where nothing is scored. */
  readonly sha256: string | undefined;
}

export const readBytes = async (url: URL): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return response.arrayBuffer();
};

const parseJson = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** Browsers compute it over https and on localhost only. */
export const hashOf = async (bytes: ArrayBuffer): Promise<string | undefined> => {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (!subtle) return undefined;
  return Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
};

/** The pack named in the address (`?pack=`), else the first of models/index.json. `shipped`: see BuildInfo. */
export const choosePack = async (
  wanted: string | null,
  shipped = buildInfo.packs,
): Promise<Result<ChosenPack, Message>> => {
  const models = new URL('models/', document.baseURI);
  try {
    const { packs } = indexSchema.parse(parseJson(await readBytes(new URL('index.json', models))));
    const id = wanted ?? packs[0];
    if (!id || !packs.includes(id))
      return err(message('pack.unknown', { name: id ?? '', packs: packs.join(', ') }));
    const url = new URL(`${id}/`, models);
    const bytes = await readBytes(new URL('manifest.json', url));
    const checked = checkedBy(manifestSchema, parseJson(bytes));
    if (!checked.ok)
      return err(
        message('pack.invalid', { path: `models/${id}/manifest.json`, reason: checked.error }),
      );
    const sha256 = await hashOf(bytes);
    return ok({ url: url.href, manifest: namedAsLoaded(checked.value, sha256, shipped), sha256 });
  } catch (error) {
    return err(message('pack.unread', { reason: reasonOf(error) }));
  }
};
