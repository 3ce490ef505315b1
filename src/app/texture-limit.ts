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
): readonly string[] =>
  Math.max(rows, columns) <= largest
    ? []
    : [
        `The picture has ${columns} × ${rows} pixels; the graphics of this device show at most ${largest} a side, so it may stay black.`,
      ];
