/**
 * The value at place `rank` of the values between `from` and the end, were they in rising order. Moves
 * them about so that none before it is larger and none behind it smaller (Hoare's selection, 1961).
 */
const select = (values: Float32Array | Float64Array, rank: number, from: number): number => {
  let [left, right] = [from, values.length - 1];
  while (left < right) {
    const pivot = values[rank] as number;
    let [i, j] = [left, right];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while (pivot < (values[j] as number)) j--;
      if (i > j) break;
      const kept = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = kept;
    }
    if (j < rank) left = i;
    if (rank < i) right = j;
  }
  return values[rank] as number;
};

/**
 * What stands at some places (rising, from 0) of the values in rising order; undefined beyond them.
 * Finite values. Takes about as long as reading them a few times. Does not mutate.
 */
export const ordered = (
  values: Float32Array | Float64Array,
  ranks: readonly number[],
): (number | undefined)[] => {
  const copy = values.slice();
  let from = 0;
  return ranks.map((rank) => {
    if (!(rank >= 0 && rank < copy.length)) return undefined;
    const value = select(copy, rank, from);
    from = rank;
    return value;
  });
};
