/** Families that a feature's name begins with; the names are the product's and the left-out ones'. */
const FAMILIES: readonly (readonly [family: string, names: RegExp])[] = [
  ['size of lesion and box', /^(shape\.diameter|box\.|density\.relativeSize)/],
  ['shape', /^(shape|radius|outline)\./],
  ['gradient angles', /^(fwhm|radialGradient|gradient)\./],
  ['margin', /^(margin|profile)\./],
  ['density and contrast', /^(density|texture)\./],
  ['Haralick texture', /^haralick\./],
  ['bands of detail', /^band(Strength)?\./],
  ['lines (spicules)', /^spicules\./],
  ['local binary patterns', /^pattern\./],
  ['left out: Haralick, all places and distances', /^glcm\./],
  ['left out: lines by angle, bright', /^orient\.bright\./],
  ['left out: lines by angle, dark', /^orient\.dark\./],
  ['left out: lines about the box', /^boxLines\./],
  ['left out: edges by angle', /^edges\./],
  ['left out: finest patterns', /^finePattern\./],
  ['left out: grey by ring', /^ring\./],
];

/** The family of a feature. Throws on a name that belongs to none. */
export const familyOf = (name: string): string => {
  const found = FAMILIES.find(([, names]) => names.test(name));
  if (!found) throw new Error(`the feature ${name} belongs to no family`);
  return found[0];
};

/** Columns of a list of names by family, in the order above. */
export const columnsByFamily = (
  names: readonly string[],
): { readonly family: string; readonly columns: number[] }[] =>
  FAMILIES.map(([family]) => ({
    family,
    columns: [...names.keys()].filter((i) => familyOf(names[i] as string) === family),
  })).filter(({ columns }) => columns.length > 0);
