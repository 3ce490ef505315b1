/** Groups in the order in which their keys first come; in each the values in their order. */
export const groupBy = <T>(
  values: readonly T[],
  key: (value: T, index: number) => string,
): T[][] => {
  const groups = new Map<string, T[]>();
  values.forEach((value, i) => {
    const of = key(value, i);
    const group = groups.get(of);
    if (group) group.push(value);
    else groups.set(of, [value]);
  });
  return [...groups.values()];
};
