/** Where the distance between slices is from; in this order. */
export const SLICE_SPACING_SOURCES = [
  'ImagePositionPatient',
  'SpacingBetweenSlices',
  'SliceThickness',
] as const;
export type SliceSpacingSource = (typeof SLICE_SPACING_SOURCES)[number];

/** The slices of a tomosynthesis volume: its frames, in the file's order, counted from 0. */
export interface Slices {
  readonly count: number;
  /** Mean distance of neighbours, mm; absent where the file says nothing of it. */
  readonly spacing?: number;
  readonly spacingFrom?: SliceSpacingSource;
  /** Distance of each slice from the first, mm; absent where they are evenly spaced. */
  readonly positions?: readonly number[];
}

/** What a file says of where its slices lie. */
export interface SliceAttributes {
  readonly count: number;
  /** Of each frame, where given: place along the normal of the slices, mm. */
  readonly along: readonly (number | undefined)[];
  /** SpacingBetweenSlices (0018,0088), mm. */
  readonly spacingBetween: number | undefined;
  /** SliceThickness (0018,0050), mm. */
  readonly thickness: number | undefined;
}

/** Thinner and thicker than any slice of a breast, mm. */
const PLAUSIBLE = { least: 0.05, most: 20 };

const isPlausible = (mm: number | undefined): mm is number =>
  mm !== undefined && mm >= PLAUSIBLE.least && mm <= PLAUSIBLE.most;

/** Distances from the first slice; undefined unless every step leads the same way. */
const positionsOf = (along: SliceAttributes['along']): readonly number[] | undefined => {
  const [first, second] = along;
  if (first === undefined || second === undefined || first === second) return undefined;
  const direction = Math.sign(second - first);
  const positions: number[] = [];
  for (const place of along) {
    if (place === undefined) return undefined;
    const at = place === first ? 0 : (place - first) * direction;
    if (positions.length > 0 && at <= (positions.at(-1) as number)) return undefined;
    positions.push(at);
  }
  return positions;
};

const UNEVEN_MM = 0.01;

/**
 * How the slices of a volume lie: by their positions in the patient (PS3.3 C.7.6.16.2.3), else by the
 * spacing between them, else by their thickness; impossible values count as absent.
 */
export const slicesOf = (of: SliceAttributes): Slices => {
  const { count } = of;
  const positions = positionsOf(of.along.slice(0, count));
  const mean = positions && (positions.at(-1) as number) / (count - 1);
  if (positions && positions.length === count && isPlausible(mean)) {
    const isEven = positions.every((mm, i) => Math.abs(mm - i * mean) <= UNEVEN_MM);
    const from = { spacing: mean, spacingFrom: 'ImagePositionPatient' } as const;
    return { count, ...from, ...(isEven ? {} : { positions }) };
  }
  const between = of.spacingBetween === undefined ? undefined : Math.abs(of.spacingBetween);
  if (isPlausible(between)) return { count, spacing: between, spacingFrom: 'SpacingBetweenSlices' };
  if (isPlausible(of.thickness))
    return { count, spacing: of.thickness, spacingFrom: 'SliceThickness' };
  return { count };
};

/** What is shown first, and stands for the volume: the middle slice, of two the earlier one. */
export const middleSlice = (count: number): number => Math.floor((Math.max(count, 1) - 1) / 2);

/** Distance of a slice from the first one, mm; undefined where that is not known. */
export const depthOf = ({ spacing, positions }: Slices, index: number): number | undefined =>
  positions?.[index] ?? (spacing === undefined ? undefined : index * spacing);

/** The slice of another volume at the same share of the depth. */
export const sliceAtSameDepth = (index: number, count: number, other: number): number =>
  count < 2 ? middleSlice(other) : Math.round((index / (count - 1)) * (other - 1));

/** How many slices make a slab of a thickness in mm; where spacing is unknown a slice counts as 1 mm. */
export const slicesInSlab = ({ count, spacing = 1 }: Slices, thickness: number): number =>
  Math.min(Math.max(1, Math.round(thickness / spacing)), Math.max(count, 1));

/** Slices from the first up to but without the last, counted from 0. */
export interface SliceSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether what is on these frames, counted from 1, is on the slices in sight: it is where it names no frame, and
 * where there are no slices.
 */
export const isInSight = (
  frames: readonly number[] | undefined,
  sight: SliceSpan | undefined,
): boolean => !frames || !sight || frames.some((frame) => frame > sight.from && frame <= sight.to);

/** The `wanted` slices about a slice, kept inside the volume. */
export const slabAbout = (index: number, wanted: number, count: number): SliceSpan => {
  const from = Math.min(Math.max(index - Math.floor((wanted - 1) / 2), 0), count - wanted);
  return { from, to: from + wanted };
};
