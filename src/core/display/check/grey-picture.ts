/** Grey of 0 to 255, a byte for each pixel of the screen, row by row from the top left. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The grey of each pixel as a function of its place from the rectangle's corner. */
type Paint = number | ((x: number, y: number) => number);

export const filled = (width: number, height: number, grey: number): GreyPicture => ({
  width,
  height,
  grey: new Uint8Array(width * height).fill(grey),
});

/** Paints a rectangle into a picture, cut at its edges; ends at whole pixels. Mutates the picture. */
export const paint = (picture: GreyPicture, rect: Rect, with_: Paint): void => {
  const [left, top] = [Math.round(rect.x), Math.round(rect.y)];
  const right = Math.min(left + Math.round(rect.width), picture.width);
  const bottom = Math.min(top + Math.round(rect.height), picture.height);
  for (let y = Math.max(top, 0); y < bottom; y++)
    for (let x = Math.max(left, 0); x < right; x++)
      picture.grey[y * picture.width + x] =
        typeof with_ === 'number' ? with_ : with_(x - left, y - top);
};

/** Lines of `width` pixels in turn dark and bright: "down" for upright ones. */
export const linePairs =
  (direction: 'across' | 'down', width: number, dark: number, bright: number) =>
  (x: number, y: number): number =>
    Math.floor((direction === 'down' ? x : y) / width) % 2 === 0 ? dark : bright;

/** A square about a point. */
export const squareAt = (x: number, y: number, side: number): Rect => ({
  x: x - side / 2,
  y: y - side / 2,
  width: side,
  height: side,
});
