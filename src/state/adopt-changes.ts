/** A list with what was changed elsewhere in the place of what is here, and without what was taken out. */
export const adoptChanges = <T extends { readonly id: string }>(
  list: readonly T[],
  changed: readonly T[],
  removedIds: readonly string[],
): readonly T[] => {
  const arriving = new Map(changed.map((one) => [one.id, one]));
  const here = list.filter(({ id }) => !removedIds.includes(id));
  const known = new Set(here.map(({ id }) => id));
  const added = changed.filter(({ id }) => !known.has(id));
  return [...here.map((one) => arriving.get(one.id) ?? one), ...added];
};
