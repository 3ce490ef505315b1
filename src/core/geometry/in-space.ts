/** A place or a direction in the patient's coordinates (PS3.3 C.7.6.2.1.1), mm. */
export interface InSpace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export const minus = (a: InSpace, b: InSpace): InSpace => ({
  x: a.x - b.x,
  y: a.y - b.y,
  z: a.z - b.z,
});

export const dot = (a: InSpace, b: InSpace): number => a.x * b.x + a.y * b.y + a.z * b.z;

/** The direction at right angles to both, right-handed. */
export const cross = (a: InSpace, b: InSpace): InSpace => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});
