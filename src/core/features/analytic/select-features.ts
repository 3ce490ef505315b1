import { ANALYTIC_FEATURES } from './schema.ts';

const columnOf = new Map(ANALYTIC_FEATURES.map(({ name }, i) => [name, i]));

/**
 * The features that a pack's analytic machine takes, in the order of its manifest, from a vector of
 * all ANALYTIC_FEATURES. Throws on a name that this program does not measure.
 */
export const selectAnalytic = (vector: ArrayLike<number>, names: readonly string[]): Float64Array =>
  Float64Array.from(names, (name) => {
    const column = columnOf.get(name);
    if (column === undefined) throw new Error(`the feature ${name} is not measured here`);
    return vector[column] as number;
  });
