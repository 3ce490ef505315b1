/** A point of a plane; the module that uses it says in which unit. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point in stored pixels of the image; (0, 0) is the outer corner of the first pixel (as in Box). */
export type ImagePoint = Point;
