/**
 * How much larger a breast is at the detector than it is: the factor in use with where it came from,
 * and a stated one that was not used.
 */
export interface Magnification {
  readonly factor?: number;
  /** 'distances': DistanceSourceToDetector over DistanceSourceToPatient (PS3.3 C.8.7.5). */
  readonly from?: 'stated' | 'distances';
  /** EstimatedRadiographicMagnificationFactor (0018,1114) where no tube and table can make it so. */
  readonly impossible?: number;
  /** What the distances make where the stated factor, which is used, is clearly another. */
  readonly distancesSay?: number;
}

/**
 * A breast lies between source and detector, so that it is never smaller there than it is; stands
 * make at most about 2, and a factor below 1 within this is rounding.
 */
const RANGE = { least: 0.98, most: 3 };
/** Contact views state 1 though their geometry makes 1.02 to 1.1; more than this is no rounding. */
const FAR_APART = 1.15;

const isPossible = (factor: number): boolean => factor >= RANGE.least && factor <= RANGE.most;

/**
 * The magnification of an image from its stated factor and its distances in mm (0018,1110) and
 * (0018,1111), each undefined where absent.
 */
export const magnificationOf = (
  stated: number | undefined,
  sourceToDetector: number | undefined,
  sourceToPatient: number | undefined,
): Magnification => {
  const ratio =
    sourceToDetector && sourceToPatient && sourceToDetector > 0 && sourceToPatient > 0
      ? sourceToDetector / sourceToPatient
      : undefined;
  const distances = ratio !== undefined && isPossible(ratio) ? ratio : undefined;
  if (stated !== undefined && isPossible(stated)) {
    const apart = distances && Math.max(stated / distances, distances / stated);
    return {
      factor: stated,
      from: 'stated',
      ...(apart && apart > FAR_APART && { distancesSay: distances }),
    };
  }
  // 0 is what devices write that do not know it.
  const impossible = stated !== undefined && stated !== 0 ? { impossible: stated } : {};
  return distances === undefined
    ? impossible
    : { factor: distances, from: 'distances', ...impossible };
};
