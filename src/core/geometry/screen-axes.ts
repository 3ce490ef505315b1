/** How a stored image is turned: first transposed (rows become columns), then mirrored. */
export interface Turn {
  readonly transpose: boolean;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
}

interface Axis {
  readonly x: number;
  readonly y: number;
}

/** The unit steps of the stored image that run to the right and downwards on screen. */
export const screenAxes = (turn: Turn): { readonly right: Axis; readonly down: Axis } => {
  const h = turn.flipHorizontal ? -1 : 1;
  const v = turn.flipVertical ? -1 : 1;
  return turn.transpose
    ? { right: { x: 0, y: h }, down: { x: v, y: 0 } }
    : { right: { x: h, y: 0 }, down: { x: 0, y: v } };
};
