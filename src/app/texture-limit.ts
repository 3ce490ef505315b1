import { message, type Message } from '../core/message/message.ts';
let limit: number | undefined;

/** Largest side of a picture that this device's graphics can show, pixels; asked for once. */
const textureLimit = (): number => {
  if (limit !== undefined) return limit;
  const canvas = globalThis.document?.createElement('canvas');
  const context = canvas?.getContext('webgl2');
  // Without graphics nothing is shown at all, which the viewer says itself.
  limit = context
    ? (context.getParameter(context.MAX_TEXTURE_SIZE) as number)
    : Number.POSITIVE_INFINITY;
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return limit;
};

/** What to say of a picture that is larger than the device's textures; none where it fits. */
export const remarksOnSize = (
  { rows, columns }: { readonly rows: number; readonly columns: number },
  largest = textureLimit(),
): readonly Message[] =>
  Math.max(rows, columns) <= largest
    ? []
    : [message('remark.texture-limit', { columns, rows, limit: largest })];
